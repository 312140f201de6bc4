"""A record that comes up: it is kept longer, or its disposal is proposed and decided by another."""

from typing import Final
from uuid import UUID, uuid4

from pydantic import Field

from services.casework.audit import note_retention
from services.casework.commands import Command, Day, LongText, ShortText, YesNo
from services.casework.retention.clock import count_retention
from services.casework.retention.records import KeptRecord, record_of
from services.casework.retention.schedules import add_answer, proposal_of_record, waiting_proposal
from services.casework.second_person import must_say_why_not
from services.database.cases import get_case
from services.database.disposals import Disposal, dispose, get_disposal
from services.database.partnerships import lock_partnership
from services.database.retention import RetentionProposal
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import RetentionEvent
from services.domain.errors import AnswerRefused, NotFound, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.plain_dates import day_month_year
from services.domain.retention import RetentionMatter
from services.domain.roles import Permission

HELD: Final = (
    "The record is held: it may not be disposed of until every hold is released, and every request "
    "for information that may concern it is answered or closed."
)
# What the database says where it did not delete.
REFUSED: Final = {
    "held": HELD,
    "open": "The case is not closed: its record is not disposed of.",
    "joint": "The case was reviewed jointly, and a case of another partnership in that review is "
    "open still: the record is not disposed of before.",
    "another": "Another person decides it.",
    "answered": "This proposal has been answered already. The first answer stands.",
}


class KeepLonger(Command):
    """That a record is kept longer than its schedule says, and why."""

    review_on: Day = Field(title="On which day does it come up again?")
    reasons: LongText = Field(
        title="Why is it kept longer?", description="It stays with the record. Do not name a child."
    )


class ProposeDisposal(Command):
    """That a record is disposed of, and why nothing speaks for keeping it."""

    reasons: LongText = Field(
        title="Why is it no longer needed?",
        description="For example that no proceedings, inquiry or request concern it. These words "
        "go with the record. Do not name a child.",
    )


class AnswerDisposal(Command):
    """What a second person says of a proposed disposal."""

    is_approved: YesNo = Field(
        title="Is the record disposed of?",
        description="If yes, all that is stored of the case is deleted when you send this form, "
        "and nobody can bring it back. The certificate says that it was done, and by whom.",
    )
    reasons: ShortText | None = Field(default=None, title="Why not, if it is not?")


def keep_longer(work: UnitOfWork, case_id: UUID, command: KeepLonger) -> None:
    """Keep the record of a closed case until a later day than it would come up on."""
    record = _begin(work, case_id)
    if command.review_on <= max(record.review_on, work.today):
        until = day_month_year(max(record.review_on, work.today))
        raise AnswerRefused("review_on", f"It is kept until {until} anyhow: enter a later day.")
    row = proposal_of_record(work, record, RetentionMatter.KEEP, command.reasons)
    row.review_on = command.review_on
    _keep(work, row, RetentionEvent.KEPT_LONGER)
    count_retention(work)


def propose_disposal(work: UnitOfWork, case_id: UUID, command: ProposeDisposal) -> UUID:
    """Propose that a record which has come up is disposed of; return the proposal's id."""
    record = _begin(work, case_id)
    if record.review_on > work.today:
        raise RuleBroken(f"It comes up for review on {day_month_year(record.review_on)} only.")
    row = proposal_of_record(work, record, RetentionMatter.DISPOSE, command.reasons)
    _keep(work, row, RetentionEvent.DISPOSAL_PROPOSED)
    return row.id


def answer_disposal(
    work: UnitOfWork, proposal_id: UUID, command: AnswerDisposal
) -> Disposal | None:
    """Dispose of the record at once, or refuse it; another person decides than proposed.

    Raises RuleBroken where something holds the record: the deleting statements ask themselves.
    """
    work.actor.must(Permission.DECIDE_RETENTION)
    proposal = waiting_proposal(work, proposal_id, RetentionMatter.DISPOSE)
    if proposal.case_id is None:
        raise NotFound("There is no such proposal.")
    must_say_why_not(is_approved=command.is_approved, reasons=command.reasons)
    # The case is locked as by every act: none goes on while its record is deleted.
    get_case(work.session, CaseId(proposal.case_id), for_change=True)
    if command.is_approved:
        return _dispose(work, proposal)
    add_answer(work, proposal, is_approved=False, reasons=command.reasons or "")
    told = {"object": str(proposal.id), "case": str(proposal.case_id)}
    note_retention(work, RetentionEvent.DISPOSAL_REFUSED, told)
    return None


def _dispose(work: UnitOfWork, proposal: RetentionProposal) -> Disposal:
    case_id, ledger_id = proposal.case_id, uuid4()
    said = dispose(work.session, proposal.id, ledger_id, work.now)
    if said != "done":
        raise RuleBroken(REFUSED.get(said, "There is no such proposal."))
    disposal = get_disposal(work.session, ledger_id)
    told = {"object": str(disposal.id), "case": str(case_id), "digest": disposal.digest}
    note_retention(work, RetentionEvent.CASE_DISPOSED, told)
    return disposal


def _begin(work: UnitOfWork, case_id: UUID) -> KeptRecord:
    """Return the record, while nobody else decides on it; refuse it while a proposal waits."""
    work.actor.must(Permission.PROPOSE_RETENTION)
    lock_partnership(work.session)
    record = record_of(work, case_id)
    if record.proposal is not None:
        raise RuleBroken("Its disposal is proposed: a second person decides that first.")
    return record


def _keep(work: UnitOfWork, row: RetentionProposal, event: RetentionEvent) -> None:
    work.session.add(row)
    work.session.flush()
    note_retention(work, event, {"object": str(row.id), "case": str(row.case_id)})
