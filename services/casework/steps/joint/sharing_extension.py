"""What another partnership shows us ends soon: we ask for longer, and it hears of that (RR-29).

To extend is its own act, again by two people; to ask changes nothing of what is shown.
"""

from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, GrantChoice, LongText, part_of
from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    open_todo,
    place_order,
)
from services.casework.joint.arrival import begin_arrival
from services.casework.joint.orders import TellExtensionAsked
from services.casework.steps.joint.sharing import GrantKept, named_grant
from services.database.cases import Case
from services.database.joint_reviews import CaseGrant, membership_of
from services.database.shown import approved_grants, grant_shown, known_partnerships
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import last_day_before
from services.domain.roles import Permission, Role
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


class AskForExtension(Command):
    """What is shown to us ends with its last day; two people over there extend it."""

    grant: GrantChoice = Field(title="Which sharing?")
    reasons: LongText = Field(title="Why do you need to see it for longer?")


class ExtensionAsked(Command):
    """That another partnership needs to see our case for longer."""

    partnership: str = Field(title="Which partnership asks?")
    reasons: str = Field(title="Why?")


class NoteExtensionAsked(ExtensionAsked):
    """A request for longer, by the grant and by the id of its entry."""

    grant_id: UUID
    entry_id: UUID


def ask_for_extension(work: UnitOfWork, case_id: CaseId, command: AskForExtension) -> Case:
    """Ask the partnership that shows us its case to show it for longer."""
    case = begin(work, case_id, ASK_FOR_EXTENSION, command)
    grant = named_grant(grants_to_us(work, case), command.grant)
    kept = GrantKept(
        partnership=known_partnerships(work.session)[grant.tenant_id],
        sections=tuple(Section(one) for one in grant.sections),
        ends_on=last_day_before(grant.until_at),
        reasons=command.reasons,
    )
    entry = record_entry_as(work, case, ASK_FOR_EXTENSION, command, Entered(kept=kept))
    close_todos(work, case, Todo.ASK_FOR_EXTENSION, subject=str(grant.id))
    order = TellExtensionAsked(grant_id=grant.id, partnership_id=grant.tenant_id, entry_id=entry.id)
    place_order(work, case_id, Step.NOTIFY, order)
    return case


ASK_FOR_EXTENSION = Act(
    name="ask_for_extension",
    command=AskForExtension,
    which="grant",
    perform=ask_for_extension,
    permission=Permission.SHARE_CASE,
    doing="ask for longer sharing",
    stages=frozenset(Stage),
    entry=EntryType.EXTENSION_ASKED,
    kept=GrantKept,
    todo=Todo.ASK_FOR_EXTENSION,
    is_listed=False,
    section=Section.INTERNAL,
)


def grants_to_us(work: UnitOfWork, case: Case) -> list[CaseGrant]:
    """Return what other partnerships show us in the case's joint review now."""
    membership = membership_of(work.session, case.id)
    if membership is None:
        return []
    return [
        one
        for one in approved_grants(work.session, after=work.now)
        if one.joint_review_id == membership.joint_review_id and one.tenant_id != case.tenant_id
    ]


def note_extension_asked(work: UnitOfWork, case_id: CaseId, command: NoteExtensionAsked) -> Case:
    """Keep that another partnership asks for longer, and have our manager look at it."""
    subject = str(command.entry_id)
    case, is_known = begin_arrival(work, case_id, NOTE_EXTENSION_ASKED, subject)
    if is_known:
        return case
    entered = Entered(subject=subject, kept=part_of(command, ExtensionAsked))
    record_entry_as(work, case, NOTE_EXTENSION_ASKED, command, entered)
    last_day = last_day_before(grant_shown(work.session, command.grant_id).until_at)
    open_todo(work, case, Todo.EXTEND_SHARING, last_day=last_day, subject=str(command.grant_id))
    about = EmailContext(
        matter=EmailMatter.EXTEND_SHARING,
        due=last_day,
        todo=Todo.EXTEND_SHARING,
        role=Role.BUSINESS_MANAGER,
        part=f"{command.grant_id}:asked:{subject}",
    )
    enqueue_email(work, case, EmailTrigger.DEADLINE_NEAR, about)
    return case


NOTE_EXTENSION_ASKED = Act(
    name="note_extension_asked",
    command=NoteExtensionAsked,
    perform=note_extension_asked,
    permission=Permission.CARRY_CASES,
    doing="note that longer sharing is asked for",
    stages=frozenset(Stage),
    entry=EntryType.EXTENSION_ASKED_OF_US,
    kept=ExtensionAsked,
    is_listed=False,
    section=Section.INTERNAL,
)
