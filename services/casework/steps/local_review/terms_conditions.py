"""What terms of reference must hold to be put to the partners (LC-06, LC-07, LC-17)."""

from services.casework.steps.decision_grounds import must_have_key_lines
from services.casework.steps.local_review.review_method import must_fit_method
from services.casework.steps.local_review.terms_amended import must_say_what_changes
from services.casework.steps.local_review.terms_said import AgreeTerms
from services.casework.steps.other_reviews.negotiated import must_have_negotiated
from services.database.cases import Case
from services.database.partnerships import agency_on
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused


def must_hold(work: UnitOfWork, case: Case, said: AgreeTerms) -> None:
    """Refuse terms that came too early, that lack something, or that contradict themselves."""
    must_have_negotiated(work, case)
    must_have_key_lines(case, said.key_lines, said.why_fifth, is_needed=True)
    if said.period_to < said.period_from:
        raise AnswerRefused("period_to", "The period cannot end before it begins.")
    if not said.agencies:
        raise AnswerRefused("agencies", "Choose at least one agency.")
    for agency in said.agencies:
        agency_on(work.session, case.id, agency)
    must_fit_method(work, case, said)
    must_say_what_changes(work, case, said)
