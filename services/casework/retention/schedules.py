"""A partnership's retention schedule: one person proposes the years, another adopts them.

The years are local policy, and no law: no national period was found (rules.md 5C).
"""

from uuid import UUID

from pydantic import Field

from services.casework.audit import note_retention
from services.casework.commands import Command, LongText, ShortText, YesNo
from services.casework.form_keys import new_id
from services.casework.retention.clock import count_retention
from services.casework.retention.records import KeptRecord, schedule_now
from services.casework.second_person import (
    answered_before,
    must_be_another,
    must_say_why_not,
)
from services.database.partnerships import lock_partnership
from services.database.retention import RetentionAnswer, RetentionProposal, get_proposal
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import RetentionEvent, salted_digest
from services.domain.errors import NotFound, RuleBroken
from services.domain.retention import LEAVING, LONGEST, RetentionMatter, Years
from services.domain.roles import Permission


class ProposeSchedule(Command):
    """For how many years after its closure the record of each class is kept."""

    not_reviewed: int = Field(
        title="Years, for a case closed without a rapid review", ge=1, le=LONGEST
    )
    rapid_review: int = Field(
        title="Years, for a rapid review without a local review", ge=1, le=LONGEST
    )
    local_review: int = Field(
        title="Years, for a local child safeguarding practice review", ge=1, le=LONGEST
    )
    reasons: LongText = Field(
        title="On what basis?",
        description="For example the host council's schedule, and why so long is needed. "
        "No national period is set: these years are your own policy.",
    )
    agreed: ShortText = Field(title="Who agreed it, and when?")


class ProposeLeaving(Command):
    """That the partnership leaves Keyline, and where its records are kept from then on."""

    reasons: LongText = Field(
        title="Why does it leave, and who keeps its records from then on?",
        description="For example which authority takes over the export, and under which schedule.",
    )
    agreed: ShortText = Field(title="Who agreed it, and when?")


class AnswerSchedule(Command):
    """What a second person says of a proposed schedule."""

    is_approved: YesNo = Field(
        title="Is the schedule adopted?",
        description="It then holds for every closed case, also for those closed before.",
    )
    reasons: ShortText | None = Field(default=None, title="Why not, if it is not?")


def propose_schedule(work: UnitOfWork, command: ProposeSchedule) -> UUID:
    """Put a schedule to a second person; return its id."""
    work.actor.must(Permission.PROPOSE_RETENTION)
    lock_partnership(work.session)
    given = command.model_dump(include={"not_reviewed", "rapid_review", "local_review"})
    return _propose(work, Years(**given), command)


def propose_leaving(work: UnitOfWork, command: ProposeLeaving) -> UUID:
    """Put to a second person that the partnership leaves, as a schedule that keeps nothing.

    Once it is adopted, every closed record comes up at once, and a platform administrator may
    export and dispose (`administration/offboarding.py`). Cases are opened all the same: an incident
    does not wait. A schedule with years that is adopted later takes it back.
    """
    work.actor.must(Permission.PROPOSE_RETENTION)
    lock_partnership(work.session)
    return _propose(work, LEAVING, command)


def _propose(work: UnitOfWork, years: Years, command: ProposeSchedule | ProposeLeaving) -> UUID:
    now = schedule_now(work)
    if now.under is not None and now.years == years:
        raise RuleBroken("This is the schedule in force: nothing would change.")
    row = RetentionProposal(
        tenant_id=work.actor.partnership_id,
        id=new_id(work, RetentionProposal),
        matter=RetentionMatter.SCHEDULE,
        years=years.told,
        reasons=command.reasons,
        agreed=command.agreed,
        proposed_by=work.actor.person_id,
        proposed_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    told = {"object": str(row.id), "digest": salted_digest(str(row.id), years.told)}
    note_retention(work, RetentionEvent.SCHEDULE_PROPOSED, told)
    return row.id


def answer_schedule(work: UnitOfWork, proposal_id: UUID, command: AnswerSchedule) -> None:
    """Adopt a proposed schedule, or refuse it; another person answers than proposed."""
    work.actor.must(Permission.DECIDE_RETENTION)
    lock_partnership(work.session)
    proposal = waiting_proposal(work, proposal_id, RetentionMatter.SCHEDULE)
    must_say_why_not(is_approved=command.is_approved, reasons=command.reasons)
    add_answer(work, proposal, is_approved=command.is_approved, reasons=command.reasons or "")
    event = (
        RetentionEvent.SCHEDULE_ADOPTED if command.is_approved else RetentionEvent.SCHEDULE_REFUSED
    )
    note_retention(work, event, {"object": str(proposal.id)})
    if command.is_approved:
        count_retention(work)


def proposal_of_record(
    work: UnitOfWork, record: KeptRecord, matter: RetentionMatter, reasons: str
) -> RetentionProposal:
    """Return the proposal of the actor for one record, by the schedule of today; it is not added.

    The matter is that the record is kept longer, or that it is disposed of.
    """
    return RetentionProposal(
        tenant_id=work.actor.partnership_id,
        id=new_id(work, RetentionProposal),
        matter=matter,
        case_id=record.case_id,
        record_class=record.record_class,
        under=schedule_now(work).under,
        reasons=reasons,
        proposed_by=work.actor.person_id,
        proposed_at=work.now,
    )


def waiting_proposal(
    work: UnitOfWork, proposal_id: UUID, matter: RetentionMatter
) -> RetentionProposal:
    """Return the proposal that waits for a second person, who must be the actor."""
    proposal, answer = get_proposal(work.session, proposal_id)
    if proposal.matter is not matter:
        raise NotFound("There is no such proposal.")
    if answer is not None:
        by, at, is_yes = answer.answered_by, answer.answered_at, answer.is_approved
        raise answered_before(work, "This proposal", by, at, is_approved=is_yes)
    must_be_another(work, proposal.proposed_by, does="answers")
    return proposal


def add_answer(
    work: UnitOfWork, proposal: RetentionProposal, *, is_approved: bool, reasons: str
) -> None:
    """Add what the actor says of another person's proposal."""
    work.session.add(
        RetentionAnswer(
            tenant_id=work.actor.partnership_id,
            proposal_id=proposal.id,
            case_id=proposal.case_id,
            proposed_by=proposal.proposed_by,
            is_approved=is_approved,
            reasons=reasons,
            answered_by=work.actor.person_id,
            answered_at=work.now,
        )
    )
    work.session.flush()
