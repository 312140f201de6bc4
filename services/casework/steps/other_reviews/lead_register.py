"""The register of other reviews of the partnership that leads, as the others are shown it."""

from services.casework.joint.matters import bearer_of, entries_said, facts_said
from services.casework.steps.other_reviews.register import Register, register_in
from services.database.cases import Case
from services.database.joint_reviews import membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.other_reviews import OF_REGISTER
from services.domain.sign_off import SignOffMatter


def is_led_elsewhere(work: UnitOfWork, case: Case) -> bool:
    """Tell whether ours joins a review that another partnership's case carries."""
    is_own = bearer_of(work, case, SignOffMatter.RAPID_REVIEW).is_own(case)
    return not is_own and membership_of(work.session, case.id) is not None


def register_of_lead(work: UnitOfWork, case: Case) -> Register:
    """Return the lead's register, as far as it is shown to us."""
    matter = SignOffMatter.RAPID_REVIEW
    known = facts_said(work, case, matter, *OF_REGISTER)
    return register_in(entries_said(work, case, matter, *OF_REGISTER), known)
