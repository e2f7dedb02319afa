from dataclasses import replace
from pathlib import Path

from cluster_sheets.intake.arrived import Arrived, arrived
from cluster_sheets.store import fetched
from cluster_sheets.store.fetched import Fetched
from tests.intake.inbox import inbox
from tests.intake.letters import RULES, SENDER, TEXT, WORKBOOK, attached, heads, letter
from tests.intake.letters import box as parts


def test_units_come_back_with_their_bytes_and_who_sent_them(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        other = WORKBOOK + b"2"
        box.put(a__eml=letter(TEXT, attached(), attached("b.xlsx", other)), c__xlsx=WORKBOOK + b"3")
        taken = box.take()
        found = sorted(arrived(box.store, taken, RULES), key=lambda each: each.file_name)
        ids = {each.file_sha256: each.unit_id for each in taken}
        assert len(ids) == 3
        assert [each.unit_id for each in found] == [
            next(u.unit_id for u in taken if u.mail_sha256 != u.file_sha256 and u.ordinal == 1),
            next(u.unit_id for u in taken if u.mail_sha256 == u.file_sha256),
            next(u.unit_id for u in taken if u.mail_sha256 != u.file_sha256 and u.ordinal == 0),
        ]
        assert [replace(each, unit_id="") for each in found] == [
            Arrived("", other, "b.xlsx", SENDER, verified=True, by_mail=True),
            Arrived("", WORKBOOK + b"3", "c.xlsx", "", verified=False, by_mail=False),
            Arrived("", WORKBOOK, "request.xlsx", SENDER, verified=True, by_mail=True),
        ]


def test_a_mail_without_a_form_arrives_without_bytes(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(a__eml=letter(TEXT))
        (found,) = arrived(box.store, box.take(), RULES)
        assert (found.data, found.file_name, found.sender, found.by_mail) == (b"", "", SENDER, True)


def test_rule_17_an_unproven_sender_is_verified_only_where_the_folder_is_trusted(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(a__eml=letter(Authentication_Results=None), b__xlsx=WORKBOOK + b"1")
        taken = box.take()
        for trusted in (False, True):
            rules = replace(RULES, folder_trusted=trusted)
            assert {each.by_mail: each.verified for each in arrived(box.store, taken, rules)} == {
                True: trusted,
                False: False,
            }


def test_rule_17_a_trusted_folder_vouches_for_nothing_that_lay_in_a_mailbox(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(a__eml=letter(Authentication_Results=None))
        (unit,) = box.take()
        with box.store.transaction():
            lay = Fetched("mailbox", "1", "1", unit.mail_sha256, 100)
            fetched.add_many(box.store, [lay])
        (found,) = arrived(box.store, (unit,), replace(RULES, folder_trusted=True))
        assert not found.verified


def test_rule_21_a_mailing_list_is_verified_over_no_route(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(a__eml=letter(List_Id="<staff.oak.example>"))
        (found,) = arrived(box.store, box.take(), replace(RULES, folder_trusted=True))
        assert (found.verified, found.listed, found.quiet) == (False, True, True)


def test_rule_20_who_is_said_to_have_sent_it_first_comes_with_it(tmp_path: Path) -> None:
    inner = heads(From="head@elm.example") + parts(TEXT, attached(), boundary="in")
    with inbox(tmp_path) as box:
        box.put(a__eml=letter(TEXT, "Content-Type: message/rfc822\r\n\r\n" + inner))
        (found,) = arrived(box.store, box.take(), RULES)
        assert (found.sender, found.claim, found.data) == (SENDER, "head@elm.example", WORKBOOK)


def test_rule_15_of_a_mail_with_two_senders_the_claim_comes_and_no_sender(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(a__eml=letter(From=[SENDER, "evil@x.example"]))
        (found,) = arrived(box.store, box.take(), RULES)
        assert (found.sender, found.claim, found.verified) == ("", f"{SENDER}; evil@x.example", False)


def test_mail_that_must_not_be_answered_says_so(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(a__eml=letter(Precedence="bulk"))
        assert [each.quiet for each in arrived(box.store, box.take(), RULES)] == [True]


def test_nothing_is_asked_of_no_units(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        assert list(arrived(box.store, (), RULES)) == []
