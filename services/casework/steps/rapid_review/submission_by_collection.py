"""The submission of the rapid review to the Panel by collection (G5): an act of its own (P7)."""

from datetime import date

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, LongText, YesNo
from services.casework.steps.dispatches.collected import must_be_collectable, send_for_collection
from services.casework.steps.dispatches.dispatch_choice import (
    OPENED_HERE,
    READ_FIRST,
    READ_TO_END,
    must_have_been_read,
)
from services.casework.steps.rapid_review.submission_conditions import papers_to_send
from services.casework.steps.rapid_review.submitted import go_on_to_panel
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage, move


class SubmitByCollection(Command):
    """The record and the covering letter, for the Panel to collect here (RR-34, RR-49).

    The address goes to the Panel's mailbox by email; give the code by telephone. It counts as
    submitted on the day of sending, and only once the Panel has opened both.
    """

    read_to_end: YesNo = Field(title=READ_TO_END, description=OPENED_HERE)
    late_reason: LongText | None = Field(default=None, title="If it is late, why?")


class SubmittedByCollection(SubmitByCollection):
    """What is kept of it: the day as well, and by which bytes the documents were read."""

    sent_on: date = Field(title="When was the address sent?")
    sha256: tuple[str, ...] = Field(title="SHA-256 of the bytes that were read")


def submit_by_collection(work: UnitOfWork, case_id: CaseId, command: SubmitByCollection) -> Case:
    """Have the Panel collect the signed rapid review; K8 and K10 stay open until it has (P7).

    In a joint review the others are told, and their own K10 is met, once the Panel has opened
    both papers.
    """
    case = begin(work, case_id, SUBMIT_BY_COLLECTION, command)
    waiting = papers_to_send(work, case, work.now, command.late_reason).papers
    must_be_collectable(work, case, waiting)
    read = must_have_been_read(
        work, case, waiting, is_read=command.read_to_end, otherwise=READ_FIRST
    )
    case.stage = move(case.stage, Stage.WITH_PANEL)
    answers = command.model_dump(exclude={"once"})
    kept = SubmittedByCollection(**answers, sent_on=work.today, sha256=read)
    entry = record_entry_as(work, case, SUBMIT_BY_COLLECTION, command, Entered(kept=kept))
    send_for_collection(work, case, waiting)
    go_on_to_panel(work, case, entry)
    return case


SUBMIT_BY_COLLECTION = Act(
    name="submit_by_collection",
    command=SubmitByCollection,
    perform=submit_by_collection,
    permission=Permission.SUBMIT_TO_PANEL,
    doing="submit the rapid review",
    stages=frozenset({Stage.RAPID_REVIEW}),
    entry=EntryType.RAPID_REVIEW_SENT_FOR_COLLECTION,
    kept=SubmittedByCollection,
    clock=ClockId.K10,
    shows=(EntryType.DECISION_PROPOSED,),
    is_listed=False,
    section=Section.CRITERIA_AND_DECISION,
    is_submission=True,
    is_joint=True,
)
