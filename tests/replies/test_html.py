import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cluster_sheets.replies import message
from cluster_sheets.replies.html import html
from cluster_sheets.replies.message import Closing, Facts, Lead, Line, Paragraph, Section, Signed, Things
from cluster_sheets.replies.plain import plain
from tests.browser import needs_browser, widths
from tests.replies.test_message import END, NOTE, RATE, told

VOID = {"meta", "br"}
EACH = [told(kind, END, RATE, NOTE, copy="Own form 1 to mend.xlsx") for kind in message._KINDS]


class Page(HTMLParser):
    """What a page says, and the elements it is made of; each must be closed where it belongs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        else:
            self.said += "\n"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.said += " "

    def handle_data(self, data: str) -> None:
        self.said += "" if "title" in self.open else data


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize("several", [*([each] for each in EACH), EACH], ids=[*message._KINDS, "several"])
def test_it_says_what_the_plain_text_says_in_its_order(several: list[message.Told]) -> None:
    blocks = message.blocks(several)
    page = Page(html(message.subject(several), blocks))
    assert page.open == []
    assert words(page.said) == words(plain(blocks))


def test_nothing_is_fetched_and_the_only_link_is_the_address_to_answer_to() -> None:
    page = Page(html("EXAMPLE", message.blocks(EACH)))
    assert {tag for tag, _ in page.seen} <= {
        "html", "head", "meta", "title", "body", "div", "p", "h2", "ul", "li", "b", "br", "span", "table", "tr", "td",
        "a",
    }  # fmt: skip
    told_ = [(name, value) for _, attributes in page.seen for name, value in attributes.items()]
    assert [value for name, value in told_ if name in ("href", "src", "background")] == ["mailto:cen@council.example"]
    assert not any("url(" in (value or "") for _, value in told_)


def test_what_needs_mending_is_marked_otherwise_than_what_does_not() -> None:
    edges = {
        kind: re.findall(r"border-left:6px solid (#\w+)", html("x", (Lead("EXAMPLE", kind),)))[0]
        for kind in message._KINDS
    }
    assert edges["mend"] == edges["refused"] != edges["held"] != edges["receipt"] == edges["late"] == edges["note"]


def everywhere(text: str) -> Page:
    """A page that has a text wherever one may stand."""
    line = Line(text, text, text, text)
    blocks = (
        Lead(text, "mend"), Section(text), Facts(((text, text),)), Paragraph(text), Things(text, (line,)),
        Closing(text), Signed((text, f"{text}@")),
    )  # fmt: skip
    return Page(html(text, blocks))


@given(st.text("<>&;\"'/=!- abp", min_size=1, max_size=30))
@example("<b>&amp;</p><!--\"' ")
def test_no_text_becomes_markup(text: str) -> None:
    page, plain_page = everywhere(text), everywhere("EXAMPLE")
    assert page.open == []
    assert [tag for tag, _ in page.seen] == [tag for tag, _ in plain_page.seen]
    assert page.said.count(text) >= plain_page.said.count("EXAMPLE")
    assert [value for _, given_ in page.seen for name, value in given_.items() if name == "href"] == [f"mailto:{text}@"]


@pytest.mark.real
@needs_browser
@pytest.mark.parametrize("width", [500, 1200])
def test_it_fits_on_a_narrow_screen_and_stays_in_one_column_on_a_wide_one(width: int) -> None:
    page, window = widths(html("EXAMPLE", message.blocks(EACH)), width)
    assert page <= window


def test_the_same_message_is_the_same_bytes() -> None:
    assert html("x", message.blocks(EACH)) == html("x", message.blocks(EACH))
