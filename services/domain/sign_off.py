"""What the partners sign off, and what each of them may say of it (GOV-11)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from services.domain.entry_types import THE_REPORT, EntryType


class SignOffMatter(StrEnum):
    """What the partners sign off (GOV-11)."""

    REVIEW_REQUEST = "review_request"
    RAPID_REVIEW = "rapid_review"
    TERMS_OF_REFERENCE = "terms_of_reference"
    INTERIM_LEARNING = "interim_learning"
    RECOMMENDATIONS = "recommendations"
    REPORT = "report"
    PUBLICATION = "publication"
    TAKING_DOWN = "taking_down"
    PROPOSED_PLAN = "proposed_plan"
    ACTION_PLAN = "action_plan"


class Position(StrEnum):
    """What a partner may say (everyone is heard, even after a “no”)."""

    AGREES = "agrees"
    AGREES_WITH_COMMENTS = "agrees_with_comments"
    DISAGREES = "disagrees"


OPENED_BY: Final[Mapping[SignOffMatter, tuple[EntryType, ...]]] = {
    SignOffMatter.REVIEW_REQUEST: (EntryType.REQUEST_CONSIDERED,),
    SignOffMatter.RAPID_REVIEW: (EntryType.DECISION_PROPOSED, EntryType.LOCAL_COURSE_PROPOSED),
    SignOffMatter.TERMS_OF_REFERENCE: (EntryType.TERMS_AGREED,),
    SignOffMatter.INTERIM_LEARNING: (EntryType.INTERIM_LEARNING_PROPOSED,),
    SignOffMatter.RECOMMENDATIONS: (EntryType.RECOMMENDATIONS_PUT,),
    SignOffMatter.REPORT: THE_REPORT,
    SignOffMatter.PUBLICATION: (EntryType.PUBLICATION_PLANNED, EntryType.PUBLICATION_WITHHELD),
    SignOffMatter.TAKING_DOWN: (EntryType.TAKING_DOWN_PROPOSED, EntryType.REISSUE_PROPOSED),
    SignOffMatter.PROPOSED_PLAN: (EntryType.PLAN_PROPOSED,),
    SignOffMatter.ACTION_PLAN: (EntryType.ACTION_UPDATED, EntryType.ACTION_AUDITED),
}
"""Which acts put a version of the matter to the partners; each opens a round.

An action plan is signed before it is in force, and when each action is done and each audit of one
is in (GOV-11, EMB-05).
"""

SAID_IN: Final[Mapping[SignOffMatter, tuple[EntryType, ...]]] = {
    SignOffMatter.REVIEW_REQUEST: (EntryType.REQUEST_CONSIDERED,),
    SignOffMatter.RAPID_REVIEW: (
        EntryType.RECORD_WRITTEN,
        EntryType.PASSAGE_KEPT,
        EntryType.CRITERIA_ANSWERED,
        EntryType.DECISION_PROPOSED,
        EntryType.LOCAL_COURSE_PROPOSED,
    ),
    SignOffMatter.TERMS_OF_REFERENCE: (EntryType.TERMS_AGREED,),
    SignOffMatter.INTERIM_LEARNING: (EntryType.INTERIM_LEARNING_PROPOSED,),
    SignOffMatter.RECOMMENDATIONS: (EntryType.RECOMMENDATIONS_PUT,),
    SignOffMatter.REPORT: THE_REPORT,
    SignOffMatter.PUBLICATION: (EntryType.PUBLICATION_PLANNED, EntryType.PUBLICATION_WITHHELD),
    SignOffMatter.TAKING_DOWN: (EntryType.TAKING_DOWN_PROPOSED, EntryType.REISSUE_PROPOSED),
    SignOffMatter.PROPOSED_PLAN: (EntryType.PLAN_PROPOSED,),
    SignOffMatter.ACTION_PLAN: (
        EntryType.PLAN_PROPOSED,
        EntryType.ACTION_UPDATED,
        EntryType.ACTION_AUDITED,
    ),
}
"""What says what is signed of each matter."""
