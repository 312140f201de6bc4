"""Why a local review is asked for, and what the partners decide of it (NOT-23 to NOT-25)."""

from enum import StrEnum


class RequestOccasion(StrEnum):
    """What makes a case of importance for the local area (NOT-23)."""

    NEAR_MISS = "near_miss"
    POOR_PRACTICE = "poor_practice"
    GOOD_PRACTICE = "good_practice"
    OTHER = "other"


class RequestDecision(StrEnum):
    """What the partners decide; a notification stays the local authority's to make."""

    LOCAL_REVIEW = "local_review"
    NOTIFICATION = "notification"
    NO_REVIEW = "no_review"
