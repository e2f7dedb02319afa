from pathlib import Path

from cluster_sheets.base.reference import stamp
from cluster_sheets.demo import bulk
from cluster_sheets.demo.requests import BENCH, samples
from cluster_sheets.form.shipped import form
from cluster_sheets.reading.raw import RawForm, read
from cluster_sheets.store import forms
from cluster_sheets.store.database import Store
from tests.demo.made import START, register

NARRATIVES = ("summary", "need", "plan", "evidence_base", "sustain", "urgency_reason")


def test_each_file_is_a_form_of_its_own_that_the_store_has_issued(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True, key=b"k" * 32) as store:
        files = dict(bulk.filled(store, register(), form("application"), "CEN", 30, 1, START))
        found = {name: RawForm(**read(data)) for name, data in files.items()}
        ids = [raw.stamp["form_id"][0] for raw in found.values()]
        assert len(set(ids)) == 30
        issued = forms.get_many(store, ids)
        for raw in found.values():
            told = {part: values[0] for part, values in raw.stamp.items()}
            kept = issued[told["form_id"]]
            assert (kept.urn, kept.round, kept.version, kept.stamp) == (
                told["urn"],
                told["round"],
                told["version"],
                told["mark"],
            )
            parts = (told["form_id"], told["urn"], told["cluster"], told["round"], told["version"])
            assert told["mark"] == stamp(store.key, *parts)


def test_of_the_bench_set_one_in_fifty_goes_back_and_two_hundred_are_for_the_next_meeting() -> None:
    made = samples(register(), 1000, 1, "CEN", START, BENCH)
    assert sum(each.goes_back for each in made) == 20
    assert sum(bool(each.slip) for each in made) == 20
    assert sum(each.meeting == "CEN-2627-A1" for each in made) == 200
    assert {each.purpose for each in made} == {"PROJECT", "UNFORESEEN"}
    assert all(each.typed.answers.get("pot_asked") != "Contingency" for each in made)


def test_narratives_of_the_bench_set_have_four_to_seven_hundred_words() -> None:
    counts = []
    for each in samples(register(), 300, 1, "CEN", START, BENCH):
        texts = [str(each.meant.answers.get(box) or "") for box in NARRATIVES]
        for table, skipped in (("support", "agency"), ("outcomes", "checked_by")):
            texts += [
                raw
                for line in each.meant.lines[table]
                for name, raw in line.items()
                if isinstance(raw, str) and name != skipped
            ]
        counts.append(sum(len(text.split()) for text in texts))
    assert min(counts) >= 400
    assert max(counts) <= 720
    assert 500 <= sorted(counts)[150] <= 620
