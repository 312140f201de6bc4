"""Publication by several: what the lead leaves for each publisher, and each publisher for others.

As in `joint_settling`: done by Keyline in the other partnership's own unit of work, once.
"""

from uuid import UUID

from services.casework.engine.joint_delivery import on_their_case
from services.casework.job_context import JobContext, JobHandlers, Link
from services.casework.joint.orders import (
    AskToPublish,
    DeliverPublishing,
    DeliverReturn,
    HoldPublication,
    TellPublished,
)
from services.casework.steps.joint.published import ReceivePublishing, receive_publishing
from services.casework.steps.joint.publishing import (
    HoldPublishing,
    ask_to_publish,
    hold_publishing,
)
from services.casework.steps.joint.returned import (
    NotePublisherReturned,
    note_publisher_returned,
)
from services.casework.steps.publication.beside_lead import PublicationAsked
from services.casework.steps.publication.published_file import published_file
from services.casework.steps.publication.publishers import reviewers_name
from services.database.cases import get_case
from services.database.history import Entry
from services.database.joint_reviews import case_beside
from services.database.unit_of_work import UnitOfWork
from services.domain.joint_reviews import Published


def ask(context: JobContext, order: AskToPublish) -> Link:
    """Ask over there to send the text ahead, or to publish it."""
    with context.transaction() as ours:
        name = ours.partnership.name
        reviewer = reviewers_name(ours, get_case(ours.session, context.case_id))
    command = PublicationAsked(
        partnership=name,
        round=order.round,
        publishes=order.publishes,
        publish_on=order.publish_on,
        reviewer=reviewer,
        all_sent=order.all_sent,
    )
    return on_their_case(context, order, ask_to_publish, command)


def hold(context: JobContext, order: HoldPublication) -> Link:
    """Ask over there to wait with publication."""
    with context.transaction() as ours:
        name = ours.partnership.name
    command = HoldPublishing(partnership=name, round=order.round, since=order.since)
    return on_their_case(context, order, hold_publishing, command)


def deliver(context: JobContext, order: DeliverPublishing) -> Link:
    """Put what we did on record on the lead's case, and let the lead's own rows decide."""
    with context.transaction() as ours:
        name, own_id = ours.partnership.name, ours.actor.partnership_id
        address = _address(ours, order.entry_id)
    command = ReceivePublishing(
        partnership=name,
        what=order.what,
        on=order.on,
        address=address,
        partnership_id=own_id,
        round=order.round,
        dispatch_id=order.dispatch_id,
    )
    return on_their_case(
        context,
        order,
        receive_publishing,
        command,
        case_beside,
    )


def tell_published(context: JobContext, order: TellPublished) -> Link:
    """Have what we published filed over there, with the digest of the file that was made here."""
    with context.transaction() as ours:
        name, own_id = ours.partnership.name, ours.actor.partnership_id
        entry = ours.session.get_one(Entry, (own_id, order.entry_id))
        file = published_file(ours, get_case(ours.session, context.case_id), entry)
        address = str(entry.command.get("address") or "")
    command = ReceivePublishing(
        partnership=name,
        what=Published.PUBLISHED,
        on=order.on,
        address=address,
        document=file.kind,
        sha256=file.sha256,
        partnership_id=own_id,
        round=order.round,
    )
    return on_their_case(
        context,
        order,
        receive_publishing,
        command,
        case_beside,
    )


def deliver_return(context: JobContext, order: DeliverReturn) -> Link:
    """Tell the lead, also one that has published since, that our text came back."""
    with context.transaction() as ours:
        name, own_id = ours.partnership.name, ours.actor.partnership_id
    command = NotePublisherReturned(
        partnership=name,
        recipient=order.recipient,
        returned_on=order.on,
        partnership_id=own_id,
        round=order.round,
        dispatch_id=order.dispatch_id,
    )
    return on_their_case(
        context,
        order,
        note_publisher_returned,
        command,
        case_beside,
    )


def _address(work: UnitOfWork, entry_id: UUID | None) -> str:
    """Return the web address that our entry on the publication names, where there is one."""
    if entry_id is None:
        return ""
    entry = work.session.get_one(Entry, (work.actor.partnership_id, entry_id))
    return str(entry.command.get("address") or "")


PUBLICATION: JobHandlers = {
    AskToPublish: ask,
    HoldPublication: hold,
    DeliverPublishing: deliver,
    TellPublished: tell_published,
    DeliverReturn: deliver_return,
}
