"""Checks: findings on typed frames, a whole batch at once.

In: frames of typed answers, and what the register and the store know. Out: findings at their cells.
Never: opens a file, asks the clock, or judges an answer that did not parse.
"""
