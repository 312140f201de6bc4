"""A partnership that takes part follows another lead: what it shows, is told, and is asked."""

from uuid import UUID

from services.casework.joint.notifications import tell_notification
from services.casework.joint.showing import ask_to_show, sections_seen
from services.casework.steps.joint.draft_told import tell_new_lead_of_feedback
from services.casework.steps.joint.event_handed import tell_who_comes
from services.casework.steps.rounds.sign_off_rounds import ask_no_more
from services.database.cases import Case
from services.database.joint_reviews import membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.joint_reviews import READ_TO_SIGN


def follow_new_lead(work: UnitOfWork, case: Case, lead_id: UUID) -> None:
    """Take part under another lead: it reads what we notified, and we sign what it shows us.

    What it does not show us yet we are asked to sign once it does.
    """
    ask_to_show(work, case)
    tell_notification(work, case)
    tell_who_comes(work, case)
    tell_new_lead_of_feedback(work, case)
    membership = membership_of(work.session, case.id)
    assert membership is not None  # noqa: S101 - asked by the caller
    seen = sections_seen(work, membership.joint_review_id, lead_id)
    for matter, needed in READ_TO_SIGN.items():
        if not seen >= needed:
            ask_no_more(work, case, matter)
