"""Taggers for tests: a stub of the one in the core, and a stub of spaCy with a model beside it."""

import json
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from cluster_sheets.anonymise import tagger

FACTS = {"lang": "en", "name": "example", "version": "1.0", "license": "MIT", "author": "EXAMPLE Ltd"}


class Stub:
    """Takes some words for names, wherever they stand."""

    def __init__(self, *names: str, mark: str = "EXAMPLE") -> None:
        self.names, self.mark, self.asked = names, mark, 0

    def __str__(self) -> str:
        return f"EXAMPLE model ({self.mark})"

    def named(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        self.asked += 1
        return [list(found(text, self.names)) for text in texts]


def found(text: str, names: Sequence[str]) -> Iterator[tuple[int, int]]:
    for name in names:
        place = text.find(name)
        while place >= 0:
            yield place, place + len(name)
            place = text.find(name, place + 1)


def model(folder: Path, **facts: object) -> Path:
    """The files of a model in a folder."""
    folder.mkdir(parents=True)
    (folder / "meta.json").write_text(json.dumps(FACTS | facts))
    (folder / "config.cfg").write_text("[nlp]\n")
    return folder


def spacy(patch: pytest.MonkeyPatch, *names: str, labels: Sequence[str] = ("PERSON", "DATE")) -> list[Path]:
    """Stands in for spaCy; its models take some words for people. Gives the folders loaded."""
    loaded: list[Path] = []

    def load(folder: Path, exclude: Sequence[str]) -> SimpleNamespace:
        loaded.append(folder)
        assert "ner" not in exclude
        if (folder / "broken").exists():
            raise ValueError("[E000] EXAMPLE\nof a broken model")

        def pipe(texts: Sequence[str]) -> Iterator[SimpleNamespace]:
            for text in texts:
                people = [SimpleNamespace(start_char=a, end_char=z, label_="PERSON") for a, z in found(text, names)]
                days = [SimpleNamespace(start_char=a, end_char=z, label_="DATE") for a, z in found(text, ["Monday"])]
                yield SimpleNamespace(ents=[*people, *days])

        return SimpleNamespace(pipe=pipe, pipe_labels={"tok2vec": [], "ner": list(labels)}, max_length=10)

    stub = ModuleType("spacy")
    stub.__spec__ = ModuleSpec("spacy", None)
    stub.load = load  # type: ignore[attr-defined]
    patch.setitem(sys.modules, "spacy", stub)
    patch.setattr(tagger, "version", lambda _: "9.9")
    return loaded
