"""What the three partners sign off, and what each of them may say of it (GOV-11)."""

from enum import StrEnum


class SignOffMatter(StrEnum):
    """What the three partners sign off (GOV-11)."""

    RAPID_REVIEW = "rapid_review"
    TERMS_OF_REFERENCE = "terms_of_reference"
    REPORT = "report"
    PUBLICATION = "publication"
    ACTION_PLAN = "action_plan"


class Position(StrEnum):
    """What a partner may say (everyone is heard, even after a “no”)."""

    AGREES = "agrees"
    AGREES_WITH_COMMENTS = "agrees_with_comments"
    DISAGREES = "disagrees"
