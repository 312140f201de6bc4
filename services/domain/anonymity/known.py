"""What is known of a case, and what a report may hold of it."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final


class HitKind(StrEnum):
    """What words in a report are taken for."""

    CHILD_NAME = "child_name"
    FAMILY_NAME = "family_name"
    PRACTITIONER_NAME = "practitioner_name"
    BIRTH_DAY = "birth_day"
    INCIDENT_DAY = "incident_day"
    DEATH_DAY = "death_day"
    PLACE = "place"
    SCHOOL = "school"
    REFERENCE = "reference"
    FELLOW_NAME = "fellow_name"
    FELLOW_DAY = "fellow_day"
    FELLOW_PLACE = "fellow_place"
    NOT_READ = "not_read"
    NAME_OR_WORD = "name_or_word"
    MONTH = "month"
    FULL_DATE = "full_date"
    POSTCODE = "postcode"
    NHS_NUMBER = "nhs_number"
    TELEPHONE = "telephone"
    EMAIL = "email"
    AGE = "age"
    PICTURE = "picture"
    DRAWING = "drawing"

    @property
    def is_certain(self) -> bool:
        """Tell whether it is the case's own, or could not be read.

        Pictures are not read: where the case has a genogram they may be it (FAM-06).
        """
        return self in _CERTAIN

    @property
    def is_waited_for(self) -> bool:
        """Tell whether publication waits until it is taken out, or stays with a reason (PUB-16).

        So does what is certain, and what leads to somebody though the case does not know it.
        """
        return self in _CERTAIN or self in _LEADS_TO_SOMEBODY


_CERTAIN: Final = frozenset(
    {
        HitKind.CHILD_NAME,
        HitKind.FAMILY_NAME,
        HitKind.PRACTITIONER_NAME,
        HitKind.BIRTH_DAY,
        HitKind.INCIDENT_DAY,
        HitKind.DEATH_DAY,
        HitKind.PLACE,
        HitKind.SCHOOL,
        HitKind.REFERENCE,
        HitKind.FELLOW_NAME,
        HitKind.FELLOW_DAY,
        HitKind.FELLOW_PLACE,
        HitKind.NOT_READ,
        HitKind.DRAWING,
    }
)


_LEADS_TO_SOMEBODY: Final = frozenset(
    {HitKind.POSTCODE, HitKind.NHS_NUMBER, HitKind.TELEPHONE, HitKind.EMAIL}
)


@dataclass(frozen=True, slots=True)
class KnownWords:
    """A name, a place or a reference as it is on record, and what it is."""

    words: str
    kind: HitKind


@dataclass(frozen=True, slots=True)
class KnownDay:
    """A day of the case, and what happened on it."""

    on: date
    kind: HitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOfReport:
    """All that is looked for in a report; ``spared`` are names that it may carry (PUB-27).

    ``public`` are texts whose addresses and telephone numbers it may print: of the partnership, and
    of the bodies that it is sent to.
    """

    names: tuple[KnownWords, ...] = ()
    days: tuple[KnownDay, ...] = ()
    places: tuple[KnownWords, ...] = ()
    references: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    has_genogram: bool = False

    def beside(self, fellow: "KnownOfReport") -> "KnownOfReport":
        """Return what is looked for with what a fellow partnership knows of its own case.

        What is known here keeps its kind. Of what the other side knows a hit tells no more than
        that it is a name, a day or a place of a case of the review.
        """
        own = {one.on for one in self.days}
        days = (KnownDay(one.on, HitKind.FELLOW_DAY) for one in fellow.days if one.on not in own)
        return replace(
            self,
            names=(*map(_of_fellow, fellow.names), *self.names),
            days=(*self.days, *days),
            places=(*map(_of_fellow, fellow.places), *self.places),
            references=(*self.references, *fellow.references),
            spared=(*self.spared, *fellow.spared),
            public=(*self.public, *fellow.public),
        )


def _of_fellow(one: KnownWords) -> KnownWords:
    return KnownWords(one.words, _OF_FELLOWS.get(one.kind, one.kind))


_OF_FELLOWS: Final = {
    HitKind.CHILD_NAME: HitKind.FELLOW_NAME,
    HitKind.FAMILY_NAME: HitKind.FELLOW_NAME,
    HitKind.PLACE: HitKind.FELLOW_PLACE,
    HitKind.SCHOOL: HitKind.FELLOW_PLACE,
}


@dataclass(frozen=True, slots=True)
class Passage:
    """Some text of a report and where in it that stands, in words.

    With a ``kind`` it is no text but a remark on what stands there, such as a page without text.
    """

    place: str
    text: str
    kind: HitKind | None = None


@dataclass(frozen=True, slots=True)
class FoundWords:
    """Words of a text that are taken for something, from one character up to another."""

    start: int
    end: int
    kind: HitKind


def without_overlaps(found: Iterable[FoundWords]) -> list[FoundWords]:
    """Return what was found in its order, of two that overlap the certain, else the longer one.

    What publication waits for comes before what is only possible.
    """
    kept: list[FoundWords] = []
    for one in sorted(found, key=_last_kept):
        at = bisect_left(kept, one.end, key=lambda each: each.start)
        if at == 0 or kept[at - 1].end <= one.start:
            kept.insert(at, one)
    return kept


def _last_kept(one: FoundWords) -> tuple[bool, bool, int]:
    return not one.kind.is_certain, not one.kind.is_waited_for, one.start - one.end
