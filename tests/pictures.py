"""The README's pictures, made again from the workbooks of a demo: ``python -m tests.pictures docs/pictures``.

Needs LibreOffice, pdftoppm and Chromium. Everything shown is invented.
"""

import email
import sys
from collections.abc import Callable
from dataclasses import replace
from email import policy
from pathlib import Path
from tempfile import TemporaryDirectory

from cluster_sheets.demo.forms import Forms
from cluster_sheets.demo.play import CLUSTER, KEY, START, play
from cluster_sheets.demo.requests import samples
from cluster_sheets.night import init, opened, run
from cluster_sheets.store.places import Places
from tests.browser import picture
from tests.office import page_texts, pictures

DOTS = 75
MEETING = "CEN-2627-A1"
CARELESS = {"amount_requested": "about 5k", "end_date": "Easter 2027", "headteacher_name": None, "summary": "Help."}
"""Answers that nobody could read, or that are missing."""


def main(into: Path) -> None:
    """Makes a demo and draws what the README shows of it."""
    into.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        places = Places(Path(folder) / "demo")
        play(places.root, 40, 2026, lambda _: None)
        panel = next(places.panel(MEETING).glob("panel-*.xlsx")).read_bytes()
        shown: dict[str, tuple[bytes, Callable[[str], bool]]] = {
            "template": (_form(places), lambda text: "2 Request, page 1" in text),
            "what-to-mend": (_copy(Path(folder)), lambda text: "What to mend, page 1" in text),
            "all-cases": (panel, lambda text: "All cases, page 1" in text),
            "case": (panel, lambda text: "page 1 of 2" in text),
            "review": (places.review_of(MEETING).read_bytes(), lambda text: "Redactions, page 1" in text),
            "budget": (panel, lambda text: "Budget position, page 1" in text),
            "statement": (_statement(places), lambda text: "Control totals, page 1" in text),
        }
        for name, (data, wanted) in shown.items():
            page = next(number for number, text in enumerate(page_texts(data)) if wanted(text))
            (into / f"{name}.png").write_bytes(pictures(data, DOTS)[page])
        (into / "message.png").write_bytes(picture(_message(places), 700, 900))


def _message(places: Places) -> str:
    """The message that goes with a marked-up copy, as a mail program shows it."""
    path = sorted(places.outbox.glob("*-mend-*.eml"))[0]
    body = email.message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("html",))
    assert body is not None
    return str(body.get_content())


def _form(places: Places) -> bytes:
    return sorted(places.templates(MEETING).glob("*.xlsx"))[0].read_bytes()


def _statement(places: Places) -> bytes:
    return sorted(places.finance.glob("statement-*.xlsx"))[0].read_bytes()


def _copy(folder: Path) -> bytes:
    """A marked-up copy of a form with several things to mend."""
    places = init(folder / "central", key=KEY)
    with opened(places, START) as night:
        sample = next(each for each in samples(night.register, 12, 2026, CLUSTER, START) if not each.slip)
        forms = Forms()
        forms.issue(night, [sample], sample.meeting, START)
    answers = {**sample.typed.answers, **CARELESS}
    careless = replace(sample, typed=replace(sample.typed, answers=answers), by_mail=False)
    name, data = forms.filled(careless)
    (places.inbox / name).write_bytes(data)
    run(places.root, START)
    (reply,) = places.outbox.glob("*-mend-*.eml")
    mail = email.message_from_bytes(reply.read_bytes(), policy=policy.default)
    (copy,) = (part.get_content() for part in mail.iter_attachments())
    return bytes(copy)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
