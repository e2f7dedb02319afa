from cluster_sheets.money import account


def test_accounts_are_those_the_panel_reads() -> None:
    told = (
        account.allocation("CEN"),
        account.fund("MAIN", "CEN"),
        account.fund("CONTINGENCY", "CEN"),
        account.award("R"),
    )
    assert told == ("allocation:CEN", "main:CEN", "contingency:CEN", "award:R")
