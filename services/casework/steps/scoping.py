"""The scoping forms: sent, chased, returned by each agency, or excused with a reason."""

from datetime import date
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import (
    AgencyChoice,
    AgencyChoices,
    Command,
    LongText,
    ShortText,
    YesNo,
)
from services.casework.effects.clocks import cancel_clock, last_day, mark_met, start_clock
from services.casework.effects.emails import EmailContext, enqueue_email
from services.casework.effects.todos import close_todos, open_todo
from services.database.agency_requests import (
    AgencyRequest,
    Answered,
    Asked,
    get_request,
    requests,
)
from services.database.cases import Case
from services.database.due_work import order
from services.database.history import all_of, last_entry
from services.database.partnerships import get_agency
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.errors import AlreadyDone, AnswerRefused, NotPermitted, RuleBroken
from services.domain.identifiers import AgencyId, CaseId
from services.domain.roles import Permission
from services.domain.sections import Section
from services.domain.steps import Step
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.domain.working_days import london_date

OPEN_FROM = (Stage.REFERRED, Stage.TO_BE_NOTIFIED, Stage.RAPID_REVIEW)


class RequestReturns(Command):
    """Which agencies are asked for a scoping return (RR-38, RR-39)."""

    agencies: AgencyChoices = Field(
        title="Which agencies are asked?",
        description="Every agency that had or has involvement with the child or the family.",
    )
    message: LongText = Field(
        title="What should they look for?",
        description="This goes into the letter, which is read behind sign-in, not into the mail.",
    )


class Chase(Command):
    """Which agency is reminded (RR-40, INF-06)."""

    agency: AgencyChoice = Field(title="Which agency is reminded?")


class SubmitReturn(Command):
    """One agency's scoping return (Doc 2), with its records secured (RR-41)."""

    involved: YesNo = Field(title="Did your agency have any involvement with the family?")
    involvement: LongText = Field(
        title="Involvement",
        description="With whom, from when to when, which services. Give roles, not names of "
        "practitioners.",
    )
    key_events: LongText = Field(title="Key events, briefly")
    risk: LongText = Field(title="Is anyone at risk now, and what has been done?")
    learning: LongText = Field(title="Early learning and good practice")
    records_secured: YesNo = Field(title="Are all your records of this family secured? (RR-41)")
    representative: ShortText = Field(
        title="Nominated representative", description="Through whom alone the records are opened."
    )
    casework_access: LongText | None = Field(
        default=None, title="Who approved access for ongoing casework, if anyone needs it?"
    )
    other_agencies: LongText | None = Field(
        default=None, title="Other agencies you know to be involved"
    )


class ExcuseReturn(Command):
    """Why an expected agency is left out; the rapid review must explain it (RR-13, G3)."""

    agency: AgencyChoice = Field(title="Which agency will not return a form?")
    reasons: LongText = Field(title="Why not?")


def request_returns(work: UnitOfWork, case_id: CaseId, command: RequestReturns) -> Case:
    """Send the scoping form and letter to each agency; each has five working days (K5, K6).

    The date of the meeting is to be set as soon as the forms are out (RR-43).
    """
    case = begin(work, case_id, REQUEST_RETURNS, command)
    asked = _asked_this_time(work, case)
    new = [agency for agency in dict.fromkeys(command.agencies) if agency not in asked]
    if not new:
        raise AnswerRefused("agencies", "Choose at least one agency that was not asked before.")
    record_entry(work, case, REQUEST_RETURNS, command, subject=str(len(asked)))
    for agency in new:
        _request(work, case, agency)
    mark_met(work, case, ClockId.K5)
    close_todos(work, case, Todo.REQUEST_RETURNS)
    if case.met_on is None:
        _prepare_meeting(work, case)
    return case


REQUEST_RETURNS = Act(
    name="request_returns",
    command=RequestReturns,
    perform=request_returns,
    permission=Permission.RUN_SCOPING,
    doing="send scoping forms",
    stages=frozenset(OPEN_FROM),
    entry=EntryType.RETURNS_REQUESTED,
    todo=Todo.REQUEST_RETURNS,
    clock=ClockId.K5,
    section=Section.SCOPING_RETURNS,
)


def _prepare_meeting(work: UnitOfWork, case: Case) -> None:
    """Have the meeting's date set, and its pack put together anew once there is a rapid review."""
    case.pack_accepted_on = None
    meeting = london_date(case.meeting_at) if case.meeting_at else None
    if meeting is None:
        open_todo(work, case, Todo.SET_MEETING, last_day=last_day(work, case, ClockId.K4))
    if case.stage is Stage.RAPID_REVIEW:
        open_todo(work, case, Todo.ACCEPT_PACK, last_day=meeting)


def _asked_this_time(work: UnitOfWork, case: Case) -> set[UUID]:
    """Return the agencies asked since the case was last reopened: new facts are asked anew."""
    reopened = last_entry(work.session, case.id, EntryType.REOPENED)
    since = reopened.number if reopened else 0
    return {
        UUID(agency)
        for entry in all_of(work.session, case.id, EntryType.RETURNS_REQUESTED)
        if entry.number > since
        for agency in entry.command["agencies"]
    }


def _request(work: UnitOfWork, case: Case, agency_id: UUID) -> None:
    get_agency(work.session, AgencyId(agency_id))
    clock = start_clock(work, case, ClockId.K6, subject=str(agency_id), receipt=work.today)
    _keep_request(work, case, agency_id, clock.due)
    # A case that was reopened asks an agency again: another letter, of its own name.
    part = str(agency_id) if case.awareness == 1 else f"{agency_id}:{case.awareness}"
    open_todo(work, case, Todo.SUBMIT_RETURN, last_day=clock.due, subject=str(agency_id))
    order(work, CaseId(case.id), Step.SCOPE, "letter", subject=part)
    enqueue_email(
        work,
        case,
        EmailTrigger.SCOPING_REQUESTED,
        EmailContext(
            matter=EmailMatter.RETURN_SCOPING,
            due=clock.due,
            page=Todo.SUBMIT_RETURN,
            agency_id=agency_id,
            part=part,
        ),
    )


def _keep_request(work: UnitOfWork, case: Case, agency_id: UUID, due: date) -> None:
    """Keep that the agency is asked; where it was asked before, the answer is open again."""
    asked = requests(work.session, case.id, Asked.SCOPING_RETURN)
    request = next((one for one in asked if one.agency_id == agency_id), None)
    if request is None:
        request = AgencyRequest(
            tenant_id=case.tenant_id,
            case_id=case.id,
            agency_id=agency_id,
            asked=Asked.SCOPING_RETURN,
            answered=Answered.ASKED,
            sent_on=work.today,
            due=due,
        )
    request.answered = Answered.ASKED
    request.answered_on = None
    request.sent_on = work.today
    request.due = due
    work.session.add(request)
    work.session.flush()


def chase(work: UnitOfWork, case_id: CaseId, command: Chase) -> Case:
    """Remind one agency that has not answered; each reminder is a letter of its own."""
    case = begin(work, case_id, CHASE, command)
    request = _unanswered(work, case, command.agency)
    request.times_chased += 1
    work.session.add(request)
    record_entry(work, case, CHASE, command, subject=str(command.agency))
    enqueue_email(
        work,
        case,
        EmailTrigger.AGENCY_CHASED,
        EmailContext(
            matter=EmailMatter.RETURN_SCOPING,
            due=request.due,
            page=Todo.SUBMIT_RETURN,
            agency_id=command.agency,
            part=f"{command.agency}:{request.times_chased}",
        ),
    )
    return case


CHASE = Act(
    name="chase",
    command=Chase,
    perform=chase,
    permission=Permission.RUN_SCOPING,
    doing="remind an agency",
    stages=frozenset(OPEN_FROM),
    entry=EntryType.AGENCY_CHASED,
    section=Section.SCOPING_RETURNS,
)


def submit_return(work: UnitOfWork, case_id: CaseId, command: SubmitReturn) -> Case:
    """Keep the actor's own agency's return and its attestation that records are secured."""
    case = begin(work, case_id, SUBMIT_RETURN, command)
    if work.actor.agency_id is None:
        raise NotPermitted("Only a person who acts for an agency may return its form.")
    if not command.records_secured:
        raise AnswerRefused(
            "records_secured", "Secure all records first, then confirm it here (RR-41)."
        )
    agency_id = work.actor.agency_id
    request = get_request(work.session, case.id, Asked.SCOPING_RETURN, agency_id)
    _answer(work, request, Answered.RECEIVED)
    request.version += 1
    request.records_secured = True
    request.representative = command.representative
    record_entry(work, case, SUBMIT_RETURN, command, subject=str(agency_id))
    mark_met(work, case, ClockId.K6, subject=str(agency_id))
    close_todos(work, case, Todo.SUBMIT_RETURN, subject=str(agency_id))
    order(work, case_id, Step.SCOPE, "return", subject=f"{agency_id}:{request.version}")
    enqueue_email(
        work,
        case,
        EmailTrigger.RETURN_RECEIVED,
        EmailContext(part=f"{agency_id}:{request.version}"),
    )
    return case


SUBMIT_RETURN = Act(
    name="submit_return",
    command=SubmitReturn,
    perform=submit_return,
    permission=Permission.ANSWER_AGENCY_REQUEST,
    doing="return a scoping form",
    stages=frozenset(OPEN_FROM),
    entry=EntryType.RETURN_SUBMITTED,
    todo=Todo.SUBMIT_RETURN,
    clock=ClockId.K6,
    is_listed=False,
    section=Section.SCOPING_RETURNS,
    holds_family_data=True,
)


def excuse_return(work: UnitOfWork, case_id: CaseId, command: ExcuseReturn) -> Case:
    """Record why an expected agency's return is not coming (RR-13)."""
    case = begin(work, case_id, EXCUSE_RETURN, command)
    request = _unanswered(work, case, command.agency)
    _answer(work, request, Answered.EXCUSED)
    request.reasons = command.reasons
    record_entry(work, case, EXCUSE_RETURN, command, subject=str(command.agency))
    cancel_clock(
        work,
        case,
        ClockId.K6,
        subject=str(command.agency),
        because="The agency was excused, with reasons (RR-13).",
    )
    close_todos(work, case, Todo.SUBMIT_RETURN, subject=str(command.agency))
    return case


EXCUSE_RETURN = Act(
    name="excuse_return",
    command=ExcuseReturn,
    perform=excuse_return,
    permission=Permission.RUN_SCOPING,
    doing="excuse an agency",
    stages=frozenset(OPEN_FROM),
    entry=EntryType.RETURN_EXCUSED,
    section=Section.SCOPING_RETURNS,
)


def _unanswered(work: UnitOfWork, case: Case, agency_id: UUID) -> AgencyRequest:
    request = get_request(work.session, case.id, Asked.SCOPING_RETURN, agency_id)
    if request.answered is not Answered.ASKED:
        raise AlreadyDone("That agency's return is settled already.")
    return request


def _answer(work: UnitOfWork, request: AgencyRequest, answered: Answered) -> None:
    """Settle the request, once: a return that was received is added to, not changed.

    An agency that was excused and returns its form after all is heard.
    """
    if request.answered is Answered.RECEIVED:
        raise RuleBroken("Your agency's return was received already. Send additions as a file.")
    request.answered = answered
    request.answered_on = work.today
    work.session.add(request)
