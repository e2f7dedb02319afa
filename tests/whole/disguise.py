"""How a known value may be typed: its case, apostrophes, blanks, hyphens, letters, possessive, and what is about it."""

import unicodedata
from collections.abc import Callable, Sequence

from hypothesis import strategies as st

Change = Callable[[str], str]
CAPITALS: tuple[Change, ...] = (str, str, str.upper, lambda text: " ".join(w[:1].upper() + w[1:] for w in text.split()))
"""For what is known by its capitals only."""
CASES: tuple[Change, ...] = (*CAPITALS, str.lower, str.title, str.swapcase, str.capitalize)
APOSTROPHES = [" ", "’ ", "'", "’", "‘", "´", "`", "ʼ", "ʹ", "′", "‛", "ˈ", "＇", "\u05f3", ""]
BLANKS = [
    " ",
    "  ",
    "\u00a0",
    "\u2009",
    "\u202f",
    "\u3000",
    "\n",
    "\t",
    " \u200b",
    "\u2028",
    "\r\n",
    "_",
    ".",
    "-",
    "/",
    ", ",
]
HYPHENS = ["-", "‐", "‑", "–", "—", "−", " - ", " ", "﹣", "－", "\u00ad", "", "\u2060-", "/"]
UNSEEN = [
    "\u200b",
    "\u00ad",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u034f",
    "\ufe0f",
    "\u180e",
    "\u0336",
    "\u0332",
    "\u202a",
    "\u2063",
]
POSSESSIVES = ["", "", "", "'s", "’s", "'S", "´s", "s’", "'", "s"]
CYRILLIC = str.maketrans("aceopxyijsABCEHIJKMOPSTXY", "асеорхуіјѕАВСЕНІЈКМОРЅТХУ")
GREEK = str.maketrans("oviABEHIKMNOPTXYZ", "ονιΑΒΕΗΙΚΜΝΟΡΤΧΥΖ")
WIDE = {number: number + 0xFEE0 for number in range(0x21, 0x7F)}
_BOLD = {ord(a): 0x1D400 + n for n, a in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")}
_NOT_APART = str.maketrans(
    {
        **dict(zip("łŁøØđĐı", "lLoOdDi", strict=True)),
        **{"ß": "ss", "æ": "ae", "Æ": "Ae", "þ": "th", "Þ": "Th"},
    }
)


def no_accents(text: str) -> str:
    """As somebody types who has no such keys."""
    apart = unicodedata.normalize("NFD", text.translate(_NOT_APART))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


LETTERS: tuple[Change, ...] = (
    str,
    str,
    str,
    no_accents,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: unicodedata.normalize("NFC", text),
    lambda text: text.translate(WIDE),
    lambda text: text.translate(_BOLD),
    lambda text: text.translate(CYRILLIC),
    lambda text: text.translate(GREEK),
    lambda text: text[:1].translate(CYRILLIC) + text[1:],
    lambda text: text[:1] + text[1:].translate(CYRILLIC),
)


@st.composite
def typed(draw: st.DrawFn, plain: str, *, capitals: bool, name: bool, breaks: Sequence[str] = BLANKS) -> str:
    """``plain`` as somebody may type it; ``capitals`` are kept where it is known by them, a ``name`` may own."""
    text = draw(st.sampled_from(CAPITALS if capitals else CASES))(plain)
    if name:
        text = text.replace("'", draw(st.sampled_from(APOSTROPHES)))
    if "-" in text and name:
        text = text.replace("-", draw(st.sampled_from(HYPHENS)))
    if " " in text:
        text = text.replace(" ", draw(st.sampled_from(breaks)))
    if name:
        text += draw(st.sampled_from(POSSESSIVES))
    text = draw(st.sampled_from(LETTERS))(text)
    if draw(st.integers(0, 4)) == 4 and len(text) > 1:
        place = draw(st.integers(1, len(text) - 1))
        text = text[:place] + draw(st.sampled_from(UNSEEN)) + text[place:]
    return text


AROUND = [
    "We met {} and went on.", "So we asked {}, then waited.", "They wrote ({}) down.", "It was “{}” there.", "{}",
    "** {} **", "We saw **{}** there.", "We saw *{}* there.", "We saw _{}_ there.", "a pupil/{} pair", "ex-{} pupils",
    "the {}-led group", "We tell [{}] of it.", "We tell {{{}}} of it.", "<{}>", "{}/[person A]", "- {}\n- more",
    "\n• {}\n", "1) {};", "{}… and more", "~{}~", "`{}`", "told: {}:told", "all about '{}'", "| {} |", "see {}!",
    "[school A] {} [place]", "it—{}—went", "\u200b{}\u200b", "«{}»", "told \\{}\\", "it=({})", "by {}+TA",
    "them & {} & us", "£5 {} 5", "{}¹", "so,{},so", "[{}]({})", "😀{}😀",
]  # fmt: skip
"""What may stand about it. None of these words is in a known value."""
