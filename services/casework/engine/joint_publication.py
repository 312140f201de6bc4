"""Publication by several: what the lead leaves for each publisher, and each publisher for the lead.

As in `joint_settling`: done by Keyline in the other partnership's own unit of work, once.
"""

from uuid import UUID

from services.casework.engine.joint_delivery import on_their_case
from services.casework.job_context import JobContext, JobHandlers, Link
from services.casework.joint.orders import AskToPublish, DeliverPublishing
from services.casework.steps.beside_lead import PublicationAsked
from services.casework.steps.joint.published import ReceivePublishing, receive_publishing
from services.casework.steps.joint.publishing import ask_to_publish
from services.casework.steps.publishers import reviewers_name
from services.database.cases import get_case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork


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
    return on_their_case(
        context, order, lambda theirs, case_id: ask_to_publish(theirs, case_id, command)
    )


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
    )
    return on_their_case(
        context, order, lambda theirs, case_id: receive_publishing(theirs, case_id, command)
    )


def _address(work: UnitOfWork, entry_id: UUID | None) -> str:
    """Return the web address that our entry on the publication names, where there is one."""
    if entry_id is None:
        return ""
    entry = work.session.get_one(Entry, (work.actor.partnership_id, entry_id))
    return str(entry.command["address"])


PUBLICATION: JobHandlers = {AskToPublish: ask, DeliverPublishing: deliver}
