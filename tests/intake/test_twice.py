import hashlib
from pathlib import Path

import pytest

from cluster_sheets.intake import mime
from cluster_sheets.intake.twice import body_of, ref_of_body, told_once, word_for_word
from cluster_sheets.store import blobs
from tests.intake.letters import TEXT, letter
from tests.store.made import KEY, made, unit_of


def test_a_body_is_its_sender_s_words_whatever_way_they_came() -> None:
    once = body_of(letter(TEXT))
    assert body_of(letter(TEXT, Received="another way", Message_ID=None, Date="later")) == once
    assert body_of(letter(TEXT, From="head@oak.example")) != once
    assert body_of(letter(TEXT + "\r\n")) != once
    assert body_of(b"") == body_of(b"\r\n")


def test_a_mail_that_breaks_the_parser_is_like_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(raw: bytes) -> None:
        raise ValueError

    monkeypatch.setattr(mime, "headers", breaks)
    assert len({body_of(letter(TEXT)), body_of(letter(TEXT, Received="again"))}) == 2


def test_what_stands_for_a_message_id_is_keyed() -> None:
    assert ref_of_body(KEY, "a") == ref_of_body(KEY, "a") != ref_of_body(b"x" * 32, "a")


def test_a_mail_is_compared_with_those_of_its_id_only_erased_ones_apart(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            kept, erased = blobs.keep_many(store, [letter(TEXT), letter(TEXT, Received="again")])
            store.write("UPDATE blob SET key = NULL WHERE sha256 = ?", [(erased,)])
        same = body_of(letter(TEXT))
        known = {"one": [kept, erased], "two": [erased]}
        ids = [("a", "one"), ("b", "two"), ("c", "three"), ("d", "three"), ("e", None)]
        bodies = dict.fromkeys("abcde", same)
        assert word_for_word(store, ids, bodies, {"a", "b", "d"}, known) == {"a", "d"}


def test_only_what_has_nothing_to_read_is_set_aside_without_a_word() -> None:
    units = [unit_of(b"EXAMPLE", reason=reason) for reason in ("", "mail-without-a-form", "file-link", "bounce")]
    sha256 = hashlib.sha256(b"EXAMPLE").hexdigest()
    assert [each.reason for each in told_once(units, {sha256})] == ["", "received-again", "received-again", "bounce"]
    assert told_once(units, set()) == units
