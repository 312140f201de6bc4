"""Where the product's own static files are: by what is in them, so that a browser may keep them.

An address with the digest of its file is kept for a year; a new release has new addresses, and so
no page is ever shown with the styles of another.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).parent / "static"
SERVED_AT: Final = "/static/"
YEAR: Final = "public, max-age=31536000, immutable"
HOUR: Final = "public, max-age=3600"


@cache
def static_address(name: str) -> str:
    """Return the address of a static file, with the digest of what is in it."""
    digest = sha256((STATIC / name).read_bytes()).hexdigest()
    return f"{SERVED_AT}{name}?v={digest[:16]}"


def kept_for(path: str, query: str) -> str:
    """Return how long a browser may keep the static file at this address."""
    name = path.removeprefix(SERVED_AT)
    is_named = bool(query) and name in _names()
    return YEAR if is_named and static_address(name) == f"{path}?{query}" else HOUR


@cache
def _names() -> frozenset[str]:
    return frozenset(one.name for one in STATIC.iterdir() if one.is_file())
