"""What a sink holds, with every encoding undone in which a leak would hide from a plain search.

A copy of a text is often not its letters: a result of a run is base64 of a pickle, a database
writes bytes as hex, an email wraps its lines. So each piece is searched as it is, and then each of
its decoded forms, which are decoded again, to a depth of four.
"""

import base64
import binascii
import html
import quopri
import re
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Final
from urllib.parse import unquote_to_bytes

DEPTH: Final = 4
MOST_UNPACKED: Final = 32_000_000  # of one stream: more is no letter of ours
SHORTEST_RUN: Final = 16
Decoder = Callable[[bytes], bytes]

_BASE64: Final = re.compile(rb"[A-Za-z0-9+/_-]{%d,}={0,2}" % SHORTEST_RUN)
_HEX: Final = re.compile(rb"[0-9a-fA-F]{%d,}" % SHORTEST_RUN)
_ESCAPE: Final = re.compile(rb"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-7]{3})|(.))")
_PERCENT: Final = re.compile(rb"%[0-9a-fA-F]{2}")
_ENTITY: Final = re.compile(rb"&#?\w+;")
_QUOTED: Final = re.compile(rb"=(?:[0-9a-fA-F]{2}|\r?\n)")
_WRAP: Final = re.compile(rb"(?:=|\\)?\r?\n[ \t]*|\\r?\\n[ \t]*")
_CONTROLS: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_URL_SAFE: Final = bytes.maketrans(b"-_", b"+/")
_DEFLATED: Final = re.compile(rb"\x1f\x8b\x08|[\x08\x18\x28\x38\x48\x58\x68\x78][\x01\x5e\x9c\xda]")
_TWO_BYTES: Final = re.compile(rb"[\xc2\xc3][\x80-\xbf]")
_ASCII: Final = bytes(range(128))
_PRINTABLE: Final = bytes([*range(32, 127), 9, 10, 13])
_PRINTED: Final = re.compile(rb"[\t\n\r -~]{8,}")
_ZIPPED: Final = b"PK\x03\x04"


def readings(piece: bytes, depth: int = DEPTH) -> Iterator[bytes]:
    """Yield the piece and all that it decodes to, each once."""
    seen, level = {sha256(piece).digest()}, [piece]
    yield piece
    for _ in range(depth):
        below = []
        for each in level:
            for decode in OF_TEXT if _is_text(each) else OF_BYTES:
                decoded = decode(each)
                name = sha256(decoded).digest()
                if decoded and name not in seen:
                    seen.add(name)
                    below.append(decoded)
                    yield decoded
        level = below


def strings(piece: bytes) -> bytes:
    """Return the texts among bytes, which are decoded on as texts."""
    return b"\n".join(_PRINTED.findall(piece))


def unwrapped(piece: bytes) -> bytes:
    """Join lines that were wrapped, by an email, a dump or a shell."""
    return _WRAP.sub(b"", piece) if b"\n" in piece or b"\\n" in piece else b""


def unescaped(piece: bytes) -> bytes:
    r"""Undo JSON's and Python's escapes, and the octal ones of SQL and of PDF."""
    return _ESCAPE.sub(_letter, piece) if b"\\" in piece else b""


def of_url(piece: bytes) -> bytes:
    """Undo the escapes of an address."""
    return unquote_to_bytes(piece.replace(b"+", b" ")) if _PERCENT.search(piece) else b""


def of_html(piece: bytes) -> bytes:
    """Undo entities."""
    if not _ENTITY.search(piece):
        return b""
    return html.unescape(piece.decode("latin-1")).encode(errors="replace")


def of_quoted_printable(piece: bytes) -> bytes:
    """Undo quoted-printable, as in emails and in their encoded headers."""
    return quopri.decodestring(piece) if _QUOTED.search(piece) else b""


def without_zeros(piece: bytes) -> bytes:
    """Read UTF-16 and UTF-32, of either end first, as the letters between its zeros."""
    return piece.replace(b"\0", b"") if b"\0" in piece else b""


def of_base64(start: int) -> Decoder:
    """Return what decodes each run in either alphabet from this letter on; of four one is right."""
    return lambda piece: b"\n".join(
        _base64(run[0][start:].translate(_URL_SAFE)) for run in _BASE64.finditer(piece)
    )


def of_hex(start: int) -> Decoder:
    """Return what decodes each run from this digit on; of two one is right."""
    return lambda piece: b"\n".join(
        binascii.unhexlify(run[0][start : start + (len(run[0]) - start) // 2 * 2])
        for run in _HEX.finditer(piece)
    )


def inflated(piece: bytes) -> bytes:
    """Unpack every gzip and zlib stream that begins anywhere: those of a PDF among them."""
    return b"\n".join(_inflate(piece[found.start() :], 47) for found in _DEFLATED.finditer(piece))


def unzipped(piece: bytes) -> bytes:
    """Unpack the members of every zip, docx or xlsx, cut off or among other bytes as it may be."""
    return b"\n".join(_members(piece))


def of_letters_for_bytes(piece: bytes) -> bytes:
    """Read letters that each stand for a byte, as bytes that were taken for Latin-1 are written."""
    in_pairs = 2 * len(_TWO_BYTES.findall(piece))
    if not in_pairs or 10 * in_pairs < 9 * len(piece.translate(None, _ASCII)):
        return b""
    return _TWO_BYTES.sub(lambda found: bytes([found[0][0] % 4 * 64 + found[0][1] % 64]), piece)


def _members(piece: bytes) -> Iterator[bytes]:
    for found in re.finditer(re.escape(_ZIPPED), piece):
        head = piece[found.start() : found.start() + 30]
        names = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        yield _inflate(piece[found.start() + 30 + names :], -15)


def _inflate(packed: bytes, window: int) -> bytes:
    try:
        return zlib.decompressobj(window).decompress(packed, MOST_UNPACKED)
    except zlib.error:
        return b""


def _base64(run: bytes) -> bytes:
    bare = run.rstrip(b"=")
    whole = bare[: len(bare) - (len(bare) % 4 == 1)]
    return base64.b64decode(whole + b"=" * (-len(whole) % 4))


def _letter(found: "re.Match[bytes]") -> bytes:
    wide, narrow, octal, other = found.groups()
    if wide:
        return chr(int(wide, 16)).encode("utf-8", "replace")
    if narrow:
        return bytes([int(narrow, 16)])
    if octal:
        return bytes([int(octal, 8) % 256])
    return _CONTROLS.get(other, other)


def _is_text(piece: bytes) -> bool:
    return len(piece.translate(None, _PRINTABLE)) * 3 < len(piece)


# What stands among letters and what stands among bytes: noise is not read as a text.
OF_BYTES: Final[tuple[Decoder, ...]] = (
    without_zeros,
    of_letters_for_bytes,
    inflated,
    unzipped,
    strings,
)
OF_TEXT: Final[tuple[Decoder, ...]] = (
    unwrapped,
    unescaped,
    of_url,
    of_html,
    of_quoted_printable,
    *(of_base64(start) for start in range(4)),
    *(of_hex(start) for start in range(2)),
    *OF_BYTES[:-1],
)
