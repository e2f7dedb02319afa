"""Files and mails that are broken or ill-meant, made here one by one: more than a hundred and twenty kinds.

In: good workbooks of the form. Out: what somebody could make of them, and the state each is to end in.
"""
