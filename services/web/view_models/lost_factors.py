"""Lost second factors that wait for a second administrator, as administrators read of them."""

from dataclasses import dataclass
from uuid import UUID

from services.casework.people.lost_factors import lost_factors_waiting
from services.database.lost_factors import LostFactor, get_asked
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.plain_dates import day_month_year
from services.domain.working_days import london_date

_NOT_OF_HERE = "a platform administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class LostFactorLine:
    """Of whom it is said, and by whom, when and why; whether who reads it may answer."""

    id: UUID
    name: str
    words: str
    may_answer: bool


def lost_factor_lines(work: UnitOfWork) -> list[LostFactorLine]:
    """Return what waits for a second administrator, the oldest first."""
    return [_line(work, one) for one in lost_factors_waiting(work)]


def lost_factor_words(work: UnitOfWork, asked_id: UUID) -> str:
    """Say whose it is and what was said of it; another partnership's is not found."""
    line = _line(work, get_asked(work.session, asked_id))
    return f"{line.name}. {line.words}"


def _line(work: UnitOfWork, asked: LostFactor) -> LostFactorLine:
    known = names(work.session, {asked.person_id, asked.added_by})
    by, at = known.get(asked.added_by, _NOT_OF_HERE), day_month_year(london_date(asked.added_at))
    return LostFactorLine(
        id=asked.id,
        name=known.get(asked.person_id, ""),
        words=f"Asked by {by}, {at}: {asked.reasons}",
        may_answer=work.actor.person_id not in {asked.person_id, asked.added_by},
    )
