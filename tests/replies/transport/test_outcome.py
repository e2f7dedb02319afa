import pytest

from cluster_sheets.replies.transport.outcome import answer


@pytest.mark.parametrize(
    ("code", "words", "told"),
    [
        (550, b"5.1.1 <senco@own.example>: Recipient address rejected", "550 5.1.1"),
        (250, b"2.0.0 Ok: queued as 4F1", "250 2.0.0"),
        (451, "4.7.650 The mail server [192.0.2.1] has been temporarily rate limited", "451 4.7.650"),
        (421, b"senco@own.example go away", "421"),
        (550, b"", "550"),
        (552, b"5.2.2.9 odd", "552 5.2.2"),
        (554, "5.7.60 SMTP; Client does not have permissions", "554 5.7.60"),
    ],
)
def test_of_an_answer_only_its_figures_are_kept(code: int, words: bytes | str, told: str) -> None:
    assert answer(code, words) == told
