"""Who took part in the rapid review: who chaired it, who came, and for whom (GOV-12, RR-48)."""

from datetime import date
from typing import Protocol
from uuid import UUID

from pydantic import Field

from services.casework.commands import Command, PersonChoice
from services.casework.steps.attendance.who_may_attend import may_attend
from services.database.attendance import named_attendees
from services.database.cases import Case
from services.database.people import serving
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.roles import Role


class Deputy(Command):
    """A person who came in the place of another."""

    person: PersonChoice = Field(title="Who came?")
    in_place_of: PersonChoice = Field(title="In whose place?")


class TookPart(Protocol):
    """Who took part in a meeting that was held: the command that records it says so."""

    @property
    def present(self) -> tuple[UUID, ...]: ...  # noqa: D102 - named for what it is
    @property
    def deputies(self) -> tuple[Deputy, ...]: ...  # noqa: D102 - named for what it is
    @property
    def chaired_by(self) -> UUID: ...  # noqa: D102 - named for what it is
    @property
    def met_on(self) -> date: ...  # noqa: D102 - named for what it is


class ParticipantsOnRecord(Command):
    """With whom the form to record the meeting opens: those who were named."""

    present: tuple[PersonChoice, ...]


def named_to_come(work: UnitOfWork, case: Case) -> ParticipantsOnRecord | None:
    """Return those who were named to attend, if any were."""
    named = named_attendees(work.session, case.id)
    return ParticipantsOnRecord(present=named) if named else None


def must_say_who_took_part(work: UnitOfWork, case: Case, told: TookPart) -> None:
    """Refuse a meeting without participants, and a chair or a deputy who was not there.

    The executive leads own the decision, so who took part is on record by name. Who may attend and
    who chairs is asked of the day of the meeting: people leave and join before it is recorded.
    """
    if not told.present:
        raise AnswerRefused("present", "Choose who attended, of those who were named (GOV-12).")
    known = may_attend(work, case, told.met_on)
    if not set(told.present) <= known.keys():
        raise AnswerRefused("present", "Choose people who serve the partnership or an agency.")
    for one in told.deputies:
        if one.person not in told.present:
            raise AnswerRefused("deputies", "A deputy is one of those who attended.")
        if one.in_place_of in told.present or one.in_place_of not in known:
            raise AnswerRefused("deputies", "Choose whose place it was: a person who did not come.")
    if told.chaired_by not in told.present:
        raise AnswerRefused("chaired_by", "Whoever chaired it is one of those who attended.")


def must_be_chaired(work: UnitOfWork, told: TookPart) -> None:
    """Refuse who chaired and is no chair, nor came in the place of one (RR-48)."""
    serve = serving(work.session, (Role.REVIEW_GROUP_CHAIR,), on=told.met_on)
    chairs = {person.id for person, _ in serve}
    places = {one.in_place_of for one in told.deputies if one.person == told.chaired_by}
    if told.chaired_by not in chairs and not places & chairs:
        raise AnswerRefused(
            "deputies", "Say below in whose place the meeting was chaired: the chair's (RR-48)."
        )
