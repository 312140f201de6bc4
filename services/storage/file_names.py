"""What of a file's name may be kept and shown."""

import unicodedata
from urllib.parse import quote

_LONGEST = 120
_FORBIDDEN = frozenset('<>:"/\\|?*;%')
_NO_NAME = "file"


def clean_name(name: str) -> str:
    """Return the last part of the name without paths, controls or direction marks (U18)."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    normal = unicodedata.normalize("NFC", last)
    kept = "".join(mark for mark in normal if _may_stay(mark))
    words = " ".join(kept.split()).strip(" .-")
    return _shortened(words) or _NO_NAME


def extension_of(name: str) -> str:
    """Return what stands after the last full stop, in lower case."""
    stem, stop, extension = name.rpartition(".")
    return extension.lower() if stem and stop else ""


def disposition(name: str, *, inline: bool = False) -> str:
    """Return a Content-Disposition header that names a file safely (RFC 6266)."""
    shown = clean_name(name)
    plain = "".join(mark if mark.isascii() else "_" for mark in shown)
    how = "inline" if inline else "attachment"
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(shown, safe='')}"


def _may_stay(mark: str) -> bool:
    if mark in _FORBIDDEN:
        return False
    return mark == " " or unicodedata.category(mark)[0] not in "CZ"


def _shortened(name: str) -> str:
    if len(name) <= _LONGEST:
        return name
    extension = extension_of(name)
    if not extension or len(extension) > 8:
        return name[:_LONGEST].rstrip(" .")
    return name[: _LONGEST - len(extension) - 1].rstrip(" .") + f".{extension}"
