"""Redact: one pass over all boxes of an application together; what is known goes, what is doubtful is asked about.

In: the form, one record, a finder, the answers given so far. Out: each box as the panel may read it, what was taken out
and why, and what is still to be asked. Pure: no file, no clock, no store.
Never: lets a doubt through that nobody has answered: until then its words are covered too.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.doubt import doubts, whole_name
from cluster_sheets.anonymise.elsewhere import titled_again, unknown_again, word_again
from cluster_sheets.anonymise.fact import About
from cluster_sheets.anonymise.judged import Facts
from cluster_sheets.anonymise.kinds import (
    CARE,
    ILLNESS,
    IS_NAME,
    KEEP,
    KEEP_ALWAYS,
    KINDS,
    LOWER_CASE,
    NAME_WORD,
    NAMES,
    RARE_NEED,
    TAGGED,
    TAKE_OUT,
    UNKNOWN,
)
from cluster_sheets.anonymise.known import Finder, Hit
from cluster_sheets.anonymise.normal import Clean, clean, words_of
from cluster_sheets.anonymise.pattern import found
from cluster_sheets.anonymise.sentence import sentence_at
from cluster_sheets.anonymise.span import Span, apart, applied, placeholders
from cluster_sheets.anonymise.vote import Votes, disputed
from cluster_sheets.anonymise.words import rare
from cluster_sheets.base import columns
from cluster_sheets.base.pupils import PUPIL, PUPIL_GROUP, benefiting
from cluster_sheets.base.record import Record, Value, box
from cluster_sheets.form.declared import Form

_TOGETHER = (RARE_NEED, ILLNESS, CARE)
"""Kinds that are asked about once for all the words an application has for them."""
BOX = "text"
"""What the box of a text by itself is called."""
_NAMED_KINDS = ("text", "email", "upn")
_NO_VOTES: Votes = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question for the admin: some words, wherever in the application they stand."""

    kind: str
    box: str
    """Where they stand first."""
    start: int
    stop: int
    words: str
    """Each on a line of its own where several are asked about as one."""
    sentence: str
    spans: tuple[Span, ...] = field(compare=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """What an answer is kept by: an unchanged sentence keeps it."""
        return self.box, self.words, self.sentence

    def is_of(self, never_names: frozenset[str]) -> bool:
        """True of a word that was said to be nobody's name in any application."""
        return self.kind in (UNKNOWN, TAGGED) and " ".join(words_of(self.words)) in never_names

    @property
    def placeholder(self) -> str:
        """What stands for the words if they are taken out, without its letter."""
        return f"[{KINDS[self.kind].stands}]"


@dataclass(frozen=True, slots=True)
class Redacted:
    """An application's free text as the panel may read it."""

    texts: Mapping[str, str]
    """By box."""
    spans: tuple[Span, ...]
    """What was taken out, in order."""
    doubts: tuple[Doubt, ...]
    """All of them, answered or not."""


def texts_of(form: Form, record: Record) -> dict[str, str]:
    """Every box of free text that holds something, in the order a school meets them."""
    found_texts: dict[str, str] = {}
    for each in form.fields:
        if each.privacy != "free-text":
            continue
        if each.table:
            rows = enumerate(record.rows(each.table), start=1)
            values = [(box(each.table, each.name, number), row.get(each.name)) for number, row in rows]
        else:
            values = [(each.name, record.form.get(each.name))]
        found_texts |= {key: value for key, value in values if isinstance(value, str) and value}
    return found_texts


def own_values(form: Form, record: Record) -> frozenset[str]:
    """What the form itself says of people: names, addresses and pupils' numbers of its identity fields."""
    named: set[Value] = set()
    for each in form.fields:
        if each.privacy == "identity" and each.kind in _NAMED_KINDS:
            rows = record.rows(each.table) if each.table else (record.form,)
            named |= {row.get(each.name) for row in rows}
    return frozenset(value for value in named if isinstance(value, str) and value)


def redacted(
    form: Form,
    record: Record,
    finder: Finder,
    answers: Mapping[tuple[str, str, str], str] | None = None,
    needs: frozenset[str] | None = None,
    never_names: frozenset[str] = frozenset(),
    votes: Votes = _NO_VOTES,
) -> Redacted:
    """The record's free text with what tells who it is taken out; ``answers`` (codes of ``kinds``) by a doubt's key.

    ``needs`` are those that words may not name in a request about pupils one by one; None: all that have a word.
    ``never_names`` are words, as ``normal`` spells them, that are kept unless this application's answer is another.
    ``votes`` say by box what a tagger takes for names.
    """
    given = answers or {}

    def keeps(doubt: Doubt) -> bool:
        answer = given.get(doubt.key)
        return answer in (KEEP, KEEP_ALWAYS) or (answer is None and doubt.is_of(never_names))

    texts = texts_of(form, record)
    about = _about(record, finder.threshold, frozenset(rare().values()) if needs is None else needs)
    search = _Search(texts, finder, own_values(form, record), _year(record), about, votes)
    return search.told(keeps, lambda doubt: given.get(doubt.key) == IS_NAME)


def redacted_text(
    text: str, own: frozenset[str], finder: Finder, year: int, needs: frozenset[str], votes: Votes = _NO_VOTES
) -> Redacted:
    """One text by itself, as if the admin had taken every proposal; the box is called ``text``.

    Args:
        text: it may be about anybody, so it is read as one about few pupils.
        own: people, addresses and pupils' numbers that it is known to be about.
        finder: what else is known.
        year: the one it was written in; pupils' birthdays are told by it.
        needs: those that words may not name.
        votes: what a tagger takes for names, of the one box.
    """
    about = About(finder.threshold, rare=needs, of_few=True)
    search = _Search({BOX: text} if text else {}, finder, own, year, about, votes)
    return search.told(lambda doubt: KINDS[doubt.kind].proposal == KEEP, lambda _: False)


class _Search:
    """All that was found in the boxes of one application."""

    def __init__(
        self,
        texts: Mapping[str, str],
        finder: Finder,
        own: frozenset[str],
        year: int,
        about: About,
        votes: Votes,
    ) -> None:
        self.texts, self.finder, self.votes = texts, finder, votes
        self.cleaned = {name: clean(text) for name, text in texts.items()}
        self.order = {name: number for number, name in enumerate(texts)}
        self.sure: list[Span] = []
        self.unsure: list[Span] = []
        facts = Facts(finder.la_code, year)
        for name, text in self.cleaned.items():
            self._known(name, text, finder.hits(text, own), facts)
            covered = [(span.start, span.stop) for span in self.sure if span.box == name]
            here = Covered(text.cleaned(covered))
            for each in doubts(text, here, about):
                self._add(name, text, each.start, each.stop, each.kind, each.key, sure=each.sure)

    def _known(self, name: str, text: Clean, hits: Sequence[Hit], facts: Facts) -> None:
        sure = Covered((hit.start, hit.stop) for hit in hits if hit.sure)
        for hit in _chosen(hits):
            start, stop, key = hit.start, hit.stop, hit.known.key
            if hit.sure and hit.known.kind == "person":
                start, stop = whole_name(text, start, stop, key, sure)
                # Half of it is another name, so it is another person.
                key = key if (start, stop) == (hit.start, hit.stop) else ""
            self._add(name, text, start, stop, hit.known.kind, key, sure=hit.sure)
        for each in found(text, facts):
            self._add(name, text, each.start, each.stop, each.kind, sure=each.sure)

    def _add(self, name: str, text: Clean, start: int, stop: int, kind: str, key: str = "", *, sure: bool) -> None:
        key = key or " ".join(words_of(text.text[start:stop]))
        span = Span(name, *text.original(start, stop), kind, key, sure)
        (self.sure if sure else self.unsure).append(span)

    def told(self, keeps: Callable[[Doubt], bool], named: Callable[[Doubt], bool]) -> Redacted:
        """The boxes with everything taken out but the doubts that a person ``keeps``.

        What is ``named``, because a person said that it is a name, goes in every way of writing it.
        """
        asked = self.asked()
        doubtful = [span for doubt in asked if not keeps(doubt) for span in doubt.spans]
        names = [span for doubt in asked if named(doubt) for span in self._ways_of(doubt)]
        spans = apart([*self.sure, *doubtful, *names])
        stands = placeholders(spans)
        shown = {
            name: applied(text, [(span, stands[span]) for span in spans if span.box == name])
            for name, text in self.texts.items()
        }
        return Redacted(shown, tuple(spans), tuple(asked))

    def asked(self) -> list[Doubt]:
        """One doubt for the same words, wherever they stand; parts of a longer name go with it."""
        sure = {name: Covered((span.start, span.stop) for span in self.sure if span.box == name) for name in self.texts}
        unsure = [*self.unsure, *titled_again(self.cleaned, [*self.sure, *self.unsure])]
        open_spans = [span for span in unsure if not sure[span.box].holds(span.start, span.stop)]
        groups: dict[tuple[str, str], list[Span]] = {}
        longer: dict[str, list[tuple[str, str]]] = {}
        for span in sorted(open_spans, key=lambda each: -len(each.key)):
            group = _group(span, longer)
            groups.setdefault(group, []).append(span)
        _with_strongest(groups)
        for (kind, key), spans in groups.items():
            if kind == UNKNOWN:
                spans.extend(unknown_again(key, self.cleaned, spans))
            if kind in (UNKNOWN, NAME_WORD):
                spans.extend(word_again(kind, key, self.cleaned, [*spans, *self.sure]))
        asked = [self._doubt(*each) for each in groups.items()]
        return sorted(self._with_disputed(asked), key=lambda each: (self.order[each.box], each.start))

    def _with_disputed(self, asked: list[Doubt]) -> list[Doubt]:
        """These and what the tagger disputes; the same words in the same sentence are asked about once."""
        if not self.votes:
            return asked
        found_doubts, at = [*asked], {doubt.key: number for number, doubt in enumerate(asked)}
        for each in (self._doubt(*group) for group in self._disputed(asked).items()):
            if (number := at.get(each.key)) is None:
                found_doubts.append(each)
                continue
            same = found_doubts[number]
            more = (replace(span, kind=same.kind, key=same.spans[0].key) for span in each.spans)
            found_doubts[number] = replace(same, spans=(*same.spans, *more))
        return found_doubts

    def _disputed(self, asked: Sequence[Doubt]) -> dict[tuple[str, str], list[Span]]:
        """Of what the tagger takes for names, what goes neither for sure nor while it is ``asked`` about."""
        taken = (doubt.spans for doubt in asked if KINDS[doubt.kind].proposal == TAKE_OUT)
        gone = [*self.sure, *(span for spans in taken for span in spans)]
        groups: dict[tuple[str, str], list[Span]] = {}
        for name, voted in self.votes.items():
            text = self.cleaned[name]
            covered = text.cleaned((span.start, span.stop) for span in gone if span.box == name)
            for start, stop in disputed(text, text.cleaned(voted), Covered(covered)):
                key = " ".join(words_of(text.text[start:stop]))
                span = Span(name, *text.original(start, stop), TAGGED, key, sure=False)
                groups.setdefault((TAGGED, key), []).append(span)
        return groups

    def _ways_of(self, doubt: Doubt) -> Iterator[Span]:
        """Where a name stands as a whole, by halves, in small letters or with an s."""
        for name, text in self.cleaned.items():
            for hit in self.finder.hits(text, frozenset((doubt.words,))):
                # With grace may be said of anybody.
                if hit.known.own and (hit.sure or text.text[hit.start].isupper()):
                    yield Span(name, *text.original(hit.start, hit.stop), doubt.kind, doubt.spans[0].key)

    def _doubt(self, group: tuple[str, str], spans: list[Span]) -> Doubt:
        kind, key = group
        same = tuple(Span(each.box, each.start, each.stop, kind, key, sure=False) for each in spans)
        first = min(same, key=lambda each: (self.order[each.box], each.start))
        text = self.texts[first.box]
        words = text[first.start : first.stop]
        sentence = sentence_at(text, first.start, first.stop) if kind != LOWER_CASE else text
        if kind in _TOGETHER:
            # They are asked about as one, so all that is answered for is shown.
            each_one = sorted(same, key=lambda each: (self.order[each.box], each.start))
            told = [(self.texts[each.box], each.start, each.stop) for each in each_one]
            words = "\n".join(dict.fromkeys(typed[start:stop] for typed, start, stop in told))
            sentence = "\n".join(dict.fromkeys(sentence_at(*each) for each in told))
        return Doubt(kind, first.box, first.start, first.stop, words, sentence, same)


def _about(record: Record, threshold: int, needs: frozenset[str]) -> About:
    whom = record.form.get(columns.BENEFICIARY)
    of_few = whom in (PUPIL, PUPIL_GROUP)
    return About(threshold, whom == PUPIL, needs if of_few else frozenset(), of_few, benefiting(record) or 0)


def _year(record: Record) -> int:
    """The year the form was filled in, as far as its own dates tell."""
    days = [value for value in record.form.values() if isinstance(value, date)]
    return max(days).year if days else 0


def _chosen(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Of those that mean the same stretch the one most likely meant: the form's own, then whoever was named in full."""
    in_full = {hit.known.key for hit in hits if hit.sure and len(hit.known.key.split()) > 1 and _is_full(hit)}
    best: dict[tuple[int, int, bool], Hit] = {}
    for hit in hits:
        at = (hit.start, hit.stop, hit.sure)
        if at not in best or _likelihood(hit, in_full) > _likelihood(best[at], in_full):
            best[at] = hit
    yield from best.values()


def _is_full(hit: Hit) -> bool:
    return hit.stop - hit.start >= len(hit.known.key)


def _likelihood(hit: Hit, in_full: set[str]) -> tuple[bool, bool]:
    return hit.known.key in in_full, hit.known.own


def _with_strongest(groups: dict[tuple[str, str], list[Span]]) -> None:
    """A hospital that is only spoken of is asked about where somebody was in it, and is nothing where nobody was."""
    for group in [each for each in groups if each[0] == ILLNESS and each[1] != ILLNESS]:
        spans = groups.pop(group)
        if (ILLNESS, ILLNESS) in groups:
            groups[ILLNESS, ILLNESS].extend(spans)


def _group(span: Span, longer: dict[str, list[tuple[str, str]]]) -> tuple[str, str]:
    """What a span is asked about with: the same words or, of a name, the first longer one that it is a part of.

    ``longer`` are the names there were before, by each of their words.
    """
    own = (span.kind, span.key)
    if span.kind not in NAMES:
        return own
    words = set(span.key.split())
    first = next(iter(words), "")
    for group in longer.get(first, ()):
        if words <= set(group[1].split()):
            return group
    for word in words:
        longer.setdefault(word, []).append(own)
    return own
