"""The separate duty on the death of a looked-after child or care leaver (NOT-05)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText, Moment, ShortText
from services.casework.effects import (
    close_todos,
    mark_met,
    open_todo,
    order_document,
)
from services.casework.steps.notification.notification_moments import must_be_possible
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.entry_types import THE_REFERRAL, EntryType, Section
from services.domain.errors import RuleBroken, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import BEFORE_REFERRAL, Stage, Step, move
from services.domain.working_days import london_date


class RecordLookedAfterDeath(Command):
    """The notice of a looked-after child's or care leaver's death (NOT-05, K3, K3b)."""

    sent_at: Moment = Field(title="When were the Secretary of State and Ofsted notified?")
    reference: ShortText = Field(title="Reference given by the notification service")
    legal_status: ShortText = Field(
        title="Legal status of the child or care leaver",
        description="For example a care order, or accommodated under section 20; or not known.",
    )
    placement: ShortText = Field(
        title="Placement and its provider",
        description="At the time of the death; of a care leaver where they lived. Or not known.",
    )
    cause: LongText = Field(
        title="Cause of death", description="As far as it is known now; or not known."
    )


def record_looked_after_death(
    work: UnitOfWork, case_id: CaseId, command: RecordLookedAfterDeath
) -> Case:
    """Record the separate duty on a looked-after child's death; no rapid review by it alone."""
    case = begin(work, case_id, RECORD_LOOKED_AFTER_DEATH, command)
    if not (case.is_looked_after_death or case.is_care_leaver_death):
        raise RuleBroken("This is not the death of a looked-after child or care leaver (NOT-05).")
    if case.stage in BEFORE_REFERRAL:
        raise StepNotOpen("Refer what was logged first: the notice tells of the child referred.")
    if case.looked_after_notified_at is not None:
        raise RuleBroken("This death has been notified already; the first record stands.")
    must_be_possible(work, case, "sent_at", command.sent_at)
    case.looked_after_notified_at = command.sent_at
    if case.stage is Stage.REFERRED and not case.suspects_abuse_of_child:
        case.stage = move(case.stage, Stage.LOOKED_AFTER_DEATH)
        open_todo(work, case, Todo.CLOSE_OR_REOPEN)
    entry = record_entry(work, case, RECORD_LOOKED_AFTER_DEATH, command)
    close_todos(work, case, Todo.RECORD_LOOKED_AFTER_DEATH)
    mark_met(work, case, ClockId.K3, ClockId.K3B, on=london_date(command.sent_at))
    order_document(work, entry, Step.NOTIFY, DocumentKind.DEATH_IN_CARE_RECORD)
    return case


RECORD_LOOKED_AFTER_DEATH = Act(
    name="record_looked_after_death",
    command=RecordLookedAfterDeath,
    perform=record_looked_after_death,
    permission=Permission.DECIDE_TO_NOTIFY,
    doing="record the notice of a death",
    stages=frozenset(Stage),
    entry=EntryType.LOOKED_AFTER_DEATH_RECORDED,
    todo=Todo.RECORD_LOOKED_AFTER_DEATH,
    clock=ClockId.K3,
    is_listed=False,
    shows=THE_REFERRAL,
    section=Section.FACTS_AND_FAMILY,
    holds_family_data=True,
    is_submission=True,
)
