"""Life: what a family is known by: its work, its home, what befell it and was in the news.

In: a cleaned text. Out: places of the words that tell it; the whole sentence is asked about.
Never: a guess at feelings, needs or support, which is what a request is made of.
"""

import re
from collections.abc import Iterator

from cluster_sheets.anonymise.normal import Clean


def _any_of(*lines: str) -> str:
    return f"(?:{'|'.join('|'.join(line.split(', ')) for line in lines)})s?"


_KIN = _any_of(
    "(?:step-?|grand|foster |birth )?(?:mum|mam|mother|dad|father|parent|carer|ma|pa), nan, nana, gran, aunt",
    "auntie, uncle, cousin, brother, sister, guardian, husband, wife, partner, family",
)
_JOB = _any_of(
    "councillor, mayor, mp, magistrate, judge, solicitor, barrister, policeman, policewoman, officer, pcso",
    "soldier, firefighter, paramedic, nurse, midwife, doctor, gp, dentist, pharmacist, surgeon, vicar, curate",
    "priest, pastor, imam, rabbi, teacher, assistant, ta, governor, headteacher, senco, lecturer, caretaker",
    "cook, cleaner, lady, supervisor, driver, postman, postwoman, farmer, butcher, baker, publican, landlord",
    "landlady, shopkeeper, hairdresser, barber, footballer, boxer, singer, actor, actress, journalist, author",
    "presenter, refugee, asylum seeker",
)
_BUSINESS = _any_of(
    "shop, post office, pub, farm, garage, salon, takeaway, chippy, restaurant, café, cafe, nursery, bakery",
    "stall, hotel, surgery, pharmacy, factory, pottery, minibus, kitchen, canteen, reception, circus",
    "fairground, gym, stable, kennel, newsagent, church, mosque, temple, chapel, market",
)
_HOME = _any_of(
    "boat, narrowboat, houseboat, barge, caravan, site, farm, pub, hotel, hostel, refuge, vicarage, manse",
    "barracks, shop, lodge, children's home, circus, fairground, lighthouse, tent, station",
)
_NEWS = _any_of(
    "news(?!letter), newspaper, headline, television, telly, tv, radio",
)
_BEFELL = _any_of(
    "inquest, murder, murdered, manslaughter, stabbed, stabbing, shooting, drowned, drowning, explosion",
    "rescued from, deported, jailed, (?:house|car|motorway|road|coach|bus|train|plane) (?:fire|crash|accident)",
    "sent to prison, in prison, on trial, fire at the, held a memorial, stillborn, stillbirth, in childbirth",
    "suicide, (?:his|her|their) own life, (?:poster|charity'?s?|advertising) (?:campaign|poster|film|advert)",
)
_CHILD = _any_of(
    "son, daughter, child, children, grandson, granddaughter, grandchild, nephew, niece, stepson, boy, girl",
)
_FAMOUS = _any_of(
    "medal, championship, scholarship, world record, talent show, famous, well known, celebrity, guide dog",
    "viral, played for, plays for, acted in, acts in, appeared on, appeared in, represents, modelled for",
    "sings in, starred in",
)
_SOME = r"(?:[\w'\-]+ ){0,3}?"
"""A few words between."""
_IS = r"(?:is|are|was|were|works?|working|worked) (?:as )?"
_KEEPS = r"(?:runs?|owns?|keeps?|kept|manages?|drives?|works? (?:in|at|on)) "
_LIVES = r"(?:lives?|living|lived|moored|housed) "


def _words_of(*patterns: str) -> frozenset[str]:
    """Words of which one stands in all that the patterns find, as ``Clean.line`` has them."""
    found = {word for each in patterns for word in re.findall(r"[a-z]{2,}", each.replace("é", "e"))}
    return frozenset(found | {f"{word}s" for word in found}) - {"the", "at", "on", "in", "from", "to", "own"}


_OF_KIN = frozenset(f"{before}{word}" for before in ("", "step", "grand") for word in _words_of(_KIN))
_WAYS = tuple(
    (needs, re.compile(rf"\b{way}\b"))
    for needs, way in (
        ((_OF_KIN, _words_of(_JOB)), rf"{_KIN} {_SOME}{_IS}{_SOME}{_JOB}"),
        ((_OF_KIN, _words_of(_BUSINESS)), rf"{_KIN} {_SOME}{_KEEPS}{_SOME}{_BUSINESS}"),
        (
            (_words_of(_LIVES), _words_of(_HOME)),
            rf"{_LIVES}{_SOME}(?:on|in|at|above|behind|opposite) (?:the|an?) {_SOME}{_HOME}",
        ),
        ((_words_of(_NEWS),), rf"(?:in|on|made|by) (?:the )?(?:local |national )?{_NEWS}"),
        ((_words_of(_BEFELL),), _BEFELL),
        ((_words_of(_FAMOUS),), _FAMOUS),
        ((_words_of(_JOB), _words_of(_CHILD)), rf"{_JOB}'s? {_SOME}{_CHILD}"),
        ((_words_of(_JOB), _words_of(_CHILD)), rf"{_CHILD} of (?:the|our|a|an|one of the) {_SOME}{_JOB}"),
        ((_OF_KIN, _words_of("died passed killed")), rf"{_KIN} {_SOME}(?:died|passed away|was killed|were killed)"),
        (
            (_OF_KIN, _words_of("death loss funeral")),
            rf"(?:death|loss|funeral|murder) of (?:his|her|their) {_SOME}{_KIN}",
        ),
        ((_OF_KIN, _words_of("lost")), rf"lost (?:his|her|their) {_SOME}{_KIN}"),
    )
)
"""What must stand somewhere in a text that it finds something in, and the way it is told, in small letters."""


def known_by(text: Clean) -> Iterator[tuple[int, int]]:
    """Where it is told."""
    here = frozenset(text.line.split())
    small = ""
    for needs, way in _WAYS:
        if not any(here.isdisjoint(some) for some in needs):
            small = small or _small(text.text)
            yield from (match.span() for match in way.finditer(small))


def _small(typed: str) -> str:
    """In small letters, each in its place."""
    small = typed.lower()
    return small if len(small) == len(typed) else "".join(letter.lower()[0] for letter in typed)
