"""Transport: how a message that lies in the outbox leaves it.

In: the bytes of one message, and whom it goes to. Out: what became of it.
Never: writes to the store, changes a message, or keeps a mail server's words, which may name somebody.
"""
