from cluster_sheets.store import account


def test_accounts_are_called_so_in_every_ledger_there_is() -> None:
    told = (
        account.allocation("CEN"),
        account.fund("MAIN", "CEN"),
        account.fund("CONTINGENCY", "CEN"),
        account.award("R"),
    )
    assert told == ("allocation:CEN", "main:CEN", "contingency:CEN", "award:R")
