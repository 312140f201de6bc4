"""What is settled before a draft goes to the partners (LC-18, LC-39, FAM-11, PUB-19, PUB-20)."""

from services.casework.steps.anonymity.checks import must_be_checked
from services.casework.steps.communications.strategy import must_be_begun
from services.casework.steps.families.draft_shared import must_be_shared
from services.casework.steps.learning_event.feedback import must_have_asked_practitioners
from services.casework.steps.learning_event.holding import must_leave_no_event_open
from services.casework.steps.learning_event.themes import must_have_themes
from services.casework.steps.local_review.gaps import must_leave_no_gap_open
from services.casework.steps.local_review.recommendations import must_state_endorsed
from services.casework.steps.local_review.review_method import must_have_heard_practitioners
from services.casework.steps.local_review.review_opening import must_have_reviewer
from services.casework.steps.local_review.terms_amended import (
    must_ask_who_was_added,
    must_reflect_terms,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork


def must_be_ready_for_partners(work: UnitOfWork, case: Case) -> None:
    """Refuse a draft with an open gap, and one that the family or practitioners were not shown.

    Somebody is there to carry the review out (LC-23), and amended terms are in it (LC-06):
    who they added was asked (LC-29), and practitioners were heard by their method (LC-28).
    It states the recommendations that they have endorsed, and no other is open (PUB-18).

    Its communications are planned by then, and an event that was planned is held or called off.
    It is checked as it stands, and what was found for certain is settled (PUB-16).
    """
    must_have_reviewer(work, case)
    must_reflect_terms(work, case)
    must_ask_who_was_added(work, case)
    must_leave_no_gap_open(work, case)
    must_leave_no_event_open(work, case)
    must_have_heard_practitioners(work, case)
    must_have_themes(work, case)
    must_be_shared(work, case)
    must_have_asked_practitioners(work, case)
    must_be_begun(work, case)
    must_be_checked(work, case)
    must_state_endorsed(work, case)
