"""Publication by several: what the lead leaves for each publisher, and each publisher for the lead.

As in `joint_settling`: done by Keyline in the other partnership's own unit of work, once.
"""

from services.casework.engine.joint_delivery import on_their_case
from services.casework.job_context import JobContext, JobHandlers, Link
from services.casework.joint.orders import AskToPublish, DeliverPublishing
from services.casework.steps.beside_lead import PublicationAsked
from services.casework.steps.joint.published import ReceivePublishing, receive_publishing
from services.casework.steps.joint.publishing import ask_to_publish


def ask(context: JobContext, order: AskToPublish) -> Link:
    """Ask over there to send the text ahead, or to publish it."""
    with context.transaction() as ours:
        name = ours.partnership.name
    command = PublicationAsked(
        partnership=name,
        round=order.round,
        publishes=order.publishes,
        publish_on=order.publish_on,
        reviewer=order.reviewer,
        all_sent=order.all_sent,
    )
    return on_their_case(
        context, order, lambda theirs, case_id: ask_to_publish(theirs, case_id, command)
    )


def deliver(context: JobContext, order: DeliverPublishing) -> Link:
    """Put what we did on record on the lead's case, and let the lead's own rows decide."""
    with context.transaction() as ours:
        name, own_id = ours.partnership.name, ours.actor.partnership_id
    command = ReceivePublishing(
        partnership=name,
        what=order.what,
        on=order.on,
        address=order.address,
        partnership_id=own_id,
        round=order.round,
    )
    return on_their_case(
        context, order, lambda theirs, case_id: receive_publishing(theirs, case_id, command)
    )


PUBLICATION: JobHandlers = {AskToPublish: ask, DeliverPublishing: deliver}
