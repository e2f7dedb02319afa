"""Store: what a workspace knows, in two SQLite files and a folder of sealed bytes.

In: rows of the other rooms, bytes as they were received.
Out: the same, and a canonical text of all of it by which two workspaces are compared.
Never: asks the clock, puts an identity into cluster.db, or writes outside a transaction.
"""
