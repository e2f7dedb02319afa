"""Make: a set's texts and labels, the same every time.

In: a set's name. Out: labelled texts of 40 to 400 words.
In a sentence ``{pupil}`` is filled and labelled, ``{pupil}'s`` too; ``<w|will>`` is legitimate text and must stay;
``[[the only one]]`` tells who it is.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from random import Random

from tests.anonymise.corpus import label as kinds
from tests.anonymise.corpus.cast import Cast, Lists, labelled, lists
from tests.anonymise.corpus.label import Label, Labelled

TEXTS, SHORTEST, LONGEST = 420, 40, 400
SORTS = {
    "p": "programme",
    "b": "body",
    "t": "test",
    "m": "money",
    "d": "date",
    "w": "word that is a name",
    "c": "code or subject",
}
_PIECE = re.compile(r"(\{[\w-]+\}(?:'s)?|<\w\|[^>]+>|\[\[|\]\])")
_LOWER, _UPPER = "in a text all in lower case", "in a text all in capitals"


@cache
def corpus(name: str) -> tuple[Labelled, ...]:
    """All texts of a set."""
    chance = Random(f"cluster-sheets, {name} set")
    return tuple(_text(f"{name}-{number}", lists(name), chance) for number in range(1, TEXTS + 1))


def _text(key: str, words: Lists, chance: Random) -> Labelled:
    cast = Cast(words, chance)
    writing = _Writing(cast, chance)
    longest = int(chance.triangular(SHORTEST, LONGEST - 40, 100))
    sentences = _sentences(words, chance)
    joint = chance.choice((" ", " ", " ", " ", "\n", "  ", "\n- ", "\n\n"))
    words_written = 0
    while words_written < longest:
        if writing.pieces:
            writing.add(joint if chance.random() < 0.8 else " ")
        words_written += writing.sentence(next(sentences))
    labels = sorted(writing.labels, key=lambda each: (each.start, -each.stop))
    return _disguised(Labelled(key, "".join(writing.pieces), cast.known, tuple(labels)), chance)


def _sentences(words: Lists, chance: Random) -> Iterator[str]:
    """Half of them telling, no two alike; in nearly every second text one that tells who it is without a name."""
    telling, calm = (chance.sample(each, len(each)) for each in (words.telling, words.plain))
    mixed = [each for pair in zip(telling, calm, strict=False) for each in pair]
    if chance.random() < 0.45:
        mixed.insert(chance.randrange(4), chance.choice(words.facts))
    yield from mixed
    raise ValueError("too few sentences for so long a text")


@dataclass
class _Writing:
    """A text as it grows."""

    cast: Cast
    chance: Random
    pieces: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    _length: int = 0

    def add(self, typed: str) -> None:
        self.pieces.append(typed)
        self._length += len(typed)

    def sentence(self, template: str) -> int:
        """Adds a sentence; how many words it has."""
        first, opened = len(self.pieces), 0
        for piece in _PIECE.split(template):
            if piece.startswith("{"):
                self._filled(*piece.partition("}")[::2])
            elif piece.startswith("<"):
                self._labelled(labelled(kinds.LEGITIMATE, piece[3:-1], SORTS[piece[1]]))
            elif piece == "[[":
                opened = self._length
            elif piece == "]]":
                said = "".join(self.pieces)[opened:]
                self.labels.append(Label(opened, self._length, said, kinds.FACT, "fact"))
            else:
                self.add(piece)
        return len("".join(self.pieces[first:]).split())

    def _filled(self, slot: str, possessive: str) -> None:
        label = self.cast.fillers[slot[1:]]()
        if possessive and label.form in ("first", "full", "title and last", "name", "alias", "shortened"):
            label = replace(label, form=f"{label.form}, possessive")
        self._labelled(label)
        self.add("'" if possessive and label.words.endswith("s") and self.chance.random() < 0.5 else possessive)

    def _labelled(self, label: Label) -> None:
        start = self._length
        self.add(label.words)
        self.labels.append(replace(label, start=start, stop=self._length))


def _disguised(text: Labelled, chance: Random) -> Labelled:
    """Half of all texts have typographic apostrophes; a few are all in one case."""
    lot = chance.random()
    if chance.random() < 0.5:
        text = _changed(text, lambda typed: typed.replace("'", "’"))
    if lot < 0.02:
        text = _changed(text, str.lower, _LOWER)
    elif lot < 0.03:
        text = _changed(text, str.upper, _UPPER)
    return text


def _changed(text: Labelled, change: Callable[[str], str], form: str = "") -> Labelled:
    """The same with each character changed; as it was where that would move the labels."""
    changed = "".join(new if len(new := change(each)) == 1 else each for each in text.text)
    labels = (
        replace(
            each,
            words=changed[each.start : each.stop],
            form=form if form and each.kind in (kinds.PERSON, kinds.SCHOOL) else each.form,
        )
        for each in text.labels
    )
    return replace(text, text=changed, labels=tuple(labels))
