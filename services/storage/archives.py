"""Whether a ZIP file is only a ZIP file, and unpacks to what its directory says."""

import io
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

MOST_MEMBERS: Final = 2_000
MOST_UNPACKED: Final = 200 * 1024 * 1024
MOST_RATIO: Final = 100
SMALL: Final = 1024 * 1024
END_MARK: Final = b"PK\x05\x06"
_LOCAL_MARK: Final = b"PK\x03\x04"
_END_SIZE: Final = 22
_LOCAL_SIZE: Final = 30
# A member whose sizes were not known when it was written has them behind its bytes.
_SIZES_BEHIND: Final = 0x8
_BEHIND: Final = frozenset({12, 16, 20, 24})
_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
NOT_A_ZIP: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def holds_an_archive(content: bytes) -> bool:
    """Tell whether a file of another type ends as a ZIP file may end, so that it could be both."""
    return END_MARK in content[-(0xFFFF + _END_SIZE) :]


def is_nothing_else(content: bytes, members: list[zipfile.ZipInfo]) -> bool:
    """Tell whether the members fill the file from its first byte to its directory.

    What stands before, between or behind them is read by other programs than those that unpack,
    and members that overlap are how a small file unpacks to a huge one.
    """
    end = content.rfind(END_MARK)
    if end < 0 or end + _END_SIZE != len(content):
        return False
    directory_size = int.from_bytes(content[end + 12 : end + 16], "little")
    directory = int.from_bytes(content[end + 16 : end + 20], "little")
    if directory + directory_size != end:
        return False
    ordered = sorted(members, key=lambda member: member.header_offset)
    starts = [*(member.header_offset for member in ordered), directory]
    spans = zip(ordered, pairwise(starts), strict=True)
    return starts[0] == 0 and all(_fills(content, *span) for span in spans)


def is_encrypted(members: list[zipfile.ZipInfo]) -> bool:
    """Tell whether any member is encrypted."""
    return any(member.flag_bits & _ENCRYPTED for member in members)


def is_bomb(members: list[zipfile.ZipInfo]) -> bool:
    """Tell, from the directory alone, whether the members unpack to far too much."""
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    return (
        len(members) > MOST_MEMBERS
        or unpacked > MOST_UNPACKED
        or (unpacked > SMALL and unpacked > MOST_RATIO * max(packed, 1))
    )


def are_well_named(members: list[zipfile.ZipInfo]) -> bool:
    """Tell whether no two names are one, and none leads out of its folder or to a link."""
    names = [member.filename.replace("\\", "/") for member in members]
    is_unique = len({name.casefold() for name in names}) == len(names)
    are_plain = all(member.compress_type in _METHODS for member in members)
    return is_unique and are_plain and not any(map(_escapes, names))


def names_in(content: bytes) -> frozenset[str]:
    """Return the names of the members; none if this is no ZIP file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return frozenset(archive.namelist())
    except NOT_A_ZIP:
        return frozenset()


def unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Read each member, never past the size that the directory has promised."""
    for member in archive.infolist():
        with archive.open(member) as part:
            yield member.filename.replace("\\", "/"), part.read(member.file_size + 1)


def _escapes(name: str) -> bool:
    return name.startswith("/") or ".." in name.split("/") or ":" in name or not name.isprintable()


def _fills(content: bytes, member: zipfile.ZipInfo, span: tuple[int, int]) -> bool:
    """Tell whether a member's header and bytes reach from its start to the next one's."""
    start, following = span
    header = content[start : start + _LOCAL_SIZE]
    if len(header) < _LOCAL_SIZE or not header.startswith(_LOCAL_MARK):
        return False
    name, extra = (int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
    left = following - (start + _LOCAL_SIZE + name + extra + member.compress_size)
    return left == 0 or bool(member.flag_bits & _SIZES_BEHIND and left in _BEHIND)
