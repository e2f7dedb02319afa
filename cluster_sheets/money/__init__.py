"""Money: the ledger's lines, the control totals, the statement.

In: the budget of the register, what meetings decided. Out: two-sided movements, control totals, one statement a
cluster and council year.
Never: changes a line of the ledger, or lets a penny's difference pass.
"""
