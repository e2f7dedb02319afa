"""What the panel may see of an application, and what it never sees."""

from cluster_sheets.anonymise.redact import texts_of
from cluster_sheets.base.record import Record
from cluster_sheets.form.load import load
from cluster_sheets.form.shipped import schema_text
from cluster_sheets.panel.collate import Facts, case
from cluster_sheets.panel.view import CaseView, Line
from tests import requests
from tests.checks.batch import FORM
from tests.panel.made import collated, fullest, record

FACTS = Facts("K7", "MAIN", "Primary", 5)


def lines(view: CaseView, title: str) -> dict[str, str]:
    return {line.label: line.text for section in view.sections if section.title == title for line in section.lines}


def everything(view: CaseView) -> str:
    return repr(view)


def test_the_short_facts_of_a_case() -> None:
    view = collated(requests.project())
    assert (view.case_ref, view.title, view.purpose, view.kind, view.pot) == (
        "K7",
        "Daily language groups",
        "PROJECT",
        "Project",
        "MAIN",
    )
    assert (view.whom, view.area, view.pupils) == ("A group of pupils", "Communication and interaction", "c")
    assert (view.asked_pence, view.least_pence) == (327560, 200000)


def test_at_a_glance() -> None:
    assert lines(collated(requests.unforeseen()), "At a glance") == {
        "Asks for": "Unforeseen need: £3,275.60 from the main fund, 2 November 2026 to 16 July 2027",
        "School pays": "£310.00",
        "For whom": "One pupil. On our own. Primary. Communication and interaction.",
        "Pupils": "Key stage: Key stage 1. Plans: SEN support. Main needs: Communication and interaction.",
        "Also": (
            "Second area: Cognition and learning. Asked before: No. Known since: September 2026. Support must start by:"
            " 2 November 2026. EHC needs assessment: Considering. Other money: £0.00. School's first part paid: Yes,"
            " £6,000.00. Building work or fixed equipment: No."
        ),
    }


def test_advice_asks_for_no_money() -> None:
    view = collated(requests.advice())
    assert (view.pot, view.asked_pence, view.least_pence) == ("", None, None)
    assert lines(view, "At a glance")["Asks for"] == "Advice, no money"
    assert [section.title for section in view.sections] == ["At a glance", "The request"]


def test_an_answer_in_the_schools_words_is_shown_only_as_it_was_redacted() -> None:
    read = record(requests.project())
    boxes = texts_of(FORM, read) | {"summary": "Redacted.", "costs.description#1": "Groups of [school A]"}
    view = case(FORM, read, boxes, FACTS)
    assert lines(view, "The request")["What"] == "Redacted."
    assert view.sections[3].lines[0] == Line(
        "", "Groups of [school A], 10 hours x 19 weeks x £17.24", head="TA time: ", pence=327560
    )
    nothing = case(FORM, read, {}, FACTS)
    assert lines(nothing, "The request")["What"].startswith("[not shown")
    assert not [text for text in texts_of(FORM, read).values() if len(text) > 15 and text in everything(nothing)]


def test_nothing_that_tells_who_it_is_comes_through() -> None:
    for request in (*requests.KINDS.values(), fullest()):
        read, told = record(request), everything(collated(request))
        hidden = [field for field in FORM.fields if field.panel == "no" and field.kind not in ("yes-no", "choice")]
        for field in hidden:
            rows = read.rows(field.table) if field.table else (read.form,)
            for value in (row.get(field.name) for row in rows):
                assert value is None or not isinstance(value, str) or value not in told, field.key


def test_years_and_needs_are_told_as_key_stages_and_areas_and_few_as_c() -> None:
    view = collated(
        requests.project().but_lines(
            "pupils",
            [
                {**requests.pupil(at), "year_group": "Year 1" if at < 4 else "Year 5", "primary_need": "PMLD"}
                | ({"sen_provision": "EHC plan"} if at < 7 else {})
                for at in range(1, 21)
            ],
        )
    )
    assert view.pupils == 20
    assert lines(view, "At a glance")["Pupils"] == (
        "Key stage: Key stage 1: c, Key stage 2: the rest. Plans: EHC plan: 6, SEN support: 14."
        " Main needs: Cognition and learning."
    )
    assert "PMLD" not in everything(view)
    assert "Profound" not in everything(view)


def test_a_schools_bands_never_add_up_to_its_roll() -> None:
    view = collated(
        requests.whole_school().but_lines(
            "pupil_counts",
            [
                {"year_band": "Reception", "with_plan": 6.0, "on_sen_support": 12.0, "without_sen": 40.0},
                {"year_band": "Years 1 and 2", "with_plan": 2.0, "on_sen_support": 15.0, "without_sen": 70.0},
            ],
        )
    )
    assert view.pupils == "z"
    assert lines(view, "Counts by year band") == {
        "Early years": "With an EHC plan: 6. On SEN support: 12. No SEN recorded: the rest.",
        "Key stage 1": "With an EHC plan: c. On SEN support: 15. No SEN recorded: the rest.",
    }


def test_a_c_cannot_be_taken_away_from_the_whole_of_several_schools() -> None:
    view = collated(
        requests.group().but_lines(
            "pupil_counts",
            [
                {"year_band": "Reception", "with_plan": 2.0, "on_sen_support": 0.0, "without_sen": 0.0},
                {"year_band": "Years 1 and 2", "with_plan": 6.0, "on_sen_support": 15.0, "without_sen": 9.0},
            ],
        )
    )
    assert view.pupils == 32
    assert lines(view, "Counts by year band") == {
        "Early years": "With an EHC plan: c. On SEN support: 0. No SEN recorded: 0.",
        "Key stage 1": "With an EHC plan: 6. On SEN support: the rest. No SEN recorded: 9.",
    }


def test_rounds_of_support_are_told_by_term() -> None:
    request = requests.project()
    first = {**request.tables["support"][0], "agency": "Social care", "agency_seen_on": requests.day("12/03/2026")}
    told = lines(collated(request.but_lines("support", [first, request.tables["support"][1]])), "Support so far")
    assert list(told) == ["Spring term 2026", "Summer term 2026"]
    assert told["Spring term 2026"].endswith("Before: 10 of 16. After: 11 of 16. Seen by: another agency, March 2026.")


def partners(*parts: float, whole: float) -> tuple[int | str, str]:
    """What is told of all pupils, and of those of each partner school."""
    request = requests.group().but_lines(
        "pupil_counts", [{"year_band": "Reception", "with_plan": 0.0, "on_sen_support": whole, "without_sen": 0.0}]
    )
    lines_of = [{**requests.partner(requests.PARTNER, 500.0), "pupils_benefiting": part} for part in parts]
    view = collated(request.but_lines("partners", lines_of))
    told = lines(view, "At a glance")["Partners"]
    return view.pupils, told.removeprefix("Pupils in each partner school: ")


def test_partners_are_told_by_how_many_pupils_alone() -> None:
    assert partners(6.0, 13.0, whole=24.0) == (24, "13, 6.")


def test_partners_are_not_told_singly_where_a_small_count_could_be_worked_out() -> None:
    nothing = "counts of single schools are not shown."
    assert partners(13.0, 6.0, whole=21.0) == (21, nothing)
    assert partners(13.0, 4.0, whole=30.0) == (30, nothing)
    assert partners(13.0, 6.0, whole=19.0) == (19, nothing)
    assert partners(13.0, 16.0, whole=21.0) == (21, nothing)
    assert partners(13.0, 6.0, whole=4.0) == ("c", nothing)
    assert partners(13.0, 6.0, whole=0.0) == ("x", "13, 6.")


def added(panel: str, privacy: str, kind: str, table: str = "") -> tuple[CaseView, str]:
    """A case whose form asks one question more, and the answer to it."""
    place = f'table = "{table}"\nsheet = "6 Outcomes"' if table else 'sheet = "2 Request"\nsection = "Added"'
    text = schema_text("application.toml").replace(
        '[[field]]\nname = "purpose"',
        f'[[field]]\nname = "added"\n{place}\nlabel = "Added?"\nhint = "Added."\nkind = "{kind}"\nrequired = "never"\n'
        f'privacy = "{privacy}"\npanel = "{panel}"\nexample = "x"\n\n[[field]]\nname = "purpose"',
        1,
    )
    form, read = load(text, "schemas/application.toml"), record(requests.project())
    answer = "An answer to what was added"
    if table:
        rows = tuple({**row, "added": answer} for row in read.rows(table))
        read = Record(read.form, {**read.tables, table: rows})
    else:
        read = Record({**read.form, "added": answer}, read.tables)
    return case(form, read, texts_of(form, read), FACTS), answer


def test_a_new_question_shows_with_no_other_change() -> None:
    view, answer = added("as-is", "safe", "text")
    assert f"Added?: {answer}." in lines(view, "At a glance")["Also"]
    view, answer = added("redacted", "free-text", "long-text")
    assert lines(view, "The request")["Added?"] == answer
    view, answer = added("redacted", "free-text", "text", "outcomes")
    assert f"{answer}. " in lines(view, "What will change")["Outcome 1"]
    view, answer = added("no", "withheld", "text")
    assert answer not in everything(view)
