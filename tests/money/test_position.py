from dataclasses import replace

from cluster_sheets.money.position import FundPosition, position, years
from tests.money.made import AT, CONTINGENCY, MAIN, posted


def test_a_position_is_recomputed_from_the_lines_of_its_cluster_and_year() -> None:
    told = position(posted(MAIN, CONTINGENCY), "CEN", "2026-27")
    assert told.funds == {
        "MAIN": FundPosition(17_600_000, 400_000, 0, 0, -129_986, 0, 0, 17_870_014),
        "CONTINGENCY": FundPosition(2_000_000, 0, 50_000, 0, -78_620, 0, 0, 1_971_380),
    }
    assert told.left == 17_870_014 + 1_971_380
    assert (told.funds["MAIN"].budget, told.funds["MAIN"].still_to_pay) == (18_000_000, 129_986)


def test_what_is_paid_and_released_is_no_longer_to_pay() -> None:
    ledger = posted(MAIN)
    line = next(entry for entry in ledger if entry.account == "award:CEN-2627-0001")
    paid = replace(line, type="PAY", amount_pence=-100_000, at=AT)
    bank = replace(paid, account="bank:CEN", amount_pence=100_000)
    fund = replace(line, type="RELEASE", account="main:CEN", amount_pence=9_986)
    freed = replace(line, type="RELEASE", amount_pence=-9_986)
    told = position((*ledger, paid, bank, fund, freed), "CEN", "2026-27").funds["MAIN"]
    assert (told.paid, told.released, told.still_to_pay, told.left) == (100_000, 9_986, 20_000, 17_880_000)


def test_every_cluster_and_year_of_the_ledger_is_told_once() -> None:
    assert years(posted(MAIN)) == (("CEN", "2026-27"), ("CEN", "2027-28"))
    assert years(()) == ()
