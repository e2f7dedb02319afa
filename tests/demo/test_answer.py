import io
from collections import Counter
from pathlib import Path

import openpyxl

from cluster_sheets.anonymise.review_draw import drawn
from cluster_sheets.anonymise.review_read import reading
from cluster_sheets.anonymise.review_view import view
from cluster_sheets.demo import answer
from cluster_sheets.panel.decisions.view import Asked
from cluster_sheets.store.questions import Question

MAIN, CONTINGENCY = ("CEN", "MAIN"), ("CEN", "CONTINGENCY")


def question(number: int, kind: str, given: str | None = None) -> tuple[Question, dict[str, str]]:
    asked = Question(f"q{number}", "CEN-2627-A1", f"u{number}", None, kind, "code", answer=given)
    return asked, {"who": "A school", "title": "EXAMPLE: A title", "findings": "This line speaks of VAT."}


def test_every_open_question_is_answered_and_nothing_else_touched(tmp_path: Path) -> None:
    asked = [question(1, "held"), question(2, "redaction"), question(3, "ready"), question(4, "ready", "yes")]
    asked.append(question(6, "fact"))
    asked.append((question(5, "held")[0], {"who": "x", "title": "y", "findings": "An address we do not hold."}))
    shown = view("CEN-2627-A1", [each for each, _ in asked], {each.question_id: words for each, words in asked}, set())
    path = tmp_path / "CEN-2627-A1.xlsx"
    path.write_bytes(drawn(shown, None))
    assert answer.review(path) == {"held": 2, "redaction": 1, "fact": 1, "ready": 1}
    found = reading(path.read_bytes(), path.name)
    assert found is not None
    assert {box.question_id: box.typed for box in found.boxes} == {
        "q1": "Return",
        "q2": "Take out",
        "q3": "Yes",
        "q6": "Blur",
        "q4": "Yes",
        "q5": "Accept",
    }
    assert found.name == "EXAMPLE Bryn Vane"


def test_a_workbook_without_an_open_question_is_left_alone(tmp_path: Path) -> None:
    asked = [question(4, "ready", "yes")]
    shown = view("CEN-2627-A1", [each for each, _ in asked], {each.question_id: words for each, words in asked}, set())
    path = tmp_path / "CEN-2627-A1.xlsx"
    path.write_bytes(drawn(shown, None))
    before = path.read_bytes()
    assert answer.review(path) == Counter()
    assert path.read_bytes() == before
    assert openpyxl.load_workbook(io.BytesIO(before)).sheetnames[0] == "Needs you"


def case(number: int, fund: tuple[str, str] | None, asked: int, least: int | None = None) -> Asked:
    purpose = "PROJECT" if fund else "ADVICE"
    return Asked(f"K{number}", f"CEN-2627-{number:04d}", purpose, "", "EXAMPLE", fund, asked, least)


def test_decisions_keep_within_each_fund_and_give_no_money_for_advice() -> None:
    cases = [case(number, (MAIN, CONTINGENCY)[number % 3 == 0], 300_000, 200_000) for number in range(40)]
    cases.append(case(40, None, 0))
    made = answer.decisions(cases, {MAIN: 4_000_000, CONTINGENCY: 500_000})
    given: Counter[tuple[str, str]] = Counter()
    for one, decided in zip(cases, made, strict=True):
        award = decided.get("award")
        if one.fund and isinstance(award, float):
            given[one.fund] += round(award * 100)
            assert 200_000 <= round(award * 100) <= one.asked_pence
    assert given[MAIN] <= 4_000_000
    assert given[CONTINGENCY] <= 500_000
    outcomes = Counter(str(each["outcome"]) for each in made)
    assert made[-1] == {"outcome": "ADVICE_ONLY"}
    assert set(outcomes) == {
        "AGREED", "AGREED_LESS", "AGREED_WITH_CONDITIONS", "NOT_AGREED", "DEFERRED", "ADVICE_ONLY"
    }  # fmt: skip
    for decided in made:
        wants = {"AGREED_WITH_CONDITIONS": "conditions", "NOT_AGREED": "feedback", "DEFERRED": "feedback"}
        assert (wants.get(str(decided["outcome"]), "outcome")) in decided
