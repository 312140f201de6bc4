"""Which agencies' practitioners are to be told of the day of publication, and of whom it is said.

They are the agencies that were asked to report to the review. What was said of another day does not
count for the one that is planned now (PUB-22).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from services.casework.steps.publication.staff_said import ConfirmStaffTold, RecordStaffTold
from services.casework.steps.scoping.reports_settled import agencies_asked
from services.database.cases import Case
from services.database.history import Entry, Fact, all_of, facts
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.working_days import london_date, written

SAID_OF_STAFF: Final = (EntryType.STAFF_TOLD, EntryType.STAFF_TOLD_RECORDED)
SETS_DAY: Final = (
    EntryType.PUBLICATION_PLANNED,
    EntryType.PUBLICATION_WITHHELD,
    EntryType.PUBLICATION_ASKED,
)


@dataclass(frozen=True, slots=True)
class StaffOfAgency:
    """One agency by its id and name, and what is said of its practitioners for this day."""

    id: UUID
    name: str
    said: ConfirmStaffTold | RecordStaffTold | None


def staff_of_each(work: UnitOfWork, case: Case) -> tuple[StaffOfAgency, ...]:
    """Return each agency that was asked to report, by name, with the newest word that counts."""
    asked = agencies_asked(work, case)
    days = days_set(work, case)
    told = all_of(work.session, case.id, *SAID_OF_STAFF)
    said = {one.subject: words_of_staff(one) for one in told if is_of_newest_day(one, days)}
    known = agency_names(work.session)
    found = (StaffOfAgency(one, known.get(one, ""), said.get(str(one))) for one in asked)
    return tuple(sorted(found, key=lambda one: one.name))


def unsaid_of(work: UnitOfWork, case: Case) -> tuple[StaffOfAgency, ...]:
    """Return the agencies of whose practitioners nothing is said for this day."""
    return tuple(one for one in staff_of_each(work, case) if one.said is None)


def is_of_newest_day(told: Entry | Fact, decided: Iterable[Entry | Fact]) -> bool:
    """Tell whether what was said or done counts for the newest of the days that were set."""
    return all(told.number > one.number for one in decided if sets_day(one))


def sets_day(decided: Entry | Fact) -> bool:
    """Tell whether it sets a day: a publisher is also asked to go on, once all sent the text."""
    return not decided.subject.endswith(":True")


def must_be_since_day_set(
    work: UnitOfWork, case: Case, field: str, day: date, *, rule: str = ""
) -> None:
    """Refuse a day to come, and one on which the day of publication was not yet set."""
    if day > work.today:
        raise AnswerRefused(field, "Enter a day that is not in the future.")
    set_at = max((one.at for one in days_set(work, case)), default=None)
    if set_at is not None and day < london_date(set_at):
        by_rule = f" ({rule})" if rule else ""
        raise AnswerRefused(
            field,
            f"The day of publication was set on {written(london_date(set_at))}: enter that day or "
            f"a later one{by_rule}.",
        )


def days_set(work: UnitOfWork, case: Case) -> list[Fact]:
    """Return what set a day of publication, oldest first."""
    return [one for one in facts(work.session, case.id, *SETS_DAY) if sets_day(one)]


def must_all_be_told(work: UnitOfWork, case: Case) -> None:
    """Refuse a text that goes out before practitioners were told of the day (PUB-22, G10)."""
    left = unsaid_of(work, case)
    if left:
        raise RuleBroken(
            "Senior managers tell their practitioners of the day first (PUB-22). Not confirmed "
            f"for: {', '.join(one.name for one in left)}. What an agency says elsewhere is kept by "
            "“Record how an agency's practitioners were told”."
        )


def words_of_staff(entry: Entry) -> ConfirmStaffTold | RecordStaffTold:
    """Return what an entry says of one agency, by the agency itself or as it was recorded."""
    if entry.entry_type is EntryType.STAFF_TOLD:
        return ConfirmStaffTold.model_validate(entry.command)
    return RecordStaffTold.model_validate(entry.command)
