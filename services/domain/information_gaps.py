"""How a gap in what a local review could learn ends (LC-18)."""

from enum import StrEnum


class GapEnding(StrEnum):
    """How a gap ends: it is filled, or the report stands without it and says so."""

    FILLED = "filled"
    STANDS_WITHOUT = "stands_without"
