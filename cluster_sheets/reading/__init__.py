"""Reading: a safe workbook becomes raw answers, then typed answers, then one frame a table for the whole night.

In: bytes that passed the pre-check. Out: typed values, and findings where a cell does not parse.
Never: opens a file that was not pre-checked, or guesses what an answer might mean.
"""
