"""What agencies of a case owe an answer to, until it comes or is waited for no longer (INF-06)."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import Field

from services.casework.commands import AgencyChoice, Command
from services.casework.effects.addressees import Declared, open_address
from services.casework.steps.reports_judged import each_alone
from services.database.agency_requests import AgencyRequest, get_request, unanswered, unconfirmed
from services.database.assignments import open_assignments
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.partnerships import agency_on
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Answered, Asked
from services.domain.entry_types import EntryType
from services.domain.errors import AlreadyDone, AnswerRefused
from services.domain.escalation import (
    ANSWERED_BY,
    OWED_AT,
    TAKEN_BY_ENTRY,
    Rung,
    has_come_to,
    next_rung,
)
from services.domain.identifiers import AgencyId
from services.domain.labels import label
from services.domain.todos import ON_SILENCE, Todo


class OwedAnswer(Command):
    """Which answer of which agency it is about."""

    agency: AgencyChoice = Field(title="Which agency owes an answer?")
    asked: Asked = Field(title="What was it asked for?")


def owed_requests(work: UnitOfWork, case: Case) -> list[AgencyRequest]:
    """Return what agencies of the case owe an answer to where it stands, soonest first."""
    return [one for one in unanswered(work.session, case.id) if case.stage in OWED_AT[one.asked]]


def to_be_reminded(work: UnitOfWork, case: Case) -> list[AgencyRequest]:
    """Return the requests for a return that wait for the agency: for it, or to be confirmed.

    What came by email or telephone is an answer, and no silence: only its confirmation is waited
    for (RR-41).
    """
    owing = [one for one in unanswered(work.session, case.id) if one.asked is Asked.SCOPING_RETURN]
    return [*owing, *unconfirmed(work.session, case.id)]


def unanswered_request(work: UnitOfWork, case: Case, agency_id: UUID) -> AgencyRequest:
    """Return the request if the agency has yet to answer it; AlreadyDone if it is settled.

    One that was told to stand down is not waited for either, until it is asked anew (RR-41).
    """
    request = get_request(work.session, case.id, Asked.SCOPING_RETURN, agency_id)
    if request.answered is not Answered.ASKED:
        raise AlreadyDone("That agency's return is settled already.")
    if request not in unanswered(work.session, case.id):
        raise AlreadyDone("That agency is not asked for a return at present. Ask it first.")
    return request


def request_to_remind(work: UnitOfWork, case: Case, agency_id: UUID) -> AgencyRequest:
    """Return the request for which the agency is waited for; AlreadyDone if it is settled."""
    request = get_request(work.session, case.id, Asked.SCOPING_RETURN, agency_id)
    if request in to_be_reminded(work, case):
        return request
    return unanswered_request(work, case, agency_id)


def must_be_reached(work: UnitOfWork, case: Case, agency_id: UUID) -> None:
    """Refuse to remind an organisation of this case only that no email reaches now."""
    agency = agency_on(work.session, case.id, agency_id)
    is_listed, declared = agency.case_id is not None, Declared.on(work, case)
    if is_listed and not open_address(work, AgencyId(agency.id), declared):
        raise AnswerRefused(
            "agency", "No email reaches it now: see where it is asked, on the case. List it again."
        )


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
    found = each_alone(all_of(work.session, case.id, *types, EntryType.REPORTS_JUDGED))
    own = str(request.agency_id)
    mine = [one for one in found if one.subject == own and one.entry_type in types]
    return [one for one in mine if one.command.get("asked", Asked.REPORT) == request.asked]


def steps_in_force(work: UnitOfWork, case: Case, found: Sequence[Entry]) -> list[Entry]:
    """Return those of these steps by which an answer that is owed has come as far as it has.

    A ladder that has ended, and one that was begun anew since, are told in the history (INF-06).
    """
    owing = {(str(one.agency_id), one.asked.value): one.rung for one in owed_requests(work, case)}
    return [
        one
        for one in found
        if has_come_to(
            owing.get((one.subject, one.command["asked"])), TAKEN_BY_ENTRY[one.entry_type]
        )
    ]


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
