"""The demo's register and a form for any sample, without a workspace; and what the night would find in a filled one."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

from cluster_sheets.anonymise.known import Finder
from cluster_sheets.base.finding import Severity
from cluster_sheets.demo.fill import Blank
from cluster_sheets.demo.requests import Sample
from cluster_sheets.form.filled import Filled, Scheme, Stamp
from cluster_sheets.form.shipped import form
from cluster_sheets.form.template import template
from cluster_sheets.reading.raw import read
from cluster_sheets.register.make import made
from cluster_sheets.register.model import Register
from cluster_sheets.register.read import register_of
from cluster_sheets.replies.issue import prefilled
from cluster_sheets.verdict.by_hand import by_hand

START = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)


@cache
def register() -> Register:
    """The pilot's, as the demo takes it."""
    found, faults = register_of(made({"mail_authserv_name": "mx.council.example"}), "register.xlsx")
    assert not faults
    assert found is not None
    return found


@cache
def blank(urn: str, meeting: str) -> bytes:
    """A form of a school and round, stamped and filled in with what the register knows."""
    told = register()
    names = tuple(each.name for each in told.members_on("CEN", START.date()))
    settings = told.settings
    scheme = Scheme(names, settings.listed("years_accepted"), settings.number, settings.words)
    stamp = Stamp("F-AAAA-BBBB", urn, "CEN", meeting, settings.text("template_version"), "0" * 32)
    answers = prefilled(told, form("application"), told.schools[urn], START.date())
    return template(form("application"), Filled(scheme, stamp, "For a school", "Send it by then.", answers))


def filled(sample: Sample) -> tuple[str, bytes]:
    """A sample's form, filled."""
    data = Blank(blank(sample.urn, sample.meeting)).filled(sample.typed.answers, sample.typed.lines)
    return f"form {sample.number}.xlsx", data


def judged(samples: Sequence[Sample]) -> list[list[str]]:
    """Codes of what sends each back or holds it, each once, as the night would find them."""
    files = [filled(each) for each in samples]
    as_of = register().cluster_meetings("CEN")[0].closes_at - timedelta(hours=1)
    told = by_hand(
        files,
        register(),
        form("application"),
        Finder.of(register()),
        as_of,
        lambda given: {name: read(data) for name, data in given},
    )
    return [sorted({each.code for each in one.findings if each.severity != Severity.NOTE}) for one in told]
