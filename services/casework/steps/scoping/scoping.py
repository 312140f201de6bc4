"""The scoping forms: sent to the agencies, and chased."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import (
    AgencyChoice,
    AgencyChoices,
    Command,
    LawfulBasis,
    LongText,
)
from services.casework.effects import last_day, open_todo
from services.casework.joint.own_agencies import asks_agencies, must_ask_agencies
from services.casework.steps.scoping.owed_answers import (
    must_be_reached,
    request_to_remind,
)
from services.casework.steps.scoping.scoping_requests import (
    OPEN_FROM,
    ask_for_return,
    asked_this_time,
    count_asking,
    is_left_to_ask,
    listed_to_ask,
)
from services.casework.steps.scoping.turns_told import remind_agency
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import RETURNED_AT
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.domain.working_days import london_date

# What an agency reads beside its answer: why it may share what it is asked for.
IN_LAW = (
    "Section 16H of the Children Act 2004: who is asked by the safeguarding partners must comply. "
    "If information is withheld without good reason, they can take legal action."
)
HEALTH_RECORDS = (
    "It applies to all records of care that the NHS commissions, whether it is provided under the "
    "NHS or in the independent or voluntary sector."
)


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
    lawful_basis: LawfulBasis
    still_to_ask: LongText | None = Field(
        default=None,
        title="Which relevant agencies are still to be asked, and why not now?",
        description="Leave this empty once every relevant agency is asked: only then is the duty "
        "met (K5).",
    )


class Chase(Command):
    """Which agency is reminded (RR-40)."""

    agency: AgencyChoice = Field(title="Which agency is reminded?")


def request_returns(work: UnitOfWork, case_id: CaseId, command: RequestReturns) -> Case:
    """Send the scoping form and letter to each agency; each has the time of K6 (K5, K6).

    The duty to ask is met once every relevant agency is asked, and not with the first (RR-39). The
    date of the meeting is to be set as soon as the forms are out (RR-43); where another
    partnership leads the review, the meeting is the lead's.
    """
    case = begin(work, case_id, REQUEST_RETURNS, command)
    must_ask_agencies(work, case)
    asked = asked_this_time(work, case)
    new = [agency for agency in dict.fromkeys(command.agencies) if agency not in asked]
    is_over = is_left_to_ask(work, case, asked) and not listed_to_ask(work, case)
    if not new and (command.still_to_ask or not is_over):
        raise AnswerRefused("agencies", "Choose at least one agency that was not asked before.")
    entry = record_entry(work, case, REQUEST_RETURNS, command, subject=str(len(asked)))
    for agency in new:
        ask_for_return(work, case, entry, agency)
    count_asking(work, case, new, is_complete=not command.still_to_ask)
    if new and case.met_on is None and case.stage is not Stage.JOINT_REVIEW:
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
    is_offered=asks_agencies,
    clock=ClockId.K5,
    section=Section.SCOPING_RETURNS,
)


def _prepare_meeting(work: UnitOfWork, case: Case) -> None:
    """Have the meeting's date set, and its pack put together again once there is a rapid review."""
    case.pack_accepted_on = None
    meeting = london_date(case.meeting_at) if case.meeting_at else None
    if meeting is None:
        open_todo(work, case, Todo.SET_MEETING, last_day=last_day(work, case, ClockId.K4))
    if case.stage is Stage.RAPID_REVIEW:
        open_todo(work, case, Todo.ACCEPT_PACK, last_day=meeting)


def chase(work: UnitOfWork, case_id: CaseId, command: Chase) -> Case:
    """Remind one agency that has not answered, or not confirmed what was entered for it.

    Each reminder is an email of its own.
    """
    case = begin(work, case_id, CHASE, command)
    request = request_to_remind(work, case, command.agency)
    must_be_reached(work, case, command.agency)
    request.times_chased += 1
    work.session.add(request)
    record_entry(work, case, CHASE, command, subject=str(command.agency))
    remind_agency(work, case, request)
    return case


CHASE = Act(
    name="chase",
    command=Chase,
    which="agency",
    perform=chase,
    permission=Permission.RUN_SCOPING,
    doing="remind an agency",
    stages=RETURNED_AT,
    entry=EntryType.AGENCY_CHASED,
    is_listed=False,
    section=Section.SCOPING_RETURNS,
)
