"""Tagger: a model of spaCy's as a voter, by the extra ``tagger``; read from files that lie here when first asked.

In: the name of an installed package, or a folder. Out: which model it is, who made it, under which licence, its hash;
and what it takes for names. Where it can't be had, a sentence that says what to install (ConfigError).
Never: fetches anything, imports the model's own package, or is loaded where nobody switched it on.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cluster_sheets.anonymise.covered import Stretch
from cluster_sheets.connect.error import ConfigError

if TYPE_CHECKING:
    from spacy.language import Language

MISSING = "a tagger needs the extra tagger: pip install cluster-sheets[tagger]"
LABELS = frozenset(("PERSON", "PER", "GPE", "LOC", "FAC", "ORG"))
"""What models call people, places, buildings and organisations."""
_LIBRARY = "spacy"
_IDLE = ("parser", "tagger", "morphologizer", "lemmatizer", "attribute_ruler", "senter")
"""Parts of a model that have no say in names: they cost half of its time."""
_FACTS, _PARTS = "meta.json", "config.cfg"
_NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class Model:
    """Which model it is, as its own meta.json says, and to the byte."""

    name: str
    version: str
    licence: str
    author: str
    sha256: str
    """Over its files, in the order of their names."""
    program: str
    """What reads it, with its version: another one may find other names."""

    def told(self) -> dict[str, str]:
        """As plain values."""
        return asdict(self)

    def __str__(self) -> str:
        who = f"licence {self.licence}, by {self.author}"
        return f"{self.name} {self.version} ({who}), read by {self.program}, sha256 {self.sha256}"


class SpacyTagger:
    """A model that lies here; loaded when it is first asked."""

    def __init__(self, model: Model, folder: Path, where: str) -> None:
        """``where`` is what a message begins with: who named the model."""
        self.model, self._folder, self._where = model, folder, where

    def __str__(self) -> str:
        return str(self.model)

    @property
    def mark(self) -> str:
        """The hash of the model, and what reads it."""
        return f"{self.model.sha256} {self.model.program}"

    def load(self) -> None:
        """Loads it. Raises ConfigError where it can't be."""
        _ = self._language

    def named(self, texts: Sequence[str]) -> list[list[Stretch]]:
        """Of each text, the stretches taken for a person, a place or an organisation."""
        language = self._language
        # Its bound is there to spare a parser that is left out here.
        language.max_length = max(language.max_length, *map(len, texts), 0)
        return [
            [(each.start_char, each.end_char) for each in read.ents if each.label_ in LABELS]
            for read in language.pipe(texts)
        ]

    @cached_property
    def _language(self) -> "Language":
        try:
            import spacy

            language = spacy.load(self._folder, exclude=list(_IDLE))
        except (ImportError, OSError, ValueError, LookupError, TypeError, AttributeError, EOFError) as failed:
            first = (str(failed).splitlines() or [""])[0]
            raise ConfigError(
                f"{self._where}: {self.model.program} can't load the model {self.model.name} {self.model.version}:"
                f" {type(failed).__name__} {first}. Install the two that belong together."
            ) from failed
        if LABELS.isdisjoint(label for labels in language.pipe_labels.values() for label in labels):
            raise ConfigError(f"{self._where}: the model {self.model.name} looks for no people, places or bodies.")
        return language


def found(named: str, home: Path, where: str) -> SpacyTagger:
    """The model that a package or, with a stroke in it, a folder from ``home`` holds. Raises ConfigError."""
    if find_spec(_LIBRARY) is None:
        raise ConfigError(f"{where}: {MISSING}")
    folder = home / named if is_folder(named) else _of_package(named)
    if folder is None or not folder.is_dir():
        kind = "folder" if is_folder(named) else "package"
        raise ConfigError(
            f"{where}: there is no {kind} {named} here. Have the model installed by whoever looks after the program,"
            " or name the folder it lies in, such as ./models/en_core_web_sm. Nothing is fetched by itself."
        )
    facts = _facts(folder)
    if not (folder / _PARTS).is_file():
        # A package holds its model in a folder named after it.
        folder /= f"{facts.get('lang')}_{facts.get('name')}-{facts.get('version')}"
    if not facts or not (folder / _PARTS).is_file():
        raise ConfigError(f"{where}: {named} is no model of spaCy: it has no {_FACTS} and {_PARTS} that can be read.")
    said = {name: str(facts.get(name) or _NOT_SAID) for name in ("lang", "name", "version", "license", "author")}
    model = Model(
        f"{said['lang']}_{said['name']}",
        said["version"],
        said["license"],
        said["author"],
        sha256_of(folder),
        f"spaCy {version(_LIBRARY)}",
    )
    return SpacyTagger(model, folder, where)


def is_folder(named: str) -> bool:
    """Whether a folder is named, not a package."""
    return "/" in named or "\\" in named


def sha256_of(folder: Path) -> str:
    """A hash over the files of a folder: the path of each within it, its size and its bytes, in the order of paths."""
    whole = hashlib.sha256()
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    for name, path in sorted(paths.items()):
        data = path.read_bytes()
        whole.update(f"{name}\0{len(data)}\0".encode())
        whole.update(data)
    return whole.hexdigest()


def _of_package(named: str) -> Path | None:
    """Where an installed package lies; it is not imported."""
    module = named.replace("-", "_")
    spec = find_spec(module) if module.isidentifier() and module != "__main__" else None
    return Path(next(iter(spec.submodule_search_locations))) if spec and spec.submodule_search_locations else None


def _facts(folder: Path) -> Mapping[str, Any]:
    """What a model says of itself; nothing where it says nothing that can be read."""
    try:
        told = json.loads((folder / _FACTS).read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
