"""What the recommendations of a report must say before a version of it is kept (PUB-01, PUB-18)."""

from services.casework.steps.local_review.draft_said import Recommendation, SubmitDraft
from services.database.cases import Case
from services.database.partnerships import agency_on
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.recommendations import Addresses, SaidBefore


def check_recommendations(work: UnitOfWork, case: Case, draft: SubmitDraft) -> None:
    """Refuse none at all, one of nobody, and one that is due in the past (PUB-18)."""
    if not draft.recommendations:
        raise _refused("Enter at least one recommendation (PUB-18).")
    for one in draft.recommendations:
        for agency in (one.owner, *one.others):
            agency_on(work.session, case.id, agency)
        _must_be_clear(one)
    if any(one.by_when < work.today for one in draft.recommendations):
        raise _refused("A recommendation's day cannot be in the past.")
    _must_address_both(draft)


def _must_be_clear(one: Recommendation) -> None:
    """Refuse one that says not what it addresses, or not whether it was made before."""
    if not one.addresses:
        raise _refused("Choose of each recommendation what it addresses (PUB-01).")
    if one.said_before is None:
        raise _refused("Choose of each recommendation whether it was made before (PUB-18).")
    if one.said_before is SaidBefore.BEFORE and one.came_of_it is None:
        raise _refused("Enter where it was recommended before, and what came of it.")


def _must_address_both(draft: SubmitDraft) -> None:
    """Refuse a report that leaves out practice or leadership without a word on why (PUB-01)."""
    addressed = {kind for one in draft.recommendations for kind in one.addresses}
    if addressed != set(Addresses) and draft.one_alone is None:
        raise AnswerRefused(
            "one_alone", "Enter why only one of practice and system leadership is addressed."
        )


def _refused(because: str) -> AnswerRefused:
    return AnswerRefused("recommendations", because)
