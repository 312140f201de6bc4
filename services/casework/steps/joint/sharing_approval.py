"""A second person lets what was proposed come into force; an invitation is sent by it."""

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.audit import chain_of
from services.casework.commands import Command, GrantChoice, LongText
from services.casework.effects import close_todos, place_order
from services.casework.joint.orders import OpenInvitation
from services.casework.steps.joint.sharing import GrantKept, grant_kept, named_grant
from services.casework.steps.rounds.sign_off_rounds import ask_again
from services.database.cases import Case
from services.database.joint_reviews import invitations_of, waiting_grants
from services.database.shown import approve_grant
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


class ApproveSharing(Command):
    """The second person reads what is proposed, and lets it come into force."""

    grant: GrantChoice = Field(title="Which sharing?")
    reasons: LongText = Field(title="Why is it right to share this?")


def approve_sharing(work: UnitOfWork, case_id: CaseId, command: ApproveSharing) -> Case:
    """Let what another person proposed come into force (reliability 3.1: two people share)."""
    case = begin(work, case_id, APPROVE_SHARING, command)
    grant = named_grant(waiting_grants(work.session, case.id), command.grant)
    if grant.granted_by == work.actor.person_id:
        raise RuleBroken("A second person approves it: you proposed this sharing yourself.")
    kept = grant_kept(work, grant, command.reasons)
    other = chain_of(work, case, grant.partnership_id)
    record_entry_as(work, case, APPROVE_SHARING, command, Entered(kept=kept, also=(other,)))
    if not approve_grant(work.session, grant.id, work.now):
        raise AnswerRefused("grant", "This sharing no longer waits for anyone.")
    if not waiting_grants(work.session, case.id):
        close_todos(work, case, Todo.APPROVE_SHARING)
    ask_again(work, case, command.grant)
    for sent in invitations_of(work.session, case.id):
        if sent.grant_id == command.grant:
            order = OpenInvitation(invitation_id=sent.id, partnership_id=sent.partnership_id)
            place_order(work, case_id, Step.NOTIFY, order)
    return case


APPROVE_SHARING = Act(
    name="approve_sharing",
    command=ApproveSharing,
    which="grant",
    perform=approve_sharing,
    permission=Permission.APPROVE_SHARING,
    doing="approve what is shared",
    stages=frozenset(Stage),
    entry=EntryType.SHARING_APPROVED,
    kept=GrantKept,
    todo=Todo.APPROVE_SHARING,
    shows=(EntryType.PARTNERSHIP_INVITED, EntryType.SHARING_PROPOSED),
    is_listed=False,
    section=Section.INTERNAL,
)
