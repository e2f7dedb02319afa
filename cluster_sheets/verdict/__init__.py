"""Verdict: what becomes of each submission, and why (submission.md).

In: units as they came, the raw answers a worker read, the register. Out: one state for each unit, its findings, the
application it makes, the reply that is due and the question the admin is asked, all kept in one transaction a chunk.
Never: changes a verdict that was answered, or withdraws an application by itself.
"""
