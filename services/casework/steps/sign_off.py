"""The three partners sign: each for their own seat, each heard, all three needed (GOV-11)."""

from collections.abc import Callable

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText
from services.casework.effects import (
    EmailContext,
    cancel_clock,
    close_todos,
    enqueue_email,
    last_day,
    open_todo,
    start_clock,
)
from services.casework.steps.review_opening import open_review_if_ready
from services.casework.steps.sign_off_conditions import must_be_first_to_sign, must_be_ready_to_sign
from services.casework.steps.sign_off_rounds import TODO_OF, all_agree, round_of
from services.database.cases import Case
from services.database.decisions import SignOff
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import NotPermitted, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.labels import label
from services.domain.roles import Permission
from services.domain.sign_off import Position, SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Outcome, Stage, move


class Sign(Command):
    """One partner's position on a matter."""

    position: Position = Field(title="Your position")
    reasons: LongText = Field(title="Reasons or comments")


def sign_rapid_review(work: UnitOfWork, case_id: CaseId, command: Sign) -> Case:
    """Sign the rapid review and its decision (G4); the third signature dates the decision."""
    return _sign(work, case_id, command, SignOffMatter.RAPID_REVIEW)


def sign_terms(work: UnitOfWork, case_id: CaseId, command: Sign) -> Case:
    """Endorse the terms of reference (LC-03, G6)."""
    return _sign(work, case_id, command, SignOffMatter.TERMS_OF_REFERENCE)


def sign_report(work: UnitOfWork, case_id: CaseId, command: Sign) -> Case:
    """Endorse the recommendations and sign off the report (PUB-02, PUB-18, G9)."""
    return _sign(work, case_id, command, SignOffMatter.REPORT)


def sign_publication(work: UnitOfWork, case_id: CaseId, command: Sign) -> Case:
    """Approve the publication plan, or the decision not to publish (G10)."""
    return _sign(work, case_id, command, SignOffMatter.PUBLICATION)


def sign_plan(work: UnitOfWork, case_id: CaseId, command: Sign) -> Case:
    """Sign off the completed action plan (EMB-05)."""
    return _sign(work, case_id, command, SignOffMatter.ACTION_PLAN)


def _sign(work: UnitOfWork, case_id: CaseId, command: Sign, matter: SignOffMatter) -> Case:
    """Sign for the seat in which the person acts; no form asks for it (GOV-12)."""
    case = begin(work, case_id, _ACTS[matter], command)
    if (seat := work.actor.seat) is None:
        raise NotPermitted("Only a person who acts for one of the three partners may sign.")
    round_ = round_of(work, case, matter)
    if round_ == 0:
        raise RuleBroken(f"There is nothing to sign yet on {label(matter)}.")
    must_be_ready_to_sign(work, case, matter)
    must_be_first_to_sign(work, case, matter, round_)
    work.session.add(
        SignOff(
            tenant_id=case.tenant_id,
            case_id=case.id,
            matter=matter,
            round=round_,
            seat=seat,
            person_id=work.actor.person_id,
            position=command.position,
            reasons=command.reasons,
            at=work.now,
        )
    )
    record_entry(work, case, _ACTS[matter], command, subject=f"{matter}:{round_}:{seat}")
    close_todos(work, case, TODO_OF[matter], subject=seat.value)
    if all_agree(work, case, matter):
        _AGREED[matter](work, case)
    elif command.position is Position.DISAGREES:
        _DISAGREED[matter](work, case)
    return case


def _decided(work: UnitOfWork, case: Case) -> None:
    """Date the decision by its third signature; a local review's six months start (K11).

    A local review that is upheld after a query keeps its first date, and gains no time.
    """
    local = case.outcome is Outcome.LOCAL_REVIEW
    if not (local and last_day(work, case, ClockId.K11)):
        case.decided_on = work.today
    work.session.add(case)
    if local and not last_day(work, case, ClockId.K11):
        start_clock(work, case, ClockId.K11)
    if case.stage is Stage.RAPID_REVIEW:
        open_todo(work, case, Todo.SUBMIT, last_day=last_day(work, case, ClockId.K10))
    else:
        _reconsidered(work, case)


def _reconsidered(work: UnitOfWork, case: Case) -> None:
    """Go on by the decision that follows the Panel's query; a national review is the Panel's."""
    enqueue_email(
        work, case, EmailTrigger.COMMISSIONING_DECIDED, EmailContext(part=str(case.decision_round))
    )
    if case.outcome is Outcome.NATIONAL_REVIEW:
        case.panel_answered_on = None
        cancel_clock(work, case, ClockId.K11, because=ClockEnding.NO_LOCAL_REVIEW)
        open_todo(work, case, Todo.RECORD_PANEL_ANSWER)
        return
    commissions = case.outcome is Outcome.LOCAL_REVIEW
    go_on(work, case, Stage.COMMISSIONING if commissions else Stage.EMBEDDING)


def go_on(work: UnitOfWork, case: Case, stage: Stage) -> None:
    """Move the case past the Panel's answer, and say whose turn it is there."""
    case.stage = move(case.stage, stage)
    work.session.add(case)
    close_todos(work, case, Todo.PROPOSE_DECISION, Todo.SIGN_RAPID_REVIEW)
    if stage is not Stage.COMMISSIONING:
        cancel_clock(work, case, ClockId.K11, because=ClockEnding.NO_LOCAL_REVIEW)
    turns = {
        Stage.COMMISSIONING: (Todo.AGREE_TERMS, Todo.APPOINT_REVIEWER),
        Stage.NATIONAL_REVIEW: (Todo.END_NATIONAL_REVIEW,),
        Stage.EMBEDDING: (Todo.AGREE_PLAN,),
    }
    for todo in turns[stage]:
        open_todo(work, case, todo)


def _report_signed(work: UnitOfWork, case: Case) -> None:
    case.stage = move(case.stage, Stage.PUBLICATION)
    open_todo(work, case, Todo.PLAN_PUBLICATION, last_day=last_day(work, case, ClockId.K11))


def _publication_signed(work: UnitOfWork, case: Case) -> None:
    """Tell the three national bodies what was decided, once it is decided (GOV-16, PUB-24)."""
    open_todo(work, case, Todo.PRE_SEND, last_day=last_day(work, case, ClockId.K12))
    part = str(round_of(work, case, SignOffMatter.PUBLICATION))
    enqueue_email(
        work, case, EmailTrigger.PUBLICATION_DECIDED, EmailContext(due=case.publish_on, part=part)
    )


def _plan_signed(work: UnitOfWork, case: Case) -> None:
    open_todo(work, case, Todo.CLOSE)
    enqueue_email(work, case, EmailTrigger.PLAN_SIGNED_OFF)


def _again(todo: Todo) -> Callable[[UnitOfWork, Case], None]:
    def ask_again(work: UnitOfWork, case: Case) -> None:
        """Ask for a new version: a partner disagreed, and everyone is still heard."""
        open_todo(work, case, todo)

    return ask_again


SIGN_RAPID_REVIEW = Act(
    name="sign_rapid_review",
    command=Sign,
    perform=sign_rapid_review,
    permission=Permission.SIGN_OFF,
    doing="sign off the rapid review",
    stages=frozenset({Stage.RAPID_REVIEW, Stage.WITH_PANEL}),
    entry=EntryType.SIGNED_OFF,
    todo=Todo.SIGN_RAPID_REVIEW,
    clock=ClockId.K10,
    shows=(
        EntryType.DECISION_PROPOSED,
        EntryType.CRITERIA_ANSWERED,
        EntryType.RECORD_WRITTEN,
    ),
    is_listed=False,
    section=Section.CRITERIA_AND_DECISION,
)
SIGN_TERMS = Act(
    name="sign_terms",
    command=Sign,
    perform=sign_terms,
    permission=Permission.SIGN_OFF,
    doing="sign off the terms of reference",
    stages=frozenset({Stage.COMMISSIONING}),
    entry=EntryType.SIGNED_OFF,
    todo=Todo.SIGN_TERMS,
    shows=(EntryType.TERMS_AGREED,),
    is_listed=False,
    section=Section.TERMS,
)
SIGN_REPORT = Act(
    name="sign_report",
    command=Sign,
    perform=sign_report,
    permission=Permission.SIGN_OFF,
    doing="sign off the report",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.SIGNED_OFF,
    todo=Todo.SIGN_REPORT,
    clock=ClockId.K11,
    shows=(
        EntryType.DRAFT_SUBMITTED,
        EntryType.QUALITY_ASSURED,
    ),
    is_listed=False,
    section=Section.DRAFT_REPORT,
)
SIGN_PUBLICATION = Act(
    name="sign_publication",
    command=Sign,
    perform=sign_publication,
    permission=Permission.SIGN_OFF,
    doing="sign off publication",
    stages=frozenset({Stage.PUBLICATION}),
    entry=EntryType.SIGNED_OFF,
    todo=Todo.SIGN_PUBLICATION,
    clock=ClockId.K12,
    shows=(
        EntryType.PUBLICATION_PLANNED,
        EntryType.PUBLICATION_WITHHELD,
    ),
    is_listed=False,
    section=Section.PUBLICATION,
)
SIGN_PLAN = Act(
    name="sign_plan",
    command=Sign,
    perform=sign_plan,
    permission=Permission.SIGN_OFF,
    doing="sign off the action plan",
    stages=frozenset({Stage.EMBEDDING}),
    entry=EntryType.SIGNED_OFF,
    todo=Todo.SIGN_PLAN,
    shows=(
        EntryType.PLAN_AGREED,
        EntryType.ACTION_UPDATED,
    ),
    is_listed=False,
    section=Section.ACTION_PLAN,
)
_ACTS = {
    SignOffMatter.RAPID_REVIEW: SIGN_RAPID_REVIEW,
    SignOffMatter.TERMS_OF_REFERENCE: SIGN_TERMS,
    SignOffMatter.REPORT: SIGN_REPORT,
    SignOffMatter.PUBLICATION: SIGN_PUBLICATION,
    SignOffMatter.ACTION_PLAN: SIGN_PLAN,
}
_AGREED: dict[SignOffMatter, Callable[[UnitOfWork, Case], None]] = {
    SignOffMatter.RAPID_REVIEW: _decided,
    SignOffMatter.TERMS_OF_REFERENCE: open_review_if_ready,
    SignOffMatter.REPORT: _report_signed,
    SignOffMatter.PUBLICATION: _publication_signed,
    SignOffMatter.ACTION_PLAN: _plan_signed,
}
_DISAGREED: dict[SignOffMatter, Callable[[UnitOfWork, Case], None]] = {
    SignOffMatter.RAPID_REVIEW: _again(Todo.PROPOSE_DECISION),
    SignOffMatter.TERMS_OF_REFERENCE: _again(Todo.AGREE_TERMS),
    SignOffMatter.REPORT: _again(Todo.SUBMIT_DRAFT),
    SignOffMatter.PUBLICATION: _again(Todo.PLAN_PUBLICATION),
    SignOffMatter.ACTION_PLAN: _again(Todo.UPDATE_ACTIONS),
}
