"""The message as plain text. Pure: blocks in, text out."""

from collections.abc import Iterator, Sequence

from cluster_sheets.replies.message import Block, Closing, Facts, Lead, Line, Paragraph, Section, Signed, Things

_WIDTH = 14


def plain(blocks: Sequence[Block]) -> str:
    """The whole text, paragraphs parted by an empty line."""
    return "\n\n".join(_said(block) for block in blocks) + "\n"


def _said(block: Block) -> str:
    match block:
        case Lead(text=text) | Paragraph(text=text) | Closing(text=text):
            return text
        case Section(title=title):
            return f"{title}\n{'-' * len(title)}"
        case Facts(pairs=pairs):
            return "\n".join(f"{name + ':':<{_WIDTH}}{fact}" for name, fact in pairs)
        case Things(heading=heading, lines=lines):
            return "\n".join((heading, *(said for each in lines for said in _lines(each))))
        case Signed(lines=lines):
            return "\n".join(lines)


def _lines(line: Line) -> Iterator[str]:
    """Where and which question; what we found where that can be said, and what to do; an example of it."""
    where = f"{line.where} ({line.label})" if line.where and line.label else line.where or line.label
    example = line.example and f"For example: {line.example}"
    first, *rest = (part for part in (where, line.said, example) if part)
    yield f"- {first}"
    yield from (f"  {part}" for part in rest)
