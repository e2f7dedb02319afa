"""Borne out: what money hangs on, held against the lines of the audit that were written with it.

In: decisions, quorums and requests as they lie in cluster.db, and an audit that is whole. Out: a sentence for each that
the audit does not know as it lies. Never: changes anything, or says whose doing it is.
"""

from collections import Counter
from collections.abc import Iterator

from cluster_sheets.store import applications, audit, decisions, erasure
from cluster_sheets.store.database import Store
from cluster_sheets.store.decisions import Decision
from cluster_sheets.store.error import SealBrokenError


def problems(store: Store) -> tuple[str, ...]:
    """What is not as this program kept it; none where all is."""
    try:
        taken = tuple(_decisions(store))
    except SealBrokenError as broken:
        taken = (str(broken),)
    return (*taken, *_quorums(store), *_requests(store))


def _decisions(store: Store) -> Iterator[str]:
    known = Counter(
        (each.application_ref, each.text, each.out_hash, each.at) for each in audit.of_event(store, decisions.DECIDED)
    )
    kept = decisions.everything(store)
    asked = applications.get_many(store, {each.application_ref for each in kept})
    erased = erasure.erased(store)
    for each in kept:
        line = (each.application_ref, decisions.told(each), each.content_hash, each.recorded_at)
        request = asked.get(each.application_ref)
        # Its words are a part of what was hashed: once they are erased, the audit's line is what is left to hold it to.
        as_hashed = (request and request.form_ref in erased) or _is_as_hashed(store, each)
        if not known[line] or not as_hashed:
            yield f"Decision {each.version} of {each.meeting} on {each.application_ref} is not as it was taken."
        known[line] -= 1
    for (ref, text, _, _), missing in known.items():
        if missing > 0 and not any(each.application_ref == ref and _is_about(text, each) for each in kept):
            yield f"A decision on {ref} that was taken ({text}) is gone."


def _is_about(text: str, each: Decision) -> bool:
    """Whether a line of the audit is about that version of a decision, whatever it says of it."""
    return text.startswith(f"{each.meeting} ") and text.endswith(f", version {each.version}")


def _is_as_hashed(store: Store, each: Decision) -> bool:
    return each.content_hash == decisions.content_hash(store.key, each)


def _quorums(store: Store) -> Iterator[str]:
    for meeting, needed in decisions.quorums_told(store).items():
        if decisions.quorum(store, meeting) != needed:
            yield f"The quorum of {meeting} is not the one that it decided with."


def _requests(store: Store) -> Iterator[str]:
    judged = audit.newest_hashes(store, applications.JUDGED)
    # Requests judged before their lines held a hash have nothing to be held against.
    for each in applications.everything(store) if judged else ():
        kept = judged.get(each.application_ref)
        if kept is not None and kept != applications.content_hash(store.key, each):
            yield f"What is kept of the request {each.application_ref} is not what was judged."
