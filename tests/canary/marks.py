"""Canaries: made-up words that stand for what people say of a family, found wherever they come out.

A canary is sixteen letters and digits: it outlives lower case, cut texts and every kind of
escaping. Each names the place where it was put. Shapes are made-up data of the kind that a leak
would hold: a date of birth, an NHS number, a telephone number and a postcode.
"""

import re
import secrets
from collections.abc import Iterator
from datetime import date
from typing import Final

from tests.canary.decoders import readings

BORN_ON: Final = date(2019, 2, 17)
SHAPED: Final = "Born 17 February 2019, NHS 943 476 5919, 07700 900461, ZQ7 4KX."
_SHAPES: Final = {
    "a date of birth": rb"2019-02-17|20190217|17[/.]0?2[/.]2019|17(?:th)?\s+feb(?:ruary)?\s+2019",
    "an NHS number": rb"943[\s-]?476[\s-]?5919",
    "a telephone number": rb"07700[\s-]?900[\s-]?461",
    "a postcode": rb"\bzq7\s?4kx\b",
}


class Marks:
    """The canaries of one run, told from those of every other run by six letters of their own."""

    def __init__(self) -> None:
        self._stem = f"zq7k{secrets.token_hex(3)}"
        self._places: list[str] = []
        canary = rf"{self._stem}(?:x([0-9a-f]{{5}}))?".encode()
        self._canary = re.compile(canary, re.IGNORECASE)
        self._shapes = {
            shape: re.compile(pattern, re.IGNORECASE) for shape, pattern in _SHAPES.items()
        }

    def __len__(self) -> int:
        return len(self._places)

    @property
    def stem(self) -> str:
        """Return what every canary of this run begins with."""
        return self._stem

    def new(self, place: str) -> str:
        """Return a canary for one place, such as a field of a form."""
        self._places.append(place)
        return f"{self._stem}x{len(self._places) - 1:05x}"

    def found_in(self, piece: bytes, *, shapes: bool = True) -> set[str]:
        """Return where each canary was put that the piece holds in any encoding, and each shape."""
        found: set[str] = set()
        for reading in readings(piece):
            found |= set(self._told(reading))
            if shapes:
                found |= {name for name, one in self._shapes.items() if one.search(reading)}
        return found

    def _told(self, reading: bytes) -> Iterator[str]:
        for canary in self._canary.finditer(reading):
            number = int(canary[1], 16) if canary[1] else len(self._places)
            known = number < len(self._places)
            yield self._places[number] if known else "a canary that is cut off"
