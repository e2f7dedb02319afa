"""Form: a form declared once, as data, and all that is made from the declaration.

In: ``schemas/*.toml``. Out: the declaration as values; the template, the marked-up copy and the field reference.
Never: knows a school's answers beyond those it is given to print.
"""
