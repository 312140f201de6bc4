"""What must be read again and by nobody else: encrypted under the installation's own secret.

AES-256-GCM under a key that is made from the secret for one purpose. What was sealed for one
purpose, or for one owner, does not open for another.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.domain.errors import Unavailable

SECOND_FACTORS: Final = "second factors"
PROVIDERS: Final = "identity providers"
_NONCE: Final = 12


class CannotUnseal(Unavailable):
    """What is kept was encrypted under another secret of the installation, or for another owner."""

    def __init__(self) -> None:
        super().__init__("The key for what is kept is missing. Tell the support desk.")


@dataclass(frozen=True, slots=True)
class InstallationKey:
    """The installation's secret, as the key for one purpose."""

    secret: str = field(repr=False)
    purpose: str = SECOND_FACTORS

    def seal(self, owner: str, content: bytes) -> bytes:
        """Encrypt the content for its owner: under another owner's name it does not open."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher().encrypt(nonce, content, owner.encode())

    def unseal(self, owner: str, sealed: bytes) -> bytes:
        """Return what was sealed for this owner; raises CannotUnseal for anything else."""
        try:
            return self._cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], owner.encode())
        except (InvalidTag, ValueError):
            raise CannotUnseal from None

    def seal_text(self, owner: str, text: str) -> str:
        """Encrypt a text so that a row, a page or a cookie can carry it."""
        return urlsafe_b64encode(self.seal(owner, text.encode())).rstrip(b"=").decode()

    def unseal_text(self, owner: str, sealed: str) -> str:
        """Return the text; raises CannotUnseal for anything else."""
        try:
            raw = urlsafe_b64decode(sealed.encode() + b"=" * (-len(sealed) % 4))
            return self.unseal(owner, raw).decode()
        except ValueError:
            raise CannotUnseal from None

    def _cipher(self) -> AESGCM:
        info = f"keyline {self.purpose}".encode()
        return AESGCM(HKDF(SHA256(), 32, salt=None, info=info).derive(self.secret.encode()))
