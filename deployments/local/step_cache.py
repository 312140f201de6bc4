"""A cache of the steps of a start: a step is skipped while its inputs have not changed."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from deployments.local.home import Home, write_private


def fingerprint(folder: Path, *words: str) -> str:
    """Return the SHA-256 of all files of a folder and of these words."""
    seen = sha256()
    for path in _files(folder):
        seen.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    for word in words:
        seen.update(word.encode() + b"\0")
    return seen.hexdigest()


def is_cached(home: Home, name: str, stamp: str) -> bool:
    """Return whether the step was done before with this stamp."""
    place = _place(home, name)
    return place.exists() and place.read_text() == stamp


def remember(home: Home, name: str, stamp: str) -> None:
    """Record that the step is done with this stamp."""
    write_private(_place(home, name), stamp)


def _place(home: Home, name: str) -> Path:
    return home.folder / "parts" / f"{name}.stamp"


def _files(folder: Path) -> Iterable[Path]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sorted(found)
