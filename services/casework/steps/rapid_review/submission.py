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
from services.casework.steps.dispatches.dispatch_choice import (
    evidence_of,
    must_be_proven,
)
from services.casework.steps.dispatches.dispatch_said import HowSent, sent_by_hand
from services.casework.steps.dispatches.known_addresses import must_be_known
from services.casework.steps.rapid_review.submission_conditions import papers_to_send
from services.casework.steps.rapid_review.submitted import go_on_to_panel
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, move


class Submit(Command):
    """The record and the covering letter, as you have sent them to the Panel (RR-34, RR-49).

    Download both as one package under “What was sent” first, and send it by your own secure way.
    Where the Panel is to collect them instead, send the address from there.
    """

    submitted_at: Moment = Field(title="When was it sent to the Panel?")
    means: ShortText = Field(
        title="By which way?", description="For example secure email, or the Panel's portal."
    )
    address: ShortText = Field(
        title="To which address?", description="One that is known for the Panel."
    )
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
    waiting = papers_to_send(work, case, command.submitted_at, command.late_reason)
    sent_on = waiting.on
    must_be_known(work, waiting.papers.recipient, command.address, sent_on)
    must_be_proven(command.reference, command.evidence)
    evidence = evidence_of(work, case, command.evidence)
    case.stage = move(case.stage, Stage.WITH_PANEL)
    answers = command.model_dump(exclude={"evidence", "once"})
    kept = Submitted(**answers, evidence=evidence.shown_title if evidence else None)
    entry = record_entry_as(work, case, SUBMIT, command, Entered(kept=kept))
    sent_by_hand(work, case, waiting.papers, _how(command, sent_on))
    case.submitted_at = command.submitted_at
    work.session.add(case)
    go_on_to_panel(work, case, entry)
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


def _how(command: Submit, sent_on: date) -> HowSent:
    return HowSent(
        on=sent_on,
        means=command.means,
        address=command.address,
        reference=command.reference,
        evidence=command.evidence,
    )
