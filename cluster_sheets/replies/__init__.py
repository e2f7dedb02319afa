"""Replies: what goes to the schools: forms to fill in, and one message about each submission.

In: the register, the store, a school's own raw answers. Out: workbooks and .eml files under private/.
Never: sends anything, answers an address that is not registered, or puts what was typed into a message.
"""
