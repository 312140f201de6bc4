"""The submission of the rapid review to the Panel (G5)."""

from datetime import date, datetime

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import (
    Command,
    KeptFileChoice,
    LongText,
    Moment,
    ShortText,
)
from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    last_day,
    mark_met,
    open_todo,
    tell_commissioning,
)
from services.casework.joint.notifications import tell_submitted
from services.casework.joint.standing_aside import meet_covered
from services.casework.steps.dispatch_choice import (
    evidence_of,
    must_be_possible_day,
    must_be_proven,
)
from services.casework.steps.dispatched import HowSent, sent_by_hand
from services.casework.steps.sign_off_rounds import all_agree
from services.database.cases import Case
from services.database.dispatches import Dispatch, dispatches
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.dispatches import DispatchState
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage, move
from services.domain.working_days import london_date


class Submit(Command):
    """The record and the covering letter, as you have sent them to the Panel (RR-34, RR-49).

    Download both as one package under “What was sent” first, and send it by your own secure way.
    """

    submitted_at: Moment = Field(title="When was it sent to the Panel?")
    means: ShortText = Field(
        title="By which way?", description="For example secure email, or the Panel's portal."
    )
    address: ShortText = Field(title="To which address?")
    reference: ShortText | None = Field(
        default=None, title="Under which reference?", description="Or keep the sent item as a file."
    )
    evidence: KeptFileChoice | None = Field(
        default=None,
        title="Which file shows that it was sent?",
        description="Add the sent item under Documents first.",
    )
    late_reason: LongText | None = Field(default=None, title="If it was late, why?")


class Submitted(Command):
    """What is kept of it: the kept file by its title, since an id tells a reader nothing."""

    submitted_at: datetime = Field(title="When was it sent to the Panel?")
    means: str = Field(title="By which way?")
    address: str = Field(title="To which address?")
    reference: str | None = Field(title="Under which reference?")
    evidence: str | None = Field(title="Which file shows that it was sent?")
    late_reason: str | None = Field(title="If it was late, why?")


def submit(work: UnitOfWork, case_id: CaseId, command: Submit) -> Case:
    """Record that the signed rapid review went to the Panel (G5); also when criteria lapsed."""
    case = begin(work, case_id, SUBMIT, command)
    if not all_agree(work, case, SignOffMatter.RAPID_REVIEW):
        raise RuleBroken("All three partners sign the rapid review before it is sent (RR-30, G4).")
    waiting = _papers(work, case)
    sent_on = london_date(command.submitted_at)
    _check_time(work, case, command)
    must_be_proven(command.reference, command.evidence)
    evidence = evidence_of(work, case, command.evidence)
    must_be_possible_day(work, case, waiting, sent_on, "submitted_at")
    case.submitted_at = command.submitted_at
    case.stage = move(case.stage, Stage.WITH_PANEL)
    answers = command.model_dump(exclude={"evidence", "once"})
    kept = Submitted(**answers, evidence=evidence.shown_title if evidence else None)
    entry = record_entry_as(work, case, SUBMIT, command, Entered(kept=kept))
    # Attendees, agencies and the chair are written to now, whenever the Panel was.
    mark_met(work, case, ClockId.K8, ClockId.K9)
    sent_by_hand(work, case, waiting, _how(command, sent_on))
    meet_covered(work, case, on=sent_on)
    close_todos(work, case, Todo.SUBMIT)
    tell_submitted(work, case)
    open_todo(work, case, Todo.RECORD_PANEL_ANSWER)
    for event in (
        EmailTrigger.RAPID_REVIEW_SUBMITTED,
        EmailTrigger.OUTCOME_TOLD,
        EmailTrigger.CHAIR_TOLD,
    ):
        enqueue_email(work, case, event, EmailContext(part=str(case.decision_round)))
    tell_commissioning(work, case, entry)
    return case


SUBMIT = Act(
    name="submit",
    command=Submit,
    perform=submit,
    permission=Permission.SUBMIT_TO_PANEL,
    doing="submit the rapid review",
    stages=frozenset({Stage.RAPID_REVIEW}),
    entry=EntryType.RAPID_REVIEW_SUBMITTED,
    kept=Submitted,
    todo=Todo.SUBMIT,
    clock=ClockId.K10,
    shows=(EntryType.DECISION_PROPOSED,),
    section=Section.CRITERIA_AND_DECISION,
    is_submission=True,
    is_joint=True,
)


def _papers(work: UnitOfWork, case: Case) -> Dispatch:
    """Return the record and the letter as they wait to be sent: both exist before they are."""
    found = [one for one in dispatches(work.session, case.id) if one.awaits_submission]
    ready = [one for one in found if one.state is DispatchState.TO_SEND]
    if not ready:
        raise RuleBroken(
            "The record and the covering letter are still being made. They are sent once they "
            "stand under “What was sent”."
        )
    return ready[-1]


def _check_time(work: UnitOfWork, case: Case, command: Submit) -> None:
    sent_on = london_date(command.submitted_at)
    if command.submitted_at > work.now:
        raise AnswerRefused("submitted_at", "Enter a time that is not in the future.")
    if case.decided_on and sent_on < case.decided_on:
        raise AnswerRefused("submitted_at", "This cannot be before the partners signed it.")
    limit = last_day(work, case, ClockId.K10)
    if limit and sent_on > limit and not command.late_reason:
        raise AnswerRefused("late_reason", "Enter why it was late: it was due earlier (RR-34).")


def _how(command: Submit, sent_on: date) -> HowSent:
    return HowSent(
        on=sent_on,
        means=command.means,
        address=command.address,
        reference=command.reference,
        evidence=command.evidence,
    )
