"""Anonymise: take out what would tell the panel whose application it is, or who a child is.

In: valid applications, the register, the admin's answers about what is uncertain.
Out: the free text as the panel may read it, the figures blurred, and questions for the admin.
Never: drops an application, changes what was sent, or lets an unanswered doubt through. Pseudonymised, not anonymous:
while the key exists it is personal data.
"""
