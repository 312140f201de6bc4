"""An answer that goes out only where its asker does not know it already, by its ETag."""

import hashlib

from fastapi import Request, Response


def unless_known(
    request: Request, body: bytes, media_type: str, headers: dict[str, str] | None = None
) -> Response:
    """Return the body with its ETag, or that it is as the asker knows it (304)."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    told = {"etag": tag} | (headers or {})
    if tag in _tags(request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=told)
    return Response(body, headers=told, media_type=media_type)


def _tags(header: str) -> frozenset[str]:
    return frozenset(one.strip().removeprefix("W/") for one in header.split(","))
