"""A certificate for an address of this machine, made for one journey and believed by it alone."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from time import time
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.provider_process import Certified

LOOPBACK: Final = ip_address("127.0.0.1")
A_DAY: Final = timedelta(days=1)


def certified(folder: Path) -> Certified:
    """Make a key and a certificate that it signs itself, for a day before and a day after."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, str(LOOPBACK))])
    now = datetime.fromtimestamp(time(), UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - A_DAY)
        .not_valid_after(now + A_DAY)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(LOOPBACK)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = Certified(folder / "provider.pem", folder / "provider.key")
    files.certificate.write_bytes(made.public_bytes(Encoding.PEM))
    files.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files
