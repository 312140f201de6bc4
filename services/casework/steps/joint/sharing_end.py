"""Sharing ends when one person of the side that shares says so, from the next question on."""

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.audit import chain_of
from services.casework.commands import Command, GrantChoice, LongText
from services.casework.effects import EmailContext, close_todos, enqueue_email, place_order
from services.casework.joint.orders import TellSharingEnded
from services.casework.steps.joint.sharing import GrantKept, grant_kept, live_grants, named_grant
from services.database.cases import Case
from services.database.joint_reviews import waiting_grants
from services.database.shown import end_grant
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


class EndSharing(Command):
    """What is ended is no longer read from the next page on; what was filed stays where it is."""

    grant: GrantChoice = Field(title="Which sharing?")
    reasons: LongText = Field(title="Why does it end?")


def end_sharing(work: UnitOfWork, case_id: CaseId, command: EndSharing) -> Case:
    """End what is shared, or withdraw a proposal; the other side is told, and stops seeing it."""
    case = begin(work, case_id, END_SHARING, command)
    grant = named_grant(live_grants(work, case), command.grant)
    kept, was_in_force = grant_kept(work, grant, command.reasons), grant.approved_at is not None
    told = TellSharingEnded(
        grant_id=grant.id,
        joint_review_id=grant.joint_review_id,
        partnership_id=grant.partnership_id,
    )
    also = (chain_of(work, case, grant.partnership_id),) if was_in_force else ()
    record_entry_as(work, case, END_SHARING, command, Entered(kept=kept, also=also))
    end_grant(work.session, command.grant, work.now)
    if not waiting_grants(work.session, case.id):
        close_todos(work, case, Todo.APPROVE_SHARING)
    if was_in_force:
        enqueue_email(work, case, EmailTrigger.SHARING_ENDED, EmailContext(part=str(told.grant_id)))
        place_order(work, case_id, Step.NOTIFY, told)
    return case


END_SHARING = Act(
    name="end_sharing",
    command=EndSharing,
    which="grant",
    perform=end_sharing,
    permission=Permission.END_SHARING,
    doing="end what is shared",
    stages=frozenset(Stage),
    entry=EntryType.SHARING_ENDED,
    kept=GrantKept,
    section=Section.INTERNAL,
)
