"""Vote: where a statistical tagger takes for a name what our own pass has left, the admin is asked.

In: a cleaned text, what the tagger takes for a person, a place or an organisation in it, and what goes anyway.
Out: stretches to ask about. Pure: which tagger it is, the caller says; ``tagger`` has spaCy's.
Never: touches what is taken out already, or puts back what the tagger does not see.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.capital import bare, bare_stop, bases, has_capital
from cluster_sheets.anonymise.covered import Covered, Stretch
from cluster_sheets.anonymise.normal import Clean

Votes = Mapping[str, Sequence[Stretch]]
"""What the tagger takes for names, by box, in the text as typed."""


class Tagger(Protocol):
    """Whatever says of texts where it takes something for a name."""

    @property
    def mark(self) -> str:
        """Which one it is, to the byte: what was redacted under another is redacted anew."""

    def __str__(self) -> str:
        """Which one it is, for people: name, version, licence, author, hash."""

    def named(self, texts: Sequence[str]) -> Sequence[Sequence[Stretch]]:
        """Of each text, the stretches taken for a person, a place or an organisation."""


def votes(tagger: Tagger | None, texts: Mapping[str, str]) -> Votes:
    """What a tagger says of the boxes of one application; nothing where there is none."""
    return dict(zip(texts, tagger.named(list(texts.values())), strict=True)) if tagger is not None else {}


def disputed(text: Clean, voted: Iterable[Stretch], covered: Covered) -> Iterator[Stretch]:
    """Of what was ``voted`` a name, the parts not ``covered`` that no list of ours knows for a word of schools."""
    for start, stop in voted:
        for run in _left(text, start, stop, covered):
            named = [number for number in run if _may_name(text, number)]
            if named:
                yield text.tokens[named[0]].start, bare_stop(text, named[-1])


def _left(text: Clean, start: int, stop: int, covered: Covered) -> Iterator[list[int]]:
    """Words of a stretch that stand together and are not covered."""
    run: list[int] = []
    for number in text.within(start, stop):
        token = text.tokens[number]
        if covered.meets(token.start, token.stop):
            yield run
            run = []
        else:
            run.append(number)
    yield run


def _may_name(text: Clean, number: int) -> bool:
    """True of a word that the allow list does not hold and that may be a name: no plain English, or a name besides.

    A model takes Reading, Science and The for names by the dozen: nobody could answer so many questions.
    """
    token = text.tokens[number]
    typed = text.text[token.start : token.stop]
    both = bases(typed, token.word)
    if len(token.word) == 1 or not typed.replace("'", "").isalpha():
        return False
    if any(words.is_school_word(each) for each in both) or words.in_phrase(text, number):
        return False
    if bare(text, number) in words.names():
        return True
    if not has_capital(text, number):
        return words.is_strange(token.word)
    return not any(words.is_ordinary(each) for each in both)
