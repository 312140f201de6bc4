"""A sink is a place where words of a case must never come out; it is scanned, and planted.

A sink that is scanned and never planted could be scanned in the wrong place: so each takes leaks in
every encoding, and must give all of them back.
"""

import base64
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from tests.canary.encodings import ENCODINGS
from tests.canary.marks import Marks

Pieces = Iterable[tuple[str, bytes]]
MOST_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Sink:
    """One place: what it holds, piece by piece, and how leaks are planted there."""

    name: str
    pieces: Callable[[], Pieces]
    plant: Callable[[Sequence[bytes]], None]


@dataclass
class Scanned:
    """What was found in one sink: pieces and bytes read, and where each canary came out.

    ``read`` holds for each piece, by its digest, what was found in it.
    """

    sink: str
    items: int = 0
    size: int = 0
    hits: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    read: dict[bytes, set[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        line = f"  {self.sink:<52}{self.items:>8} items{self.size:>12,} bytes"
        return f"{line}{len(self.hits):>6} hits"

    def told(self) -> Iterator[str]:
        """Yield each hit as a line."""
        for what, places in sorted(self.hits.items()):
            where = ", ".join(sorted(places)[:MOST_SHOWN])
            yield f"    HIT {self.sink}: {what}, in {where}"


def scan(sink: Sink, marks: Marks) -> Scanned:
    """Read everything that the sink holds, in every encoding; a piece that is there twice, once."""
    scanned = Scanned(sink.name)
    for where, piece in sink.pieces():
        scanned.items += 1
        scanned.size += len(piece)
        name = sha256(piece).digest()
        if name not in scanned.read:
            scanned.read[name] = marks.found_in(piece)
        for found in scanned.read[name]:
            scanned.hits[found].add(where)
    return scanned


def missed_leaks(sink: Sink, before: Scanned) -> list[str]:
    """Plant a leak in each encoding in the sink, and return the encodings that are not found.

    What the sink held `before`, byte for byte, can hold no word that is made up only now.
    """
    planted = Marks()
    leaks = {name: encode(planted.new(name)) for name, encode in ENCODINGS.items()}
    sink.plant([*leaks.values()])
    new = (piece for _where, piece in sink.pieces() if sha256(piece).digest() not in before.read)
    found = set[str]().union(*(planted.found_in(piece, shapes=False) for piece in new))
    return [name for name in leaks if name not in found]


def as_text(leak: bytes) -> str:
    """Write a leak as a sink takes it that holds text only: bytes go in as base64."""
    if leak.isascii() and not any(byte < 32 and byte not in b"\t\n\r" for byte in leak):
        return leak.decode()
    return base64.b64encode(leak).decode()


def on_one_line(leak: bytes) -> str:
    """Write a leak for a sink that takes no line breaks: they are escaped, as JSON has them."""
    return as_text(leak).replace("\r", "\\r").replace("\n", "\\n")


def table(figures: Iterable[Scanned], absent: Mapping[str, str]) -> Iterator[str]:
    """Yield the table of what was scanned, and what has not been built."""
    for scanned in figures:
        yield str(scanned)
    for name in absent:
        yield f"  {name:<52}   not built yet"
