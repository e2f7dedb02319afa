"""Panel: the pack a meeting reads, and what it decided, read back.

In: accepted applications with their redacted texts, the register, the ledger's lines.
Out: one workbook a meeting, its versions and states; later the decisions typed into another.
Never: shows an answer that the declaration does not allow, or puts a file where a known identity was found in it.
"""
