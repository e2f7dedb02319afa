"""Decisions: the workbook the chair fills in; written, read back, checked, and what it decides kept.

Never: a vote, a score or a school.
"""
