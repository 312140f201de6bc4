"""Who may be appointed to carry out a local review, and what is said of it (LC-02, LC-23)."""

from services.casework.steps.local_review.partners_there import left_out, served_for_partners
from services.casework.steps.local_review.review_method import must_have_lead_for_workshop
from services.casework.steps.local_review.review_opening import reviewers_free
from services.casework.steps.local_review.reviewer_said import ReviewerAppointed
from services.database.cases import Case
from services.database.decisions import conflicted_beside, declaration
from services.database.people import members
from services.database.reviewers import capacities, reviewers_now
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.reviewers import ReviewerCapacity
from services.domain.roles import Role


def must_be_appointable(work: UnitOfWork, case: Case, said: ReviewerAppointed) -> None:
    """Refuse an appointment that does not hold: who, as what, and beside whom (LC-02, LC-23)."""
    if not said.independent:
        raise AnswerRefused(
            "independent", "Appoint somebody free of any real or perceived conflict (LC-02)."
        )
    _must_be_free(work, case, said)
    free = reviewers_free(work, case)
    beside = free if said.beside else ()
    appointed_as = capacities(work.session, case.id)
    leads = [one for one in beside if appointed_as[one] is ReviewerCapacity.LEAD]
    has_none = said.capacity is ReviewerCapacity.LOCAL and not leads
    if has_none is (said.why_none is None):
        raise AnswerRefused(
            "why_none",
            "Say why no lead reviewer is commissioned, and only where none is (LC-23).",
        )
    if has_none:
        must_have_lead_for_workshop(work, case)
    if said.beside is None and free:
        raise AnswerRefused(
            "beside", "Somebody is appointed already: say whether they review together."
        )
    _must_be_endorsed(work, said)


def _must_be_endorsed(work: UnitOfWork, said: ReviewerAppointed) -> None:
    """Refuse an appointment that not every partner endorsed, by whom and when (LC-03)."""
    on = {one.partner: one.endorsed_on for one in said.endorsed}
    if any(day > work.today for day in on.values()):
        raise AnswerRefused("endorsed", "Enter days that are not in the future.")
    if not served_for_partners(work, on):
        raise AnswerRefused(
            "endorsed", "Choose who endorsed it, of those who served for a partner on the day."
        )
    if left := left_out(work, on):
        raise AnswerRefused(
            "endorsed",
            f"The partners appoint together (LC-03): say who endorsed it for {', '.join(left)}.",
        )


def _must_be_free(work: UnitOfWork, case: Case, said: ReviewerAppointed) -> None:
    """Refuse who is no reviewer today, appointed already, or in conflict (LC-02)."""
    registered = members(work.session, Role.LEAD_REVIEWER, on=work.today)
    if said.person not in {one.id for one in registered}:
        raise AnswerRefused("person", "Choose a person registered as a lead reviewer.")
    declared = declaration(work.session, case.id, said.person)
    has_conflict = declared is not None and declared.has_conflict
    if has_conflict or said.person in conflicted_beside(work.session, case.id):
        raise AnswerRefused("person", "This person has declared a conflict in this case (LC-02).")
    if said.person in reviewers_now(work.session, case.id):
        raise AnswerRefused("person", "This person is a reviewer of this case already.")
