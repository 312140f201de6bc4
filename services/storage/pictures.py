"""Whether a picture is what it says it is, and small enough to open."""

from collections.abc import Iterator

_MOST_PIXELS = 40_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"IEND\xaeB`\x82"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_DAMAGED = "The picture is damaged. Save it again as a PNG or JPG file and choose that file."
_TOO_LARGE = "The picture is too detailed. Make it smaller than 40 megapixels and choose it."


def why_picture_refused(content: bytes) -> str | None:
    """Say why a PNG or JPG cannot be kept, or None; nothing is decoded."""
    size = _png_size(content) if content.startswith(_PNG) else _jpeg_size(content)
    if size is None or not _is_whole(content):
        return _DAMAGED
    width, height = size
    if width < 1 or height < 1:
        return _DAMAGED
    return _TOO_LARGE if width * height > _MOST_PIXELS else None


def _is_whole(content: bytes) -> bool:
    if content.startswith(_PNG):
        return content.endswith(_PNG_END)
    return content.rstrip(b"\x00").endswith(b"\xff\xd9")


def _png_size(content: bytes) -> tuple[int, int] | None:
    if content[12:16] != b"IHDR" or len(content) < 33:
        return None
    return int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    for marker, start in _jpeg_parts(content):
        if marker in _FRAMES:
            frame = content[start + 3 : start + 7]
            if len(frame) < 4:
                return None
            return int.from_bytes(frame[2:4], "big"), int.from_bytes(frame[:2], "big")
    return None


def _jpeg_parts(content: bytes) -> Iterator[tuple[int, int]]:
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
        elif marker in _STANDALONE:
            place += 2
        else:
            yield marker, place + 2
            place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
