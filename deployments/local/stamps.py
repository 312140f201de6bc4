"""What a later start need not do again, because nothing that it depends on has changed."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from deployments.local.home import Home, write_private


def fingerprint(folder: Path, *words: str) -> str:
    """Return one word for all the files of a folder and these words together."""
    seen = sha256()
    for path in _files(folder):
        seen.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    for word in words:
        seen.update(word.encode() + b"\0")
    return seen.hexdigest()


def is_stamped(home: Home, name: str, stamp: str) -> bool:
    """Say whether this was done before with the same stamp."""
    place = _place(home, name)
    return place.exists() and place.read_text() == stamp


def keep_stamp(home: Home, name: str, stamp: str) -> None:
    """Remember that it is done."""
    write_private(_place(home, name), stamp)


def _place(home: Home, name: str) -> Path:
    return home.folder / "parts" / f"{name}.stamp"


def _files(folder: Path) -> Iterable[Path]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return sorted(found)
