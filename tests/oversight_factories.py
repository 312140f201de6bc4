"""Valid words for the review group's oversight of a commissioning."""

from typing import Any
from uuid import UUID

from services.casework.steps.local_review.author_requirements import (
    DrawUpRequirements,
    RecordCandidate,
)
from services.casework.steps.local_review.oversight_said import (
    AGREED_BY_GROUP,
    OverseeCommissioning,
    OverseenMatter,
)
from services.casework.steps.rounds.group_advice import AdviceOnTerms
from tests.words import words_of


def draw_up_requirements(**but: Any) -> DrawUpRequirements:
    """Return what candidates are told of the work."""
    return words_of(DrawUpRequirements, but, answer_by="2027-02-02")


def record_candidate(**but: Any) -> RecordCandidate:
    """Return a candidate who was given the paper and would do it."""
    usual = {"handed_on": "2026-02-02", "way": "email", "answer": "interested"}
    return words_of(RecordCandidate, but, **usual)


def oversee_commissioning(*people: UUID, **but: Any) -> OverseeCommissioning:
    """Return what the group considered of a review whose terms do not wait for its advice."""
    usual = {"considered_on": "2026-02-02", "matters": (OverseenMatter.PROGRESS,), "versions": 1}
    return words_of(OverseeCommissioning, but, took_part=people, **usual)


def advise(*people: UUID, **but: Any) -> OverseeCommissioning:
    """Return the advice that the partners endorse terms that wait for it."""
    usual = {"on_terms": AdviceOnTerms.ENDORSE, "matters": tuple(sorted(AGREED_BY_GROUP))}
    return oversee_commissioning(*people, **usual | but)
