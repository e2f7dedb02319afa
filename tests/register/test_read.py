"""Reading the register: a faulty one is no register, and every fault is told at its cell."""

from datetime import UTC, date, datetime

import pytest

from cluster_sheets.form.shipped import workbook
from cluster_sheets.register.make import made
from cluster_sheets.register.read import register_of
from cluster_sheets.register.sheet import declared, worded
from tests.register.made import REGISTER, SHIPPED, spoilt
from tests.register.test_read_settings import SETTINGS

FAULTS = [
    ("Schools", "A5", None, "register-blank"),
    ("Schools", "A5", "14648", "register-not-a-urn"),
    ("Meetings", "D5", "#REF!", "register-shows-a-fault"),
    ("Budget", "E5", "#DIV/0!", "register-shows-a-fault"),
    ("Meetings", "D5", "=DATE(2026,10,15)", "register-not-worked-out"),
    ("Members", "C5", '=A5&"@school.example"', "register-not-worked-out"),
    ("Schools", "F5", "XX", "register-not-on-list"),
    ("Schools", "H5", "WEST", "register-unknown-cluster"),
    ("Schools", "I5", "soon", "register-not-a-date"),
    ("Schools", "J5", "01/08/2025", "register-dates-reversed"),
    ("Schools", "K5", "MAINTAINED_JOURNAL", "register-wrong-route"),
    ("Schools", "D6", "Abbey Hulton Primary School", "register-name-of-two"),
    ("Schools", "O5", "many", "register-not-a-number"),
    ("Members", "A6", "M001", "register-twice"),
    ("Members", "C5", "senco@", "register-not-an-email"),
    ("Members", "E5", "999999", "register-unknown-school"),
    ("Members", "G5", "Perhaps", "register-not-yes-or-no"),
    ("Meetings", "C5", None, "register-unknown-meeting-cluster"),
    ("Meetings", "E5", "20/10/2026 17:00", "register-deadlines"),
    ("Meetings", "E5", "14/10/2026 noon", "register-not-a-moment"),
    ("Meetings", "F5", "20/11/2026 17:00", "register-corrections-late"),
    ("Meetings", "C6", "CEN", "register-city-of-cluster"),
    ("Meetings", "A6", "CEN-2627-A1", "register-twice"),
    ("Meetings", "A6", "cen-2627-a1", "register-twice"),
    ("Meetings", "A5", "CEN/2627/A1", "register-written-otherwise"),
    ("Meetings", "A5", "../../CEN-2627-A1", "register-written-otherwise"),
    ("Meetings", "A5", "CEN 2627 A1", "register-written-otherwise"),
    ("Meetings", "A5", "Aux", "register-written-otherwise"),
    ("Meetings", "A5", "no-meeting", "register-written-otherwise"),
    ("Clusters", "A5", "C/N", "register-written-otherwise"),
    ("Budget", "B5", "2026/27", "register-not-a-council-year"),
    ("Budget", "B5", "2026-28", "register-not-a-council-year"),
    ("Budget", "B5", "2026", "register-not-a-council-year"),
    ("Budget", "D5", 359999.99, "register-budget-apart"),
    ("Budget", "D5", "a lot", "register-not-money"),
    ("Budget", "D5", 359999.995, "register-not-money"),
    ("Settings", "A5", "la_kode", "register-unknown-setting"),
    ("Settings", "A6", "la_code", "register-setting-twice"),
    ("Clusters", "A6", "CEN", "register-twice"),
    ("Clusters", "A6", "W", "register-cluster-not-listed"),
]


def test_the_shipped_register_is_good_and_is_what_the_maker_makes() -> None:
    assert workbook(SHIPPED) == made()
    assert len(REGISTER.schools) == 25
    assert len(REGISTER.settings.lines) == 106


def test_no_real_mail_domain_ships() -> None:
    addresses = [member.email for member in REGISTER.members] + [cluster.mailbox for cluster in REGISTER.clusters]
    assert all(address.endswith(".example") for address in addresses if address)
    assert not [school.urn for school in REGISTER.schools.values() if school.email_domains]
    assert all(member.name.startswith("EXAMPLE ") for member in REGISTER.members)


@pytest.mark.parametrize(("sheet", "cell", "value", "code"), FAULTS)
def test_a_fault_is_told_at_its_cell(sheet: str, cell: str, value: object, code: str) -> None:
    def change(book: object) -> None:
        book[sheet][cell] = value  # type: ignore[index]

    register, found = spoilt(change)
    assert register is None
    assert (code, sheet, cell) in [(each.code, each.place.sheet, each.place.cell) for each in found]


@pytest.mark.parametrize("typed", ["30/09/2026", datetime(2026, 9, 30), date(2026, 9, 30)])  # noqa: DTZ001 - Excel's
def test_a_deadline_given_as_a_day_is_that_day_at_the_hour_of_the_settings(typed: object) -> None:
    def change(book: object) -> None:
        book["Meetings"]["E5"] = typed  # type: ignore[index]

    register, found = spoilt(change)
    assert found == ()
    assert register is not None
    assert register.meetings[0].closes_at == datetime(2026, 9, 30, 16, 0, tzinfo=UTC)


def test_a_cell_that_shows_a_fault_is_no_blank_and_is_told_once() -> None:
    def change(book: object) -> None:
        book["Meetings"]["D5"], book["Meetings"]["D6"] = "#REF!", "=1+1"  # type: ignore[index]

    assert [worded(each) for each in spoilt(change)[1]] == [
        "register.xlsx Meetings D5: Date shows #REF!. Mend the formula in D5, or type what is meant in its place.",
        "register.xlsx Meetings D6: Date holds a formula that is not worked out. Open the register in Excel, save it"
        " and run again; or type what is meant in D6.",
    ]


def _second_line(book: object, **said: object) -> None:
    """Another line for the first school, from 21 September 2026 on, as its first but for what is ``said``."""
    sheet = book["Schools"]  # type: ignore[index]
    labels = {column.label: column.name for each in declared()[0] if each.name == "Schools" for column in each.columns}
    named = [labels.get(str(cell.value), "") for cell in sheet[4]]
    sheet.cell(5, named.index("member_to") + 1).value = date(2026, 9, 20)
    below = sheet.max_row + 1
    for at, name in enumerate(named, start=1):
        sheet.cell(below, at).value = said.get(name, sheet.cell(5, at).value)


def test_a_school_on_two_lines_is_known_by_what_either_says() -> None:
    def change(book: object) -> None:
        _second_line(
            book, member_from=date(2026, 9, 21), member_to=None, aliases="Risebrook|HRB?",
            trust="EXAMPLE Sunrise Trust", payee="EXAMPLE Sunrise Trust", email_domains="sunrise.example", roll=None,
            dfe_number=None,
        )  # fmt: skip

    register, found = spoilt(change)
    assert (found, register is None) == ((), False)
    assert register is not None
    school, before = register.schools["146487"], REGISTER.schools["146487"]
    assert school.aliases == (*before.aliases, "Risebrook")
    assert (school.ambiguous, school.email_domains) == ((*before.ambiguous, "HRB"), ("sunrise.example",))
    assert (school.trust, school.payee) == ("EXAMPLE Sunrise Trust", "EXAMPLE Sunrise Trust")
    assert (school.roll, school.dfe_number) == (before.roll, before.dfe_number)
    assert [each.trust for each in school.memberships] == [before.trust, "EXAMPLE Sunrise Trust"]
    days = (date(2026, 9, 20), date(2026, 9, 21))
    assert [school.trust_on(day) for day in days] == [before.trust, "EXAMPLE Sunrise Trust"]
    assert school.trusts == tuple(each for each in ("EXAMPLE Sunrise Trust", before.trust) if each)
    assert before.trust_on(days[0]) == before.trust
    assert register.urns_named("Risebrook") == ("146487",)


def test_of_two_lines_the_one_that_begins_last_says_what_changes_wherever_it_stands() -> None:
    def change(book: object) -> None:
        _second_line(book, trust="EXAMPLE Older Trust", member_from=date(2020, 9, 1), member_to=date(2021, 8, 31))

    register, found = spoilt(change)
    assert (found, register is None) == ((), False)
    assert register is not None
    assert register.schools["146487"].trust == REGISTER.schools["146487"].trust
    assert "EXAMPLE Older Trust" in register.schools["146487"].trusts


def test_two_lines_of_one_school_that_cannot_both_be_true_are_told() -> None:
    def change(book: object) -> None:
        _second_line(book, member_from=date(2026, 9, 21), member_to=None, postcode="ZZ1 1ZZ", phase="SS")

    told = [(each.code, dict(each.detail)["field"]) for each in spoilt(change)[1]]
    assert told == [("register-school-in-two", "Phase"), ("register-school-in-two", "Postcode")]


def test_a_school_that_changes_its_cluster_leaves_the_first() -> None:
    def change(book: object, until: date | None = None) -> None:
        _second_line(book, member_from=date(2026, 9, 21), member_to=None, cluster="N")
        book["Schools"]["J5"] = until  # type: ignore[index]

    (told,) = spoilt(change)[1]
    assert (told.code, told.place.sheet) == ("register-overlapping", "Schools")
    assert spoilt(lambda book: change(book, date(2026, 9, 20)))[1] == ()


def test_a_missing_sheet_column_or_signature_is_told() -> None:
    for sheet in [each.name for each in declared()[0]]:

        def change(book: object, name: str = sheet) -> None:
            book.remove(book[name])  # type: ignore[attr-defined,index]

        assert [each.code for each in spoilt(change)[1]] == ["register-sheet-missing"]

    def rename(book: object) -> None:
        book["Schools"]["B4"] = "Something"  # type: ignore[index]

    assert [each.code for each in spoilt(rename)[1]] == ["register-column-missing"]

    def unsign(book: object) -> None:
        book["Budget"].delete_rows(7)  # type: ignore[index]

    assert [each.code for each in spoilt(unsign)[1]] == ["register-unsigned"]


@pytest.mark.parametrize("data", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_cannot_be_opened_is_told(data: bytes) -> None:
    assert [each.code for each in register_of(data, "register.xlsx")[1]] == ["register-unreadable"]


def test_every_wording_is_used_and_every_code_has_one() -> None:
    codes = {code for *_, code in FAULTS} | {code for _, _, code, *_ in SETTINGS} | {
        "register-unreadable", "register-sheet-missing", "register-column-missing", "register-unsigned",
        "register-weights-apart", "register-setting-missing", "register-overlapping", "register-school-in-two",
    }  # fmt: skip
    assert codes == set(declared()[1])
