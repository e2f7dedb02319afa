"""Score: how well a set's texts are anonymised, as the bars of the project measure it.

    python -m tests.anonymise.corpus.score [SET] [--failures N] [--tagger MODEL]

In: labelled texts, and an anonymiser that takes and gives plain values as ``cluster-sheets anonymise text`` does.
Out: a table of measures beside their bars, and of each kind and form. What is asked about counts as taken out where the
anonymiser takes it out until it is answered. Never shows a failure of the unseen set.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cluster_sheets.anonymise.by_text import ByText, Given
from cluster_sheets.anonymise.tagger import found
from cluster_sheets.anonymise.vote import Tagger
from tests.anonymise.corpus import label as kinds
from tests.anonymise.corpus.cast import FIRST, LOOKS_LIKE_A, SETS, UNSEEN, YEAR
from tests.anonymise.corpus.label import Label, Labelled
from tests.anonymise.corpus.make import corpus
from tests.register.made import REGISTER

Anonymiser = Callable[[Mapping[str, object]], Mapping[str, Any]]
Stretch = tuple[int, int]
_NOT_DISTINCTIVE: Mapping[str, frozenset[str]] = {
    kinds.PERSON: frozenset(("mr", "mrs", "miss", "ms", "dr")),
    kinds.SCHOOL: frozenset(
        (
            *("the", "of", "and", "school", "primary", "academy", "junior", "juniors", "infant", "nursery", "catholic"),
            *("ce", "cofe", "community", "st", "saint", "high", "a", "our"),
        )
    ),
    kinds.TRUST: frozenset(
        ("the", "and", "trust", "multi", "academy", "academies", "learning", "partnership", "schools", "community")
    ),
    "address": frozenset(("road", "street", "lane", "crescent", "avenue", "close", "terrace", "drive", "flat")),
}
_OTHERS = (kinds.SCHOOL, kinds.TRUST, kinds.PLACE)
_WORD = re.compile(r"\w+")
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one label."""

    label: Label
    text: Labelled
    gone: bool
    """All that is distinctive of it was taken out; of legitimate text and facts: a part of it."""
    asked: bool
    """The admin is asked about it, or about a part."""
    left: str = ""
    """What was left of it that tells who it is."""

    @property
    def held(self) -> bool:
        """Taken out or asked about."""
        return self.gone or self.asked


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one text."""

    judged: tuple[Judged, ...]
    others: int
    """Letters and figures outside of all labels."""
    others_gone: int
    flags: int
    """Stretches that stay and are asked about."""
    idle_flags: int
    """Those of them that meet no identifying fact."""
    questions: int
    seconds: float
    words: int

    @property
    def leaks(self) -> bool:
        """Whether anything that tells who it is was left."""
        return any(not each.gone for each in self.judged if _tells(each.label))


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table."""

    name: str
    value: float
    bar: float | None
    """None: it is only told."""
    at_least: bool = False
    of: int = 0
    """How many it is a share of; nought: it is no share."""

    @property
    def met(self) -> bool:
        """Whether it is as good as it must be."""
        if self.bar is None:
            return True
        return self.value >= self.bar if self.at_least else self.value <= self.bar


def by_text(tagger: Tagger | None = None) -> Anonymiser:
    """Ours, under the register that ships; a ``tagger`` has a vote."""
    anonymiser = ByText(REGISTER, YEAR, tagger)
    return lambda line: anonymiser.told(Given.of(line))


def outcome(text: Labelled, anonymiser: Anonymiser) -> Outcome:
    """What becomes of one text."""
    line = {"id": text.id, "known": text.known, "text": text.text}
    started = time.process_time()
    told = anonymiser(line)
    seconds = time.process_time() - started
    spans, review = _stretches(told["spans"]), _stretches(told["review"])
    if not _agrees(text.text, str(told["text"]), spans):
        raise ValueError(f"{text.id}: its spans are not what was taken out of it")
    gone, asked = _places(spans), _places(review)
    labelled = _places((each.start, each.stop) for each in text.labels)
    others = [place for place, letter in enumerate(text.text) if place not in labelled and letter.isalnum()]
    facts = _places((each.start, each.stop) for each in text.labels if each.kind == kinds.FACT)
    flags = {stretch for stretch in review if not gone.issuperset(range(*stretch))}
    return Outcome(
        tuple(_judged(each, text, gone, asked) for each in text.labels),
        len(others),
        sum(place in gone for place in others),
        len(flags),
        sum(facts.isdisjoint(range(*stretch)) for stretch in flags),
        len({text.text[start:stop].casefold() for start, stop in review}),
        seconds,
        len(text.text.split()),
    )


def measures(outcomes: Sequence[Outcome]) -> tuple[Measure, ...]:
    """The measures of the project's bars, in their order."""
    judged = [each for text in outcomes for each in text.judged]
    told = [each for each in judged if _is_known(each.label)]
    patterns = [each for each in judged if each.label.kind in kinds.PATTERNS]
    people = [each for each in judged if each.label.kind == kinds.PERSON and not each.label.known]
    legitimate = [each for each in judged if each.label.kind == kinds.LEGITIMATE]
    facts = [each for each in judged if each.label.kind == kinds.FACT]
    rest = [each for each in judged if each.label.kind in _OTHERS and not each.label.known]
    others, words = sum(each.others for each in outcomes), sum(each.words for each in outcomes)
    return (
        _share("known values leaked", [not each.gone for each in told], 0),
        _share("patterns leaked", [not each.gone for each in patterns], 0),
        _share("unknown people leaked, nobody in the loop", [not each.gone for each in people], 0.01),
        _share("unknown people neither redacted nor held", [not each.held for each in people], 0.003),
        _share("other schools, trusts and places leaked", [not each.gone for each in rest], None),
        _share("texts with no leak", [not each.leaks for each in outcomes], 0.97, at_least=True),
        _share("legitimate text lost", [each.gone for each in legitimate], 0.01),
        Measure("other characters removed", sum(each.others_gone for each in outcomes) / others, 0.02, of=others),
        _share("identifying facts redacted or held", [each.held for each in facts], 0.9, at_least=True),
        Measure("flags a text", sum(each.flags for each in outcomes) / len(outcomes), 0.6),
        Measure("  of them about no fact", sum(each.idle_flags for each in outcomes) / len(outcomes), None),
        Measure("questions a text", sum(each.questions for each in outcomes) / len(outcomes), 6),
        Measure("seconds per 1,000 words", sum(each.seconds for each in outcomes) / words * 1000, 0.02),
    )


def _share(name: str, cases: Sequence[bool], bar: float | None, *, at_least: bool = False) -> Measure:
    return Measure(name, sum(cases) / len(cases), bar, at_least, len(cases))


def _is_known(label: Label) -> bool:
    return label.known and label.kind in (kinds.PERSON, kinds.SCHOOL, kinds.TRUST, kinds.EMAIL)


def _tells(label: Label) -> bool:
    return label.kind not in (kinds.LEGITIMATE, kinds.FACT)


def _judged(label: Label, text: Labelled, gone: set[int], asked: set[int]) -> Judged:
    whole = set(range(label.start, label.stop))
    if _tells(label):
        words = list(_distinctive(label))
        left = " ".join(word for word, places in words if not places <= gone)
        return Judged(label, text, not left, any(places & asked for _, places in words), left)
    # A fact is taken out with its sentence, not with one word of it.
    enough = len(whole) / 2 if label.kind == kinds.FACT else 1
    return Judged(label, text, len(whole & gone) >= enough, bool(whole & asked))


def _distinctive(label: Label) -> Iterator[tuple[str, set[int]]]:
    """The words that tell which one it is, with their places."""
    found = list(_WORD.finditer(label.words))
    dull = _NOT_DISTINCTIVE.get(label.kind, frozenset())
    kept = [each for each in found if each[0].casefold().replace(LOOKS_LIKE_A, "a") not in dull] or found
    if label.kind in (kinds.PERSON, kinds.SCHOOL, kinds.TRUST, "address"):
        # The O of O'Brien tells nothing, nor does a house's number; initials do where they are all there is.
        kept = [each for each in kept if len(each[0]) > 1 and not each[0].isdigit()] or kept
    for each in kept:
        yield each[0], set(range(label.start + each.start(), label.start + each.end()))


def _stretches(told: Iterable[Mapping[str, Any]]) -> list[Stretch]:
    return [(each["start"], each["end"]) for each in told]


def _places(stretches: Iterable[Stretch]) -> set[int]:
    return {place for start, stop in stretches for place in range(start, stop)}


def _agrees(text: str, shown: str, spans: Sequence[Stretch]) -> bool:
    """Whether what is shown is the text with something in square brackets for each span."""
    place, pattern = 0, ""
    for start, stop in sorted(spans):
        pattern += re.escape(text[place:start]) + r"\[[^\]]*\]"
        place = stop
    return re.fullmatch(pattern + re.escape(text[place:]), shown) is not None


def by_form(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, str, str, int, int, int]]:
    """(kind, form, known, how many, failed, neither taken out nor asked about) of every form."""
    groups: dict[tuple[str, str, str], list[Judged]] = {}
    for text in outcomes:
        for each in text.judged:
            known = "known" if each.label.known else ""
            groups.setdefault((each.label.kind, each.label.form, known), []).append(each)
    for group, judged in sorted(groups.items()):
        neither = sum(not each.held for each in judged) if group[0] != kinds.LEGITIMATE else 0
        yield *group, len(judged), sum(map(failed, judged)), neither


def failed(judged: Judged) -> bool:
    """Whether what became of a label is not what should."""
    if judged.label.kind == kinds.LEGITIMATE:
        return judged.gone
    return not (judged.held if judged.label.kind == kinds.FACT else judged.gone)


def bar(measure: Measure) -> str:
    """How good it must be; blank where it is only told."""
    if measure.bar is None:
        return ""
    return f"{'≥' if measure.at_least else '≤'} {measure.bar:{'.1%' if measure.of else 'g'}}"


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Lines to print."""
    for each in measures(outcomes):
        value = f"{each.value:.2%}" if each.of else f"{each.value:.4g}"
        count, mark = (f"of {each.of}" if each.of else ""), ("" if each.met else "NOT MET")
        yield f"{each.name:<44}{value:>9}  {bar(each):<9}{count:<11}{mark}".rstrip()
    yield ""
    yield f"{'kind':<12}{'form':<34}{'':<7}{'all':>6}{'failed':>8}{'unseen':>8}"
    for kind, form, known, *counts in by_form(outcomes):
        yield f"{kind:<12}{form:<34}{known:<7}{counts[0]:>6}{counts[1]:>8}{counts[2]:>8}"


def failures(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Each failure with the text around it."""
    for text in outcomes:
        for each in filter(failed, text.judged):
            label, typed = each.label, each.text.text
            before, after = typed[max(0, label.start - _AROUND) : label.start], typed[label.stop :][:_AROUND]
            known = " known" if label.known else ""
            shown = f"{before}>>>{label.words}<<<{after}".replace("\n", " / ")
            left = f" left: {each.left}" if each.left else ""
            yield f"{each.text.id} {label.kind} ({label.form}{known}): {shown}{left}"


def main(typed: Sequence[str] | None = None) -> None:
    """Scores a set and prints the table."""
    parser = argparse.ArgumentParser(description="Scores the anonymiser over a labelled set.")
    parser.add_argument("set", nargs="?", choices=SETS, default=FIRST)
    parser.add_argument("--failures", type=int, default=0, metavar="N", help="show N of them; not of an unseen one")
    parser.add_argument("--tagger", metavar="MODEL", help="a model of spaCy that has a vote")
    options = parser.parse_args(typed)
    if options.failures and options.set in UNSEEN:
        parser.error(f"the {options.set} set is only measured: whoever mends the anonymiser may not look at it")
    tagger = found(options.tagger, Path.cwd(), "--tagger") if options.tagger else None
    if tagger is not None:
        tagger.load()
    anonymiser = by_text(tagger)
    outcomes = [outcome(text, anonymiser) for text in corpus(options.set)]
    lines = [*table(outcomes), "", *list(failures(outcomes))[: options.failures]]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
