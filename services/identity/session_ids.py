"""What a browser carries to show who it is, and what is kept of it."""

import hashlib
import secrets


def new() -> str:
    """Return a new opaque session id of 256 random bits."""
    return secrets.token_urlsafe(32)


def kept(session_id: str) -> str:
    """Return what is kept of a session id: its SHA-256, so that a copied table opens nothing."""
    return hashlib.sha256(session_id.encode("utf-8", "replace")).hexdigest()
