import pytest

from cluster_sheets.base.mail_address import is_address


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("senco@own.example", True),
        ("o'brien+send@st-marks.trust.example", True),
        ("a@b.example, c@d.example", False),
        ("a@b.example; c@d.example", False),
        ("a@b.example\r\nBcc: c@d.example", False),
        ("Sam <a@b.example>", False),
        ("mailto:a@b.example", False),
        ("\u200ba@b.example", False),
        ("a@b.example\n", False),
        ("a@b", False),
        ("a@b..example", False),
        ("ä@b.example", False),
        (f"{'a' * 65}@b.example", False),
        (f"a@{'b' * 400}.example", False),
        ("", False),
    ],
)
def test_one_plain_address_is_told_from_anything_else(text: str, good: bool) -> None:
    assert is_address(text) is good
