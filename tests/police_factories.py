"""Valid words for the acts of police-sensitive marks, of which only the police read."""

from typing import Any, Final
from uuid import UUID

from services.casework.steps.police_marks.police_marks import LiftMark, MarkSensitive, ReviewMark
from services.domain.entry_types import Section
from services.domain.police_marks import ListedSeat
from tests.factories import words_of

LISTED: Final = {"seats": (ListedSeat.POLICE,), "fellows": False, "review_on": "2027-03-01"}


def mark_sensitive(**but: Any) -> MarkSensitive:
    return words_of(MarkSensitive, LISTED | {"section": Section.MEETING} | but)


def review_mark(mark: UUID, **but: Any) -> ReviewMark:
    return words_of(ReviewMark, LISTED | but, mark=mark)


def lift_mark(mark: UUID, **but: Any) -> LiftMark:
    return words_of(LiftMark, but, mark=mark)
