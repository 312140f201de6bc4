"""What an object's metadata may be, whoever keeps the object."""

import binascii
from collections.abc import Mapping

SHA256_NAME = "sha256"


def with_digest(metadata: Mapping[str, str], sha256: str) -> dict[str, str]:
    """Return the metadata with the SHA-256 among it, or refuse what a header cannot carry."""
    for name, value in metadata.items():
        plain = name.replace("-", "")
        if not (plain.isascii() and plain.isalnum() and name == name.lower()):
            raise ValueError("A metadata name is lower-case letters, figures and hyphens.")
        if not (value.isascii() and value.isprintable() and value == value.strip()):
            raise ValueError("Metadata is plain ASCII on one line; keep names in the database.")
    return {**metadata, SHA256_NAME: sha256}


def base64_digest(sha256: str) -> str:
    """Return a hexadecimal SHA-256 as S3 wants it in a header."""
    try:
        raw = bytes.fromhex(sha256)
    except ValueError as problem:
        raise ValueError("A SHA-256 is 64 hexadecimal figures.") from problem
    if len(raw) != 32:
        raise ValueError("A SHA-256 is 64 hexadecimal figures.")
    return binascii.b2a_base64(raw, newline=False).decode()
