import pytest

from cluster_sheets.form.error import DeclarationError
from cluster_sheets.form.load import load


def test_a_declaration_that_cannot_be_used_is_told_by_its_file_and_line() -> None:
    with pytest.raises(DeclarationError, match=r"^schemas/mine\.toml:1: "):
        load("name = ", "schemas/mine.toml")
