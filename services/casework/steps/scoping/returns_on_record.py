"""An agency's return as it stands on record: the first, and each that corrects it (RR-40)."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import LongText, Under, part_of
from services.casework.steps.scoping.return_questions import SubmitReturn
from services.database.cases import Case
from services.database.history import Entry, Fact, all_of, facts
from services.database.police_marks import live_marks
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import THE_RETURN, EntryType


class CorrectReturn(SubmitReturn):
    """Your agency's return as it is right now: add or change what is needed, leave the rest.

    What you sent before stays on record beside it. The business manager is told, and so are those
    who have read it in the papers of the meeting.
    """

    reason: Annotated[LongText, Under("5. What is new")] = Field(
        title="What is added or corrected, and why?",
        description="For example records of another service that were found since.",
    )


def as_return(entry: Entry) -> SubmitReturn:
    """Return what an entry says as the agency's return, whether it is the first or a later one."""
    if entry.entry_type is EntryType.RETURN_CORRECTED:
        return part_of(CorrectReturn.model_validate(entry.command), SubmitReturn)
    return SubmitReturn.model_validate(entry.command)


def return_on_record(work: UnitOfWork, case: Case) -> SubmitReturn | None:
    """Return the newest return of the actor's own agency, where they read all of its versions."""
    sent = [one.id for one in returned_by_own(work, case)]
    every = [one for kind in THE_RETURN for one in all_of(work.session, case.id, kind)]
    told = {one.id: one for one in every if one.id in sent}
    return as_return(told[sent[-1]]) if sent and len(told) == len(sent) else None


def returned_by_own(work: UnitOfWork, case: Case) -> list[Fact]:
    """Return the places of what the actor's own agency returned, whether or not they read it."""
    own = str(work.actor.agency_id)
    return [one for one in facts(work.session, case.id, *THE_RETURN) if one.subject == own]


def is_held_back(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a police mark is on anything that the actor's agency returned."""
    sent = {one.id for one in returned_by_own(work, case)}
    return any(one.entry_id in sent for one in live_marks(work.session, case.id))
