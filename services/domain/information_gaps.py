"""How a gap in what a local review could learn ends (LC-18)."""

from enum import StrEnum


class GapEnding(StrEnum):
    """How a gap ends: it is filled, or the report stands without it and says so."""

    FILLED = "filled"
    STANDS_WITHOUT = "stands_without"


class KeyLineNumber(StrEnum):
    """Which key line of enquiry of the terms of reference, by its place."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    FIFTH = "fifth"

    @property
    def place(self) -> int:
        """Return its place among them, from one."""
        return list(KeyLineNumber).index(self) + 1
