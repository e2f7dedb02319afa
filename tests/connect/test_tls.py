import ssl
from pathlib import Path

import pytest

from cluster_sheets.connect.error import ConfigError
from cluster_sheets.connect.tls import context
from tests.servers.ca import Authority


def test_a_certificate_and_its_name_are_always_checked() -> None:
    made = context()
    assert (made.verify_mode, made.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert made.minimum_version == ssl.TLSVersion.TLSv1_2


def test_with_authorities_of_one_s_own_no_other_is_trusted(tmp_path: Path) -> None:
    made = context(Authority(tmp_path).file)
    assert [each["subject"] for each in made.get_ca_certs()] == [((("commonName", "EXAMPLE test authority"),),)]
    assert made.verify_mode == ssl.CERT_REQUIRED


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_a_file_without_certificates_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"ca\.pem can't be read"):
        context(path)
