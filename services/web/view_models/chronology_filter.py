"""What a reader of the merged chronology chose to see, said in an address by codes alone."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from services.casework.steps.local_review.chronology_compared import ComparedEvent
from services.domain.chronologies import ChildSeen, SourceKind
from services.domain.labels import label
from services.domain.plain_dates import MONTHS
from services.domain.plain_text import capital

_MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])", re.ASCII)
Item = tuple[str, str, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronologyFilter:
    """The agencies, months, kinds of source and words of the child that were chosen, as codes.

    What is no such code narrows nothing.
    """

    agencies: frozenset[str] = frozenset()
    since: str = ""
    until: str = ""
    sources: frozenset[str] = frozenset()
    child: frozenset[str] = frozenset()
    only_differing: bool = False

    def lets_through(self, one: ComparedEvent) -> bool:
        """Tell whether the event is among what was chosen."""
        month, kind = f"{one.event.on:%Y-%m}", one.event.source_kind
        return (
            (not self.agencies or str(one.agency_id) in self.agencies)
            and (not self.since or month >= self.since)
            and (not self.until or month <= self.until)
            and (not self.sources or (kind is not None and kind.value in self.sources))
            and (not self.child or one.event.child.value in self.child)
            and (not self.only_differing or bool(one.conflicts))
        )

    @property
    def address(self) -> str:
        """Return the part of an address that says the same."""
        said = [("agency", one) for one in sorted(self.agencies)]
        said += [("from", self.since)] if self.since else []
        said += [("to", self.until)] if self.until else []
        said += [("source", one) for one in sorted(self.sources)]
        said += [("child", one) for one in sorted(self.child)]
        said += [("differing", "yes")] if self.only_differing else []
        return urlencode(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedFilter:
    """What may be chosen: the code, what a person reads, and whether it is chosen."""

    agencies: tuple[Item, ...]
    since: tuple[Item, ...]
    until: tuple[Item, ...]
    sources: tuple[Item, ...]
    child: tuple[Item, ...]
    only_differing: bool
    address: str


def filter_in(asked: Sequence[tuple[str, str]]) -> ChronologyFilter:
    """Return what an address says; what is no code in it is passed over."""

    def all_of(name: str) -> list[str]:
        return [value for at, value in asked if at == name]

    def month(name: str) -> str:
        return next(filter(_MONTH.fullmatch, all_of(name)), "")

    return ChronologyFilter(
        agencies=frozenset(filter(_is_an_id, all_of("agency"))),
        since=month("from"),
        until=month("to"),
        sources=_codes(all_of("source"), SourceKind),
        child=_codes(all_of("child"), ChildSeen),
        only_differing="yes" in all_of("differing"),
    )


def offered_of(
    events: Sequence[ComparedEvent], names: Mapping[UUID, str], chosen: ChronologyFilter
) -> OfferedFilter:
    """Return what may be chosen of these events."""
    agencies = {str(one.agency_id): names.get(one.agency_id, "An agency") for one in events}
    months = sorted({f"{one.event.on:%Y-%m}" for one in events})
    there = {one.event.source_kind for one in events}
    return OfferedFilter(
        agencies=tuple(
            (one, name, one in chosen.agencies)
            for one, name in sorted(agencies.items(), key=lambda each: each[1].casefold())
        ),
        since=tuple((one, _told(one), one == chosen.since) for one in months),
        until=tuple((one, _told(one), one == chosen.until) for one in months),
        sources=_items((one for one in SourceKind if one in there), chosen.sources),
        child=_items(ChildSeen, chosen.child),
        only_differing=chosen.only_differing,
        address=chosen.address,
    )


def _items(words: Iterable[StrEnum], chosen: frozenset[str]) -> tuple[Item, ...]:
    return tuple((one.value, capital(label(one)), one.value in chosen) for one in words)


def _codes(said: Iterable[str], words: type[StrEnum]) -> frozenset[str]:
    return frozenset(said) & {one.value for one in words}


def _told(month: str) -> str:
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def _is_an_id(said: str) -> bool:
    try:
        return str(UUID(said)) == said
    except ValueError:
        return False
