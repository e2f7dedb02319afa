"""A fault in each declared field gives exactly one finding, at its cell, with the right code: taken from the form."""

import inspect
import re
from collections.abc import Iterator
from functools import cache

import pytest

from cluster_sheets.base.finding import Finding
from cluster_sheets.form import kind
from cluster_sheets.form.declared import KINDS as KINDS_DECLARED
from cluster_sheets.form.declared import Field
from cluster_sheets.form.kind import Raw
from tests.checks.batch import FORM, judged, places
from tests.requests import KINDS, Request

SPOILT: dict[str, tuple[tuple[Raw, str], ...]] = {
    "text": (("x", "too-short"), ("x" * 2000, "too-long")),
    "long-text": (("x", "too-short"), ("x" * 2000, "too-long")),
    "money": (("1.2k", "not-money"), (1.005, "money-part-of-a-penny"), (-1.0, "money-out-of-range")),
    "date": (("Easter 2027", "not-a-date"), ("31/02/2027", "no-such-day"), ("01/01/1999", "date-far-off")),
    "choice": (("Something else", "not-on-list"),),
    "yes-no": (("Perhaps", "not-yes-or-no"),),
    "whole-number": (("twelve", "not-a-whole-number"), (-1.0, "whole-number-out-of-range")),
    "decimal": (("some", "not-a-number"), (1.005, "too-many-decimals"), (-1.0, "decimal-out-of-range")),
    "percent": (
        ("most", "not-a-percentage"),
        (101.0, "percent-out-of-range"),
        (0.94, "percent-below-one"),
        (94.25, "more-than-one-decimal"),
    ),
    "email": (("senco@", "not-an-email"),),
    "upn": (("R99900001500", "not-a-upn"), ("A999000015001", "upn-check-letter")),
    "urn": (("99900", "not-a-urn"),),
    "school": (("Nowhere School", "school-not-known"), ("Academy", "school-could-be-two")),
}
READERS = {
    "text": ("_text",), "long-text": ("_text",), "money": ("_money",), "date": ("_date",), "choice": ("_choice",),
    "yes-no": ("_yes_no",), "whole-number": ("_whole",), "decimal": ("_decimal",), "percent": ("_percent",),
    "email": ("_email",), "upn": ("_upn",), "urn": ("_urn",), "school": ("_school",),
}  # fmt: skip
"""The functions that read an answer of a kind: their codes are all tried."""
UNREAD = (("\x00error", "cell-error"), ("\x00unworked", "formula-not-worked-out"))
A_HALL: dict[str, Raw] = {
    "category": "Other", "description": "A hall", "quantity": 1.0, "unit_cost": 100.0, "paid_by": "Other",
}  # fmt: skip
PROJECT = KINDS["project"]
USERS: dict[str, Request] = {
    "contact_phone": PROJECT,
    "earlier_reference": PROJECT.but(applied_before="Yes", earlier_reference="CEN-2526-0017"),
    "other_funding_source": PROJECT.but(other_funding=100.0, other_funding_source="A grant").but_lines(
        "costs", [*PROJECT.tables["costs"], A_HALL]
    ),
    "capital_amount": PROJECT.but(capital="Yes", capital_amount=100.0),
    "pupils.secondary_need": PROJECT.but_line("pupils", 0, secondary_need="MLD"),
    "support.agency_seen_on": PROJECT.but_line("support", 0, agency="EP", agency_seen_on="12/03/2026"),
}
"""Good requests that use what none of the kinds does."""
ALONGSIDE = {
    "capital": "capital-asked",
    "capital_amount": "capital-asked",
    "pupils.primary_need": "no-sen-recorded",
    "pupils.secondary_need": "no-sen-recorded",
}
"""What is told of a request that uses the field, whatever its answer."""


def put(request: Request, field: Field, raw: Raw, line: int = 0) -> Request:
    """``request`` with another answer to one question."""
    return request.but_line(field.table, line, **{field.name: raw}) if field.table else request.but(**{field.name: raw})


def users(field: Field) -> Iterator[tuple[Request, int]]:
    """Good requests that use the field, each with the line it is used on."""
    if field.key in USERS:
        yield USERS[field.key], 0
    for request in KINDS.values():
        for line, row in enumerate(request.tables[field.table] if field.table else [request.form]):
            if row.get(field.name) is not None:
                yield request, line
                break


def of_forbidden(field: Field) -> Iterator[tuple[Request, int]]:
    """Good requests in which the field stays blank."""
    if field.key in ("pupils.primary_need", "pupils.secondary_need"):
        yield PROJECT.but_line("pupils", 0, sen_provision="N", primary_need=None), 0
    for request in KINDS.values():
        for line, row in enumerate(request.tables[field.table] if field.table else [request.form]):
            if row.get(field.name) is None:
                yield request, line
                break


Told = list[tuple[tuple[Finding, ...], tuple[str, str]]]
"""Findings of spoilt requests, each with the place of the answer that was spoilt."""


@cache
def told(what: str) -> dict[tuple[str, object, str], Told]:
    """Findings of every spoilt request of a sort, judged as one batch: by field, what was put in, and code."""
    asked: list[tuple[tuple[str, object, str], Request, int]] = []
    for field in FORM.fields:
        for raw, code in {"spoilt": spoilt, "blank": blank, "out of place": out_of_place}[what](field):
            spots = of_forbidden(field) if what == "out of place" else users(field)
            asked += [((field.key, raw, code), put(request, field, raw, line), line) for request, line in spots]
    found: dict[tuple[str, object, str], Told] = {}
    for (key, request, line), findings in zip(asked, judged(*(request for _, request, _ in asked)), strict=True):
        at = places(request, key[0])
        found.setdefault(key, []).append((findings, at[line] if len(at) > 1 else at[0]))
    return found


def spoilt(field: Field) -> Iterator[tuple[Raw, str]]:
    """Every way to spoil an answer of the field's kind."""
    for raw, code in (*SPOILT[field.kind], *UNREAD):
        if code != "too-short" or (field.minimum and (field.minimum.literal or 0) > 1):
            yield raw, code


def blank(field: Field) -> Iterator[tuple[Raw, str]]:
    """No answer where one is wanted."""
    if not field.required.never:
        yield None, "blank"


def out_of_place(field: Field) -> Iterator[tuple[Raw, str]]:
    """An answer where none is wanted."""
    if not field.forbidden.never:
        yield answer(field), "must-be-blank"


def answer(field: Field) -> Raw:
    """An answer the field would take."""
    for request, line in users(field):
        return (request.tables[field.table][line] if field.table else request.form).get(field.name)
    raise AssertionError(field.key)


def cases(what: str) -> list[object]:
    ways = {"spoilt": spoilt, "blank": blank, "out of place": out_of_place}[what]
    return [
        pytest.param(field, (field.key, raw, code), id=f"{field.key} {code}")
        for field in FORM.fields
        for raw, code in ways(field)
    ]


@pytest.mark.parametrize(("field", "case"), cases("spoilt"))
def test_a_spoilt_answer_is_told_once_at_its_cell(field: Field, case: tuple[str, object, str]) -> None:
    assert_told_once(field, case, told("spoilt")[case])


@pytest.mark.parametrize(("field", "case"), cases("blank"))
def test_a_wanted_answer_left_blank_is_told_once_at_its_cell(field: Field, case: tuple[str, object, str]) -> None:
    wanted = [each for each in told("blank")[case] if each[0]]
    assert wanted
    assert_told_once(field, case, wanted[:1])


@pytest.mark.parametrize(("field", "case"), cases("out of place"))
def test_an_answer_out_of_place_is_told_once_at_its_cell(field: Field, case: tuple[str, object, str]) -> None:
    wrong = [each for each in told("out of place")[case] if any(one.code == case[2] for one in each[0])]
    assert wrong
    assert_told_once(field, case, wrong[:1])


def assert_told_once(field: Field, case: tuple[str, object, str], found: Told) -> None:
    for findings, place in found:
        own = [each for each in findings if each.code != ALONGSIDE.get(field.key)]
        assert [(each.code, each.field) for each in own] == [(case[2], field.key)]
        assert (own[0].place.sheet, own[0].place.cell) == place
        assert own[0].place.sheet == field.sheet


def test_every_code_that_a_kind_can_give_is_tried() -> None:
    """Those of a text that only note something stand in test_rules."""
    given = {}
    for each in KINDS_DECLARED:
        source = "".join(inspect.getsource(getattr(kind, reader)) for reader in READERS[each])
        given[each] = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source)) - {"odd-characters", "upn-temporary"}
    tried = {each: {code for _, code in SPOILT[each]} - {"date-far-off"} for each in KINDS_DECLARED}
    assert tried == given
