"""Publication by several: who publishes is asked by the lead, and the lead is told what each did.

Acts of Keyline itself, on our own rows, once the other side's act is kept.
"""

from datetime import date
from typing import Final
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, latest_command, record_entry_as
from services.casework.commands import Command, part_of
from services.casework.effects import close_todos, compute_due_date, open_todo, place_order
from services.casework.joint.arrival import begin_arrival
from services.casework.joint.matters import as_member, bearer_of
from services.casework.joint.orders import DeliverPublishing
from services.casework.steps.publishers import (
    go_on_when_all_published,
    go_on_when_all_sent,
    subject_of,
)
from services.casework.steps.sign_off_rounds import round_of
from services.database.cases import Case, get_case
from services.database.history import all_of, last_entry
from services.database.joint_reviews import membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import RuleBroken
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import Published
from services.domain.labels import label
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step

_MATTER: Final = SignOffMatter.PUBLICATION.value
TO_PUBLISH: Final = (Todo.PRE_SEND, Todo.PUBLISH, Todo.PUBLISH_IMPROVEMENTS)


class PublicationAsked(Command):
    """What every party agreed to publish, and how far the publishers have come."""

    partnership: str = Field(title="Which partnership leads?")
    round: int = Field(title="In which round was it signed?")
    publishes: bool = Field(title="Is the report published, and not improvements instead of it?")
    publish_on: date = Field(title="On which day?")
    reviewer: str = Field(title="Who is the lead reviewer?")
    all_sent: bool = Field(title="Has every publisher sent the text to the three bodies?")


class PublishingReceived(Command):
    """What another publisher did at its own address."""

    partnership: str = Field(title="Which partnership?")
    what: Published = Field(title="What did it do?")
    on: date = Field(title="When?")
    address: str = Field(default="", title="At which web address?")


class ReceivePublishing(PublishingReceived):
    """A publisher's own record, by whose it is and the round that it is of."""

    partnership_id: UUID
    round: int


def ask_to_publish(work: UnitOfWork, case_id: CaseId, command: PublicationAsked) -> Case:
    """Ask our manager to send the text ahead; once every publisher has, to publish it (K12)."""
    subject = f"{command.round}:{command.all_sent}"
    case, is_known = begin_arrival(work, case_id, ASK_TO_PUBLISH, subject)
    if is_known:
        return case
    record_entry_as(work, case, ASK_TO_PUBLISH, command, Entered(subject=subject))
    close_todos(work, case, *TO_PUBLISH)
    if command.all_sent:
        todo = Todo.PUBLISH if command.publishes else Todo.PUBLISH_IMPROVEMENTS
        open_todo(work, case, todo, last_day=command.publish_on)
        return case
    case.publish_on, case.publishes = command.publish_on, command.publishes
    case.presented_on = None
    work.session.add(case)
    limit = compute_due_date(work, case, ClockId.K12, publication=command.publish_on)
    open_todo(work, case, Todo.PRE_SEND, last_day=limit.due)
    return case


ASK_TO_PUBLISH = Act(
    name="ask_to_publish",
    command=PublicationAsked,
    perform=ask_to_publish,
    permission=Permission.CARRY_CASES,
    doing="ask to publish",
    stages=frozenset(Stage),
    entry=EntryType.PUBLICATION_ASKED,
    is_listed=False,
    section=Section.INTERNAL,
)


def receive_publishing(work: UnitOfWork, case_id: CaseId, command: ReceivePublishing) -> Case:
    """Keep what another publisher did; the clocks are met when the last of them has done it."""
    subject = subject_of(command.partnership_id, command.round)
    entry_type = _ENTRIES[command.what]
    work.actor.must(RECEIVE_PUBLISHING.permission)
    case = get_case(work.session, case_id, for_change=True)
    if last_entry(work.session, case.id, entry_type, subject) is not None:
        return case
    kept = part_of(command, PublishingReceived)
    entered = Entered(subject=subject, entry_type=entry_type, kept=kept)
    record_entry_as(work, case, RECEIVE_PUBLISHING, command, entered)
    if command.round == round_of(work, case, SignOffMatter.PUBLICATION):
        if command.what is Published.SENT:
            go_on_when_all_sent(work, case)
        else:
            go_on_when_all_published(work, case)
    return case


RECEIVE_PUBLISHING = Act(
    name="receive_publishing",
    command=ReceivePublishing,
    perform=receive_publishing,
    permission=Permission.CARRY_CASES,
    doing="receive what another publisher did",
    stages=frozenset(Stage),
    entry=EntryType.PUBLISHER_SENT,
    other_entry=EntryType.PUBLISHER_PUBLISHED,
    kept=PublishingReceived,
    is_listed=False,
    section=Section.PUBLICATION,
)
_ENTRIES = {
    Published.SENT: EntryType.PUBLISHER_SENT,
    Published.PUBLISHED: EntryType.PUBLISHER_PUBLISHED,
}


def is_beside_lead(work: UnitOfWork, case: Case) -> bool:
    """Tell whether another partnership's case carries publication, and ours is only beside it."""
    return not bearer_of(work, case, SignOffMatter.PUBLICATION).is_own(case)


def asked_to_publish(work: UnitOfWork, case: Case, *, all_sent: bool = False) -> PublicationAsked:
    """Return what we are asked to publish; refuse what is not agreed, and a lower part (GOV-11)."""
    part = membership_of(work.session, case.id)
    if part is None or not as_member(part).publishes:
        told = "" if part is None else f": it is {label(part.part).partition(':')[0]}"
        raise RuleBroken(f"Your partnership does not publish in this joint review{told}.")
    asked = latest_command(
        work, case, EntryType.PUBLICATION_ASKED, PublicationAsked, f"{_put(work, case)}:{all_sent}"
    )
    if asked is None and all_sent:
        raise RuleBroken(
            "Every publisher sends the text to the three bodies before it is published (PUB-26, "
            "K12): another one has yet to do so."
        )
    if asked is None:
        raise RuleBroken("The partners of all publishers approve the plan before it is sent (G10).")
    return asked


def tell_lead(work: UnitOfWork, case: Case, what: Published, on: date, address: str = "") -> None:
    """Have the case that leads told of our own sending, or publication."""
    bearer = bearer_of(work, case, SignOffMatter.PUBLICATION)
    assert bearer.joint_review_id is not None  # noqa: S101 - another's case is of a joint review
    order = DeliverPublishing(
        partnership_id=bearer.tenant_id,
        joint_review_id=bearer.joint_review_id,
        round=_put(work, case),
        what=what,
        on=on,
        address=address,
    )
    place_order(work, CaseId(case.id), Step.PUBLISH, order)


def _put(work: UnitOfWork, case: Case) -> int:
    """Return the newest round of publication that we know of, shown or asked for."""
    rounds: list[int] = [round_of(work, case, SignOffMatter.PUBLICATION)]
    for kind in (EntryType.SIGNATURES_ASKED, EntryType.PUBLICATION_ASKED):
        said = [one.command for one in all_of(work.session, case.id, kind)]
        rounds += [one["round"] for one in said if one.get("matter", _MATTER) == _MATTER]
    return max(rounds)
