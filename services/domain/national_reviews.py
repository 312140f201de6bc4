"""National reviews, and what a partnership does about the learning of each (EMB-11)."""

from enum import StrEnum


class NationalPublication(StrEnum):
    """What was published nationally."""

    NATIONAL_REVIEW = "national_review"
    THEMATIC = "thematic"
    PANEL_ANNUAL_REPORT = "panel_annual_report"
    PANEL_BRIEFING = "panel_briefing"
    OTHER = "other"


class NationalLearning(StrEnum):
    """How it stands with a national publication: each is answered, if only by why not."""

    TO_CONSIDER = "to_consider"
    ACTIONS_OPEN = "actions_open"
    APPLIED = "applied"
    NOTHING_TO_DO = "nothing_to_do"
