"""What time asks of a partnership's people, and the day of a policy that two of them applied."""

from services.casework.engine.breach_rounds import look_after_breaches
from services.casework.engine.collection_rounds import look_after_collections
from services.casework.engine.digests import release_waiting
from services.casework.engine.duty_calls import call_on_duty
from services.casework.engine.mark_reviews import ask_to_review
from services.casework.engine.reminders import enqueue_reminders
from services.casework.policies import put_due_policy_in_force
from services.casework.retention.clock import count_retention
from services.database.unit_of_work import UnitOfWork


def ask_people(work: UnitOfWork) -> None:
    """Ask and remind whom the day asks; asking again adds nothing."""
    put_due_policy_in_force(work)
    count_retention(work)
    enqueue_reminders(work)
    ask_to_review(work)
    look_after_collections(work)
    call_on_duty(work)
    look_after_breaches(work)
    release_waiting(work)
