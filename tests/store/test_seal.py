import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.store.error import SealBrokenError
from cluster_sheets.store.seal import new_key, seal, unseal

KEY = bytes(32)


@given(st.binary(max_size=200), st.text(max_size=20))
def test_what_was_sealed_is_unsealed(plain: bytes, about: str) -> None:
    assert unseal(KEY, seal(KEY, plain, about), about) == plain


@given(st.data())
def test_one_bit_altered_is_found(data: st.DataObject) -> None:
    sealed = bytearray(seal(KEY, b"EXAMPLE of what is kept"))
    at = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[at // 8] ^= 1 << at % 8
    with pytest.raises(SealBrokenError):
        unseal(KEY, bytes(sealed))


@pytest.mark.parametrize(("key", "about"), [(bytes([1]) * 32, "here"), (KEY, "elsewhere")])
def test_another_key_or_place_does_not_open_it(key: bytes, about: str) -> None:
    with pytest.raises(SealBrokenError, match=about):
        unseal(key, seal(KEY, b"EXAMPLE", "here"), about)


@pytest.mark.parametrize("length", [0, 5, 12, 20])
def test_what_is_cut_short_does_not_open(length: int) -> None:
    with pytest.raises(SealBrokenError):
        unseal(KEY, seal(KEY, b"EXAMPLE")[:length])


def test_no_two_seals_are_alike() -> None:
    assert len({seal(KEY, b"EXAMPLE") for _ in range(20)}) == 20
    assert len({new_key() for _ in range(20)}) == 20


def test_cryptography_is_not_loaded_before_the_first_seal() -> None:
    asked = "import sys, cluster_sheets.store.seal; sys.exit('cryptography' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
