"""Valid words of what is seen in practice, and practice seen of every completed action."""

from typing import TYPE_CHECKING, Any

from services.casework.steps.embedding import practice
from services.casework.steps.practice_seen import RecordPractice, practice_unseen
from services.database.cases import get_case
from services.domain.roles import Role
from tests.words import words_of

if TYPE_CHECKING:
    from tests.driven import Driven


def record_practice(number: int = 1, **but: Any) -> RecordPractice:
    """Return that practitioners work so, as records that were read show."""
    usual = {"found": "adopted", "looked_by": "records_read", "seen_on": "2026-09-01"}
    return words_of(RecordPractice, usual | but, number=number)


def see_practice(case: "Driven", when: str) -> None:
    """Record what is seen in practice of each completed action of which nothing is on record."""
    with case.world.act(Role.BUSINESS_MANAGER, when) as work:
        numbers = practice_unseen(work, get_case(work.session, case.case_id))
    for number in sorted(numbers):
        said = record_practice(number, seen_on=when[:10])
        case.do(practice.record_practice, said, Role.BUSINESS_MANAGER, when)
