"""Because of which request something is done: an opaque id, from the page to the email.

A page's request has one (`services/web/middleware/request_ids.py`). Whatever it orders is kept with
it, and whoever does that later works under the same id, as does what that orders in its turn.
"""

import re
import secrets
import string
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

LENGTH: Final = 16
LONGEST: Final = 64
_ALPHABET: Final = string.ascii_lowercase + string.digits
_WELL_FORMED: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
_CURRENT: ContextVar[str] = ContextVar("request_id", default="")


def new_request_id() -> str:
    """Return an id that says nothing."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH))


def is_well_formed(given: str) -> bool:
    """Tell whether an id that somebody else made may be taken over."""
    return _WELL_FORMED.fullmatch(given) is not None


def current_request_id() -> str:
    """Return because of which request this is done; empty where no page asked for it."""
    return _CURRENT.get()


@contextmanager
def caused_by(request_id: str) -> Iterator[None]:
    """Do what is inside because of this request; what it orders and logs says so."""
    token = _CURRENT.set(request_id)
    try:
        yield
    finally:
        _CURRENT.reset(token)
