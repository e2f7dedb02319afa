"""An authority of the tests' own, and one certificate by it for this machine; made anew in each test run."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HOST = "localhost"
"""The name that the certificate is for; 127.0.0.1 stands in it as well."""
_PEM, _NO_PASSWORD = serialization.Encoding.PEM, serialization.NoEncryption()


class Authority:
    """Signs the certificate of every server here."""

    def __init__(self, folder: Path) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name("EXAMPLE test authority")
        own = _builder(name, name, key.public_key(), key.public_key())
        own = own.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        own = own.add_extension(_usage(signs_certificates=True), critical=True)
        self.file = folder / "authority.pem"
        """What a client is told to trust (``ca_file``)."""
        self.file.write_bytes(own.sign(key, hashes.SHA256()).public_bytes(_PEM))
        self.certificate, self.key = folder / "server.crt", folder / "server.key"
        leaf = ec.generate_private_key(ec.SECP256R1())
        server = _builder(_name(HOST), name, leaf.public_key(), key.public_key())
        names = [x509.DNSName(HOST), x509.IPAddress(ip_address("127.0.0.1"))]
        server = server.add_extension(x509.SubjectAlternativeName(names), critical=False)
        server = server.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        server = server.add_extension(_usage(signs_certificates=False), critical=True)
        server = server.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        self.certificate.write_bytes(server.sign(key, hashes.SHA256()).public_bytes(_PEM))
        self.key.write_bytes(leaf.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, _NO_PASSWORD))
        self.key.chmod(0o600)

    def of_server(self) -> ssl.SSLContext:
        """What a server here speaks TLS by."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context

    def of_client(self) -> ssl.SSLContext:
        """What trusts this authority and no other."""
        return ssl.create_default_context(cafile=str(self.file))


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, signed_by: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=2))
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    whose = x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_by)
    return builder.add_extension(whose, critical=False)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
