"""The recommendations that a version of the report states: those that are endorsed (PUB-18)."""

from services.casework.commands import part_of
from services.casework.steps.local_review.draft_said import DraftSubmitted
from services.casework.steps.police_marks.marks_carried import carry_marks_of_each
from services.casework.steps.recommendations.endorsement import must_be_endorsed
from services.casework.steps.recommendations.on_record import (
    endorsed_recommendations,
    entries_endorsed,
)
from services.casework.steps.recommendations.proposing import ask_for_recommendations
from services.casework.steps.recommendations.said import Recommendation, RecommendationPut
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.recommendations import Addresses


def stated_recommendations(work: UnitOfWork, case: Case) -> tuple[Recommendation, ...]:
    """Return what a version of the report states: each that is endorsed, and no other (PUB-18)."""
    return _as_stated(endorsed_recommendations(work, case))


def _as_stated(endorsed: tuple[RecommendationPut, ...]) -> tuple[Recommendation, ...]:
    return tuple(part_of(one, Recommendation) for one in endorsed)


def must_address_both(draft: DraftSubmitted) -> None:
    """Refuse a report that leaves out practice or leadership without a word on why (PUB-01).

    Nothing is asked of a first version, in which no recommendation is endorsed yet.
    """
    addressed = {kind for one in draft.recommendations for kind in one.addresses}
    if draft.recommendations and addressed != set(Addresses) and draft.one_alone is None:
        raise AnswerRefused(
            "one_alone", "Enter why only one of practice and system leadership is addressed."
        )


def follow_version(work: UnitOfWork, case: Case, entry: Entry) -> None:
    """Hide a version as what it states is hidden; ask for recommendations if there are none."""
    carry_marks_of_each(work, case, entries_endorsed(work, case), entry)
    ask_for_recommendations(work, case)


def must_state_endorsed(work: UnitOfWork, case: Case) -> None:
    """Refuse a version that states other recommendations than the endorsed ones (PUB-18, G9)."""
    endorsed = must_be_endorsed(work, case)
    written = all_of(work.session, case.id, EntryType.DRAFT_SUBMITTED)[-1:]
    stated = [DraftSubmitted.model_validate(one.command).recommendations for one in written]
    if stated != [_as_stated(endorsed)]:
        raise RuleBroken(
            "This version does not state the recommendations as the partners endorsed them "
            "(PUB-18): return it, so that its next version does."
        )
