"""Pictures: whether one is what it says it is, and what of it is kept.

Kept are its pixels as they were sent, bit for bit, its colours and which way is up. Everything
else it carries is left out: where and when it was taken, with which camera, a small copy that may
show what was cut off, comments, and all that stands behind its end (U10, U11).
"""

import io
import struct
import zlib
from collections.abc import Iterator
from threading import Lock
from typing import Final

from PIL import Image, UnidentifiedImageError

from services.storage import archives

_MOST_PIXELS: Final = 40_000_000
_DAMAGED = "The picture is damaged. Save it again as a PNG or JPG file and choose that file."
_TOO_LARGE = "The picture is too detailed. Make it smaller than 40 megapixels and choose it."
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs"}
)
_JPEG_START, _JPEG_END, _SCAN = b"\xff\xd8", b"\xff\xd9", 0xDA
_RESTARTS: Final = frozenset(range(0xD0, 0xD8))
_COLOURS: Final = ((0xE2, b"ICC_PROFILE\x00"), (0xEE, b"Adobe"))
_PIXELS: Final = range(0xC0, 0xE0)  # tables, frames and scans; above them stands what was added
_ORIENTATION: Final = 0x0112
_UNREADABLE: Final = (
    UnidentifiedImageError,
    EOFError,
    IndexError,
    OSError,
    OverflowError,
    SyntaxError,
    ValueError,
    struct.error,
    zlib.error,
)
# The size is looked at here, before anything is decoded, and against our own limit.
Image.MAX_IMAGE_PIXELS = None
# A picture of the largest size takes 160 MB while it is decoded: one at a time.
_DECODING: Final = Lock()


class PictureRefused(Exception):
    """A picture that cannot be kept; the text says what to do."""


def kept_of(content: bytes) -> bytes:
    """Return what is kept of a PNG or JPG picture, or raise PictureRefused."""
    try:
        _must_be_small(content)
        kept = b"".join(_png(content) if content.startswith(_PNG) else _jpeg(content))
        _must_decode(kept)
    except _UNREADABLE:
        raise PictureRefused(_DAMAGED) from None
    if archives.holds_an_archive(kept):
        raise PictureRefused(_DAMAGED)
    return kept


def _must_be_small(content: bytes) -> None:
    """Refuse by what the head of the file says, before anything is decoded."""
    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
        width, height = picture.size
    if width * height > _MOST_PIXELS:
        raise PictureRefused(_TOO_LARGE)


def _must_decode(kept: bytes) -> None:
    """Decode the picture once: what is cut off or made up does not decode."""
    with _DECODING, Image.open(io.BytesIO(kept), formats=("PNG", "JPEG")) as picture:
        picture.load()


def _png(content: bytes) -> Iterator[bytes]:
    """Yield the parts of a PNG that make its pixels and colours."""
    yield _PNG
    place, name = len(_PNG), b""
    while name != b"IEND":
        size, name = struct.unpack_from(">I4s", content, place)
        end = place + 12 + size
        if end > len(content):
            raise EOFError
        if name in _PNG_KEPT:
            yield content[place:end]
        place = end


def _jpeg(content: bytes) -> Iterator[bytes]:
    """Yield the parts of a JPG that make its pixels and colours, and which way is up."""
    yield _JPEG_START
    yield _which_way_is_up(content)
    for marker, part in _jpeg_parts(content):
        yield _colours_only(marker, part)
    yield _JPEG_END


def _which_way_is_up(content: bytes) -> bytes:
    """Return a segment that says only how the picture is to be turned, if it has to be."""
    with Image.open(io.BytesIO(content), formats=("JPEG",)) as picture:
        turned = picture.getexif().get(_ORIENTATION, 1)
    if turned not in range(2, 9):
        return b""
    only = Image.Exif()
    only[_ORIENTATION] = turned
    written = only.tobytes()
    return b"\xff\xe1" + struct.pack(">H", len(written) + 2) + written


def _colours_only(marker: int, part: bytes) -> bytes:
    if marker in _PIXELS or any(
        marker == kept and part[4:].startswith(name) for kept, name in _COLOURS
    ):
        return part
    if marker == 0xE0 and part[4:9] == b"JFIF\x00":
        # Its resolution, and not the small copy of the picture that may stand behind that.
        return b"\xff\xe0\x00\x10" + part[4:16] + b"\x00\x00"
    return b""


def _jpeg_parts(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each segment with its marker, a scan with its coded pixels, up to the end mark."""
    place = len(_JPEG_START)
    while content[place : place + 2] != _JPEG_END:
        if content[place] != 0xFF:
            raise EOFError
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        end = place + 2 + int.from_bytes(content[place + 2 : place + 4], "big")
        if marker == _SCAN:
            end = _end_of_scan(content, end)
        if end > len(content) or end < place + 4:
            raise EOFError
        yield marker, content[place:end]
        place = end


def _end_of_scan(content: bytes, place: int) -> int:
    """Return where the coded pixels end: at a marker that is no restart."""
    while True:
        place = content.index(b"\xff", place)
        if content[place + 1] not in _RESTARTS and content[place + 1] not in {0, 0xFF}:
            return place
        place += 2 if content[place + 1] != 0xFF else 1
