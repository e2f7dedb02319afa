"""The message as HTML for mail programs. Pure: blocks in, text out; it says what the plain text says, in its order.

One column, styles beside each element (mail programs drop all others), no picture, no link but the address to answer
to, nothing fetched from anywhere. Colours mark; none of them says anything that the words do not.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape

from cluster_sheets.look import palette
from cluster_sheets.replies.message import Block, Closing, Facts, Lead, Line, Paragraph, Section, Signed, Things

_FONT = "font-family:Calibri,Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5"
_MARKS: Mapping[str, tuple[str, str]] = {
    "mend": (palette.ALARM, palette.ALARM_TINT),
    "refused": (palette.ALARM, palette.ALARM_TINT),
    "held": (palette.CAUTION, palette.CAUTION_TINT),
}
_CALM = (palette.ACCENT, palette.TINT)
_BEGIN = (
    '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width">\n<meta name="color-scheme" content="light">\n'
    "<title>{title}</title>\n</head>\n"
    f'<body style="margin:0;padding:16px;background:{palette.WHITE};color:{palette.INK};{_FONT}">\n'
    '<div style="max-width:640px">\n'
)
_END = "</div>\n</body>\n</html>\n"
_LEAD = "margin:0 0 20px;padding:12px 16px;font-size:18px"
_P = '<p style="margin:0 0 16px">'
_CLOSING = f'<p style="margin:24px 0 16px;padding-top:16px;border-top:1px solid {palette.RULE}">'
_HEADING = f'<h2 style="margin:24px 0 8px;font-size:18px;line-height:1.3;color:{palette.ACCENT}">'
_SECTION = (
    f'<h2 style="margin:32px 0 12px;padding-top:16px;border-top:2px solid {palette.ACCENT};font-size:20px;'
    f'line-height:1.3;color:{palette.ACCENT}">'
)
_NAME = f'<td style="padding:2px 16px 2px 0;vertical-align:top;white-space:nowrap;color:{palette.MUTED}">'
_FACT = '<td style="padding:2px 0;vertical-align:top">'
_ITEM = '<li style="margin:0 0 12px;padding-left:4px">'
_EXAMPLE = f'<span style="color:{palette.MUTED}">'


def html(title: str, blocks: Sequence[Block]) -> str:
    """The whole page; ``title`` is the subject."""
    return "".join((_BEGIN.format(title=escape(title)), *(part for each in blocks for part in _said(each)), _END))


def _said(block: Block) -> Iterator[str]:
    yield from _SAID[type(block)](block)


def _lead(block: Lead) -> Iterator[str]:
    edge, ground = _MARKS.get(block.kind, _CALM)
    yield f'<p style="{_LEAD};border-left:6px solid {edge};background:{ground}">{escape(block.text)}</p>\n'


def _section(block: Section) -> Iterator[str]:
    yield f"{_SECTION}{escape(block.title)}</h2>\n"


def _facts(block: Facts) -> Iterator[str]:
    yield '<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 16px;font-size:16px">\n'
    for name, fact in block.pairs:
        yield f"<tr>{_NAME}{escape(name)}</td>{_FACT}{escape(fact)}</td></tr>\n"
    yield "</table>\n"


def _paragraph(block: Paragraph) -> Iterator[str]:
    yield f"{_P}{escape(block.text)}</p>\n"


def _things(block: Things) -> Iterator[str]:
    yield f'{_HEADING}{escape(block.heading.removesuffix(":"))}</h2>\n<ul style="margin:0 0 16px;padding-left:24px">\n'
    for line in block.lines:
        yield f"{_ITEM}{'<br>'.join(_parts(line))}</li>\n"
    yield "</ul>\n"


def _parts(line: Line) -> Iterator[str]:
    where = f"<b>{escape(line.where)}</b>" if line.where else ""
    label = f"({escape(line.label)})" if line.where and line.label else escape(line.label)
    if where or label:
        yield " ".join(part for part in (where, label) if part)
    if line.said:
        yield escape(line.said)
    if line.example:
        yield f"{_EXAMPLE}For example: {escape(line.example)}</span>"


def _closing(block: Closing) -> Iterator[str]:
    yield f"{_CLOSING}{escape(block.text)}</p>\n"


def _signed(block: Signed) -> Iterator[str]:
    lines = [
        f'<a href="mailto:{escape(each)}" style="color:{palette.ACCENT}">{escape(each)}</a>'
        if "@" in each
        else f"<b>{escape(each)}</b>"
        for each in block.lines
    ]
    yield f"{_P}{'<br>'.join(lines)}</p>\n"


_SAID: Mapping[type, Callable[..., Iterator[str]]] = {
    Lead: _lead,
    Section: _section,
    Facts: _facts,
    Paragraph: _paragraph,
    Things: _things,
    Closing: _closing,
    Signed: _signed,
}
