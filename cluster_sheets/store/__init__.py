"""Store: what a workspace knows, in two SQLite files and a folder of sealed bytes.

In: rows of the other rooms, bytes as they were received.
Out: the same.
Never: asks the clock, puts an identity into cluster.db, or writes outside a transaction.
"""
