from dataclasses import replace
from pathlib import Path

from cluster_sheets.demo.deliver import mail
from cluster_sheets.demo.forms import Forms
from cluster_sheets.demo.requests import samples
from cluster_sheets.night import init, opened
from cluster_sheets.reading.raw import RawForm, read
from cluster_sheets.register.make import made
from tests.demo.made import START, register

EVERY = samples(register(), 16, 7, "CEN", START)


def test_each_sample_has_its_form_and_a_copy_sent_back_is_mended(tmp_path: Path) -> None:
    places = init(tmp_path / "demo", register=made(), key=b"k" * 32)
    asked = replace(EVERY[0], meeting="CEN-2627-Su2", form_number=2)
    other = replace(EVERY[1], meeting="CEN-2627-Su2", form_number=1)
    forms = Forms()
    with opened(places, START) as night:
        forms.issue(night, [asked, other], "CEN-2627-A1", START)
    assert len(forms) == 3
    name, data = forms.filled(asked)
    assert name.endswith("form 2.xlsx")
    first = RawForm(**read(data))
    assert first.answers["request_title"][2] == asked.title
    assert first.stamp["urn"] == [asked.urn]
    # What comes back is the form as it was sent, with something wrong in it that only the copy has.
    wrong = replace(asked, typed=replace(asked.typed, answers={**asked.typed.answers, "contact_phone": "01632 960000"}))
    copy = mail(
        "to@school.example", "cen@council.example", START, "To mend", "x", [forms.filled(wrong)], "Europe/London"
    )
    (places.outbox / "one.eml").write_bytes(copy)
    assert forms.look_into(places.outbox) == 1
    right = replace(asked, meant=replace(asked.meant, answers={"request_title": "EXAMPLE: Put right"}, lines={}))
    mended = RawForm(**read(forms.mended(right)[1]))
    assert mended.answers["request_title"][2] == "EXAMPLE: Put right"
    assert mended.answers["contact_phone"][2] == "01632 960000"
    untouched = RawForm(**read(forms.mended(other)[1]))
    assert untouched.answers["request_title"][2] == other.title
