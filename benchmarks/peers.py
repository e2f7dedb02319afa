"""Peers: ours and other systems over the same labelled set, scored alike, side by side.

    python -m benchmarks.peers [--set SET] [--presidio PYTHON] [--scrubadub PYTHON]

PYTHON is an interpreter that has the system: it needs nothing of ours. Without one that system is left out.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tests.anonymise.corpus.cast import FIRST, SETS
from tests.anonymise.corpus.label import Labelled
from tests.anonymise.corpus.make import corpus
from tests.anonymise.corpus.score import Measure, Outcome, bar, by_text, measures, outcome

PEER = Path(__file__).with_name("peer.py")


def ours(texts: Sequence[Labelled]) -> list[Outcome]:
    """What the anonymiser of this project makes of them."""
    anonymiser = by_text()
    return [outcome(each, anonymiser) for each in texts]


def theirs(name: str, python: str, texts: Sequence[Labelled]) -> list[Outcome]:
    """What a peer makes of them, run by the Python that has it."""
    lines = "".join(json.dumps({"id": each.id, "known": each.known, "text": each.text}) + "\n" for each in texts)
    run = subprocess.run([python, str(PEER), name], input=lines, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    return [
        replace(outcome(text, lambda _line, told=told: told), seconds=told["seconds"])
        for text, told in zip(texts, answers, strict=True)
    ]


def table(scores: Mapping[str, Sequence[Measure]]) -> str:
    """A line for each measure, a column for each system."""
    lines = [f"{'':<44}" + "".join(f"{name:>16}" for name in scores) + f"{'bar':>12}"]
    for row in zip(*scores.values(), strict=True):
        shown = "".join(f"{each.value:>16.2%}" if each.of else f"{each.value:>16.4g}" for each in row)
        lines.append(f"{row[0].name:<44}{shown}{bar(row[0]):>12}")
    return "\n".join(lines)


def main() -> None:
    """Scores each system and prints the table."""
    parser = argparse.ArgumentParser(description="Scores this anonymiser and others over a labelled set.")
    parser.add_argument("--set", choices=SETS, default=FIRST)
    parser.add_argument("--presidio", metavar="PYTHON")
    parser.add_argument("--scrubadub", metavar="PYTHON")
    options = parser.parse_args()
    texts = corpus(options.set)
    pythons = {"list": sys.executable, "presidio": options.presidio, "scrubadub": options.scrubadub}
    scores = {"cluster-sheets": measures(ours(texts))}
    scores |= {name: measures(theirs(name, python, texts)) for name, python in pythons.items() if python}
    print(table(scores))


if __name__ == "__main__":
    main()
