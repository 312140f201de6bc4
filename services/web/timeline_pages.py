"""A long timeline in pages: each holds as many entries as are light to open, at least one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.web.timeline import Told

MOST_HELD: Final = 31_000  # characters of a page, by what an entry and an answer cost in HTML
_OF_ENTRY: Final = 800
_OF_ANSWER: Final = 220


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """One page of it: which, of how many, and its entries, newest first."""

    entries: Sequence[Told]
    number: int
    pages: int


def timeline_page(told: Sequence[Told], number: int | None) -> TimelinePage:
    """Return that page; the last where there are fewer, and all on one where none is named."""
    if number is None:
        return TimelinePage(told, 1, 1)
    pages: list[list[Told]] = [[]]
    held = 0
    for one in told:
        weight = _OF_ENTRY + sum(_OF_ANSWER + len(each.label) + len(each.text) for each in one.said)
        if pages[-1] and held + weight > MOST_HELD:
            pages.append([])
            held = 0
        pages[-1].append(one)
        held += weight
    number = min(max(number, 1), len(pages))
    return TimelinePage(pages[number - 1], number, len(pages))
