"""What agencies of a case owe an answer to, until it comes or is waited for no longer (INF-06)."""

from uuid import UUID

from pydantic import Field

from services.casework.commands import AgencyChoice, Command
from services.database.agency_requests import AgencyRequest, get_request, unanswered
from services.database.assignments import open_assignments
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.escalation import (
    ANSWERED_BY,
    OWED_AT,
    Rung,
    next_rung,
)
from services.domain.labels import label
from services.domain.todos import ON_SILENCE, Todo


class OwedAnswer(Command):
    """Which answer of which agency it is about."""

    agency: AgencyChoice = Field(title="Which agency owes an answer?")
    asked: Asked = Field(title="What was it asked for?")


def owed_requests(work: UnitOfWork, case: Case) -> list[AgencyRequest]:
    """Return what agencies of the case owe an answer to where it stands, soonest first."""
    return [one for one in unanswered(work.session, case.id) if case.stage in OWED_AT[one.asked]]


def owed(work: UnitOfWork, case: Case, agency_id: UUID, asked: Asked) -> AgencyRequest:
    """Return the request, locked; raises AnswerRefused where the agency owes no answer to it."""
    waits = {(one.agency_id, one.asked) for one in owed_requests(work, case)}
    if (agency_id, asked) not in waits:
        raise AnswerRefused("agency", f"That agency owes no {label(asked)} on this case.")
    return get_request(work.session, case.id, asked, agency_id)


def waits_for(rung: Rung, work: UnitOfWork, case: Case) -> bool:
    """Tell whether this step is the next for an agency of the case."""
    return any(next_rung(one.rung) is rung for one in owed_requests(work, case))


def steps_about(
    work: UnitOfWork, case: Case, request: AgencyRequest, *types: EntryType
) -> list[Entry]:
    """Return the entries of these types that are about this request, oldest first.

    What returns a report says of no other kind that it was asked for.
    """
    found = all_of(work.session, case.id, *types)
    mine = [one for one in found if one.subject == str(request.agency_id)]
    return [one for one in mine if one.command.get("asked", Asked.REPORT) == request.asked]


def is_step_asked(work: UnitOfWork, case: Case, request: AgencyRequest) -> bool:
    """Tell whether somebody is asked for the next step about this silence."""
    asked = open_assignments(work.session, case.id)
    return any(one.todo in ON_SILENCE and one.subject == subject_of(request) for one in asked)


def subject_of(request: AgencyRequest) -> str:
    """Return by which name todos tell the answers that are owed apart."""
    return f"{request.asked}:{request.agency_id}"


def todo_of(request: AgencyRequest) -> Todo:
    """Return what the agency is asked to do."""
    return ANSWERED_BY[request.asked]
