"""How long the record of a closed case is kept, and what holds it: local policy, and no law.

No national period for the papers of a review was found (rules.md 5C), so every number here is the
partnership's own, and nothing is disposed of because of its age: a case comes up for review.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

LONGEST: Final = 150
LEDGER: Final = "disposals"


class RecordClass(StrEnum):
    """What the record of a closed case is, by how far the case went; each has years of its own."""

    NOT_REVIEWED = "not_reviewed"
    RAPID_REVIEW = "rapid_review"
    LOCAL_REVIEW = "local_review"


class HoldGround(StrEnum):
    """Why a record may not be disposed of for now."""

    COURT = "court"
    INQUEST = "inquest"
    INQUIRY = "inquiry"
    OTHER = "other"


class HoldingKind(StrEnum):
    """What holds the record of a case: a legal hold, or a request for information that is open."""

    LEGAL_HOLD = "legal_hold"
    INFORMATION_REQUEST = "information_request"


@dataclass(frozen=True, slots=True)
class Holding:
    """One thing that holds a record: its kind, and the id of the hold or the request."""

    kind: HoldingKind
    id: UUID


class RetentionMatter(StrEnum):
    """What is put forward: a schedule, that a record is kept longer, or that it is disposed of."""

    SCHEDULE = "schedule"
    KEEP = "keep"
    DISPOSE = "dispose"


class RetentionStanding(StrEnum):
    """How the record of a closed case stands."""

    KEPT = "kept"
    DUE = "due"
    PROPOSED = "proposed"
    HELD = "held"


class DisposalPaperKind(StrEnum):
    """What is kept of a disposal in the object store: the line of the ledger, the certificate."""

    LEDGER = "ledger"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """For how many years after its closure the record of each class is kept."""

    not_reviewed: int
    rapid_review: int
    local_review: int

    @classmethod
    def alike(cls, years: int) -> "Years":
        """Return the same number for every class."""
        return cls(not_reviewed=years, rapid_review=years, local_review=years)

    @classmethod
    def read(cls, told: Mapping[str, int]) -> "Years":
        """Return the years as a row tells them."""
        return cls(**{one.value: int(told[one.value]) for one in RecordClass})

    @property
    def told(self) -> dict[str, int]:
        """Return the years as a row tells them."""
        return {one.value: self.of(one) for one in RecordClass}

    @property
    def keeps_nothing(self) -> bool:
        """Tell whether every record comes up at once: the partnership leaves Keyline."""
        return not any(self.told.values())

    def of(self, record: RecordClass) -> int:
        """Return the years of one class."""
        number: int = getattr(self, record.value)
        return number


LEAVING: Final = Years.alike(0)
"""The schedule of a partnership that leaves."""


def class_of_record(*, is_commissioned: bool, is_reviewed: bool) -> RecordClass:
    """Return what the record is: of a local review, of a rapid review alone, or of neither."""
    if is_commissioned:
        return RecordClass.LOCAL_REVIEW
    return RecordClass.RAPID_REVIEW if is_reviewed else RecordClass.NOT_REVIEWED


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; 29 February becomes 1 March in other years."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
