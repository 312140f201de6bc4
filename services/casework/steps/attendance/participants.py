"""Who took part in the rapid review: of those named who came, and for whom (GOV-12)."""

from collections.abc import Collection
from uuid import UUID

from pydantic import Field

from services.casework.commands import Command, PersonChoice
from services.casework.steps.attendance.who_may_attend import may_attend
from services.database.attendance import named_attendees
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused


class Deputy(Command):
    """A person who came in the place of another."""

    person: PersonChoice = Field(title="Who came?")
    in_place_of: PersonChoice = Field(title="In whose place?")


class ParticipantsOnRecord(Command):
    """With whom the form to record the meeting opens: those who were named."""

    present: tuple[PersonChoice, ...]


def named_to_come(work: UnitOfWork, case: Case) -> ParticipantsOnRecord | None:
    """Return those who were named to attend, if any were."""
    named = named_attendees(work.session, case.id)
    return ParticipantsOnRecord(present=named) if named else None


def must_say_who_took_part(
    work: UnitOfWork,
    case: Case,
    present: Collection[UUID],
    deputies: Collection[Deputy],
    others: str | None,
) -> None:
    """Refuse a meeting without participants, and a deputy who was not there.

    The executive leads own the decision, so who took part is on record by name.
    """
    if not present and (named_attendees(work.session, case.id) or not others):
        raise AnswerRefused("present", "Choose who attended, of those who were named (GOV-12).")
    known = may_attend(work)
    if not set(present) <= known.keys():
        raise AnswerRefused("present", "Choose people who serve the partnership or an agency.")
    for one in deputies:
        if one.person not in present:
            raise AnswerRefused("deputies", "A deputy is one of those who attended.")
        if one.in_place_of in present or one.in_place_of not in known:
            raise AnswerRefused("deputies", "Choose whose place it was: a person who did not come.")
