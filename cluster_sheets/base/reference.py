"""References and orders from a keyed generator: nobody without the workspace's key can work back to a school.

With 25 schools any unkeyed hash of a name or URN is undone by trying 25 values (submission.md, "Repeatable").
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable
from functools import cache, lru_cache

LETTERS = "ABCDEFHJKLMNPRTVWXY"
"""Letters that are told apart when read aloud or written by hand (no G I O Q S U Z)."""
_FORM = "ABCDEFHJKLMNPRTVWXY3479"
_FIGURES = (1, 2, 3)
CLUSTER = r"[A-Z]{1,8}"
"""What a cluster's code may look like: the register lets in no other (schemas/register.toml)."""
APPLICATION = rf"({CLUSTER})-(\d\d)(\d\d)-\d{{4,6}}"
"""What the reference of an application looks like: its cluster, both ends of its school year, its number."""
CASE = rf"[{LETTERS}]\d{{1,{_FIGURES[-1]}}}"
"""What the reference of a case looks like."""


def digest(key: bytes, *parts: str) -> bytes:
    """HMAC-SHA-256 of the parts; no two lists of parts run together."""
    spelt = [part.encode() for part in parts]
    begun = _begun(key).copy()
    begun.update(b"".join([len(part).to_bytes(4, "big") + part for part in spelt]))
    return begun.digest()


@lru_cache(maxsize=8)
def _begun(key: bytes) -> hmac.HMAC:
    """An HMAC that has taken in its key and nothing else: a night works out thousands under one key."""
    return hmac.new(key, digestmod=hashlib.sha256)


def keyed_hash(key: bytes, *parts: str) -> str:
    """A short keyed hash (16 hex figures) for the audit and the ledger."""
    return digest(key, *parts).hex()[:16]


def form_id(key: bytes, urn: str, round_id: str, number: int) -> str:
    """Id of a numbered form, such as ``F-K7A4-9XDR``: the same for the same key, school, round and number."""
    number_of = int.from_bytes(digest(key, "form", urn, round_id, str(number)), "big")
    spelt = ""
    for _ in range(8):
        number_of, rest = divmod(number_of, len(_FORM))
        spelt += _FORM[rest]
    return f"F-{spelt[:4]}-{spelt[4:]}"


def stamp(key: bytes, form: str, urn: str, cluster: str, round_id: str, version: str) -> str:
    """The mark that says whose form it is: 32 hex figures over its five parts."""
    return digest(key, "stamp", form, urn, cluster, round_id, version).hex()[:32]


def case_references(key: bytes, meeting: str, forms: Iterable[str], taken: Collection[str]) -> tuple[str, ...]:
    """References of cases of one meeting, in order: K7 (a letter and one figure), with two once those are used up.

    ``taken`` are the references the meeting has given already. Given one after another, they would be the same.
    """
    used = set(taken)
    in_use = {figures: sum(len(each) == figures + 1 for each in used) for figures in _FIGURES}
    given = []
    for form in forms:
        reference = _free_reference(key, meeting, form, used, in_use)
        used.add(reference)
        in_use[len(reference) - 1] += 1
        given.append(reference)
    return tuple(given)


def _free_reference(key: bytes, meeting: str, form: str, used: Collection[str], in_use: dict[int, int]) -> str:
    for figures in _FIGURES:
        room = _references(figures)
        # The last tenth of a length stays empty, so that the walk below is short and tells nothing of the order.
        if len(room) - in_use[figures] <= len(room) // 10:
            continue
        for turn in range(4096):
            spot = int.from_bytes(digest(key, "case", meeting, form, str(figures), str(turn)), "big") % len(room)
            if room[spot] not in used:
                return room[spot]
    raise ValueError("a meeting has more cases than there are references")


@cache
def _references(figures: int) -> tuple[str, ...]:
    """Every reference of a letter and so many figures."""
    low, high = 10 ** (figures - 1), 10**figures
    return tuple(f"{letter}{number}" for letter in LETTERS for number in range(max(low, 2), high))


def shuffle_key(key: bytes, meeting: str, form: str) -> bytes:
    """What the cases of a meeting are sorted by: an order that depends on neither school nor arrival."""
    return digest(key, "order", meeting, form)
