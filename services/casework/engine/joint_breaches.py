"""What went to the wrong person on one side of a joint review is put on record on the other.

As in `joint_settling`: done by Keyline in the other partnership's own unit of work, once.
"""

from services.casework.engine.joint_delivery import on_their_case
from services.casework.job_context import JobContext, JobHandlers, Link
from services.casework.joint.orders import TellBreach
from services.casework.steps.dispatches.wrong_recipient import BreachReported
from services.casework.steps.joint.breach_arrivals import ReceiveBreach, receive_breach
from services.database.history import Entry
from services.database.joint_reviews import case_beside


def tell_breach(context: JobContext, order: TellBreach) -> Link:
    """Tell of it what the other side must know: which documents, meant for whom, and who sent."""
    with context.transaction() as ours:
        entry = ours.session.get_one(Entry, (ours.actor.partnership_id, order.entry_id))
        said = BreachReported.model_validate(entry.command)
        command = ReceiveBreach(
            partnership=ours.partnership.name,
            notice=said.notice,
            recipient=said.recipient,
            agency=said.agency,
            entry_id=entry.id,
        )
    return on_their_case(
        context,
        order,
        receive_breach,
        command,
        case_beside,
    )


BREACHES: JobHandlers = {TellBreach: tell_breach}
