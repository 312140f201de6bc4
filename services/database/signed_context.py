"""The signed context: for whom a transaction works, in a form that only the application can make.

PostgreSQL checks it in `sec.genuine()` (migrations/signed_context.sql). A role that can set any
setting and run any SQL, as after an injection, still cannot make one: the key is in no table
that it may read.
"""

import hashlib
import hmac
import time
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from services.domain.errors import Unavailable

SETTING: Final = "app.ctx"
NONE_CHOSEN: Final = UUID(int=0)
LASTS: Final = 300  # seconds: longer than any transaction, and room for two clocks that differ
SHORTEST_SECRET: Final = 32
_BLOCK: Final = 64  # bytes of a block of SHA-256


@dataclass(frozen=True, slots=True)
class ContextKey:
    """The secret with which contexts are signed; its name is made from it, so two never clash."""

    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) < SHORTEST_SECRET:
            raise Unavailable(f"The context key needs {SHORTEST_SECRET} characters or more.")

    @property
    def name(self) -> str:
        """Return the name under which the database keeps it: eight hexadecimal digits."""
        return hashlib.sha256(b"name of " + self._bytes).hexdigest()[:8]

    @property
    def pads(self) -> tuple[bytes, bytes]:
        """Return the inner and outer pad of HMAC, from which PostgreSQL makes the same MAC."""
        block = self._bytes.ljust(_BLOCK, b"\0")
        return bytes(one ^ 0x36 for one in block), bytes(one ^ 0x5C for one in block)

    def sign(self, partnership_id: UUID, person_id: UUID, lasts: int = LASTS) -> str:
        """Return the context of a transaction of this person in this partnership.

        Every part has its fixed place, so the database parses nothing that it has not proven.
        """
        said = f"{self.name}.{partnership_id}.{person_id}.{int(time.time()) + lasts:010d}"
        return f"{said}.{hmac.digest(self._bytes, said.encode(), 'sha256').hex()}"

    @property
    def _bytes(self) -> bytes:
        return hashlib.sha512(self.secret.encode()).digest()
