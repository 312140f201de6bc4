"""Publication by several: what the lead leaves for each publisher, and each publisher for the lead.

As in `joint_settling`: done by Keyline in the other partnership's own unit of work, once.
"""

from services.casework.job_context import JobContext, JobHandlers, Link
from services.casework.joint.orders import AskToPublish, DeliverPublishing
from services.casework.steps.beside_lead import PublicationAsked
from services.casework.steps.joint_published import ReceivePublishing, receive_publishing
from services.casework.steps.joint_publishing import ask_to_publish
from services.database.joint_reviews import case_in_review
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId, PartnershipId


def ask(context: JobContext, order: AskToPublish) -> Link:
    """Ask over there to send the text ahead, or to publish it."""
    with context.transaction() as ours:
        name = ours.partnership.name
    with context.elsewhere(PartnershipId(order.partnership_id)) as theirs:
        case_id = case_in_review(theirs.session, order.joint_review_id)
        if case_id is not None:
            command = PublicationAsked(
                partnership=name,
                round=order.round,
                publishes=order.publishes,
                publish_on=order.publish_on,
                reviewer=order.reviewer,
                all_sent=order.all_sent,
            )
            ask_to_publish(theirs, CaseId(case_id), command)
    return _nothing_more


def deliver(context: JobContext, order: DeliverPublishing) -> Link:
    """Put what we did on record on the lead's case, and let the lead's own rows decide."""
    with context.transaction() as ours:
        name, own_id = ours.partnership.name, ours.actor.partnership_id
    with context.elsewhere(PartnershipId(order.partnership_id)) as theirs:
        case_id = case_in_review(theirs.session, order.joint_review_id)
        if case_id is not None:
            command = ReceivePublishing(
                partnership=name,
                what=order.what,
                on=order.on,
                address=order.address,
                partnership_id=own_id,
                round=order.round,
            )
            receive_publishing(theirs, CaseId(case_id), command)
    return _nothing_more


PUBLICATION: JobHandlers = {AskToPublish: ask, DeliverPublishing: deliver}


def _nothing_more(_work: UnitOfWork) -> None:
    """Leave our own rows as they are: what was to be done is on the other side's record."""
