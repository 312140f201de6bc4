"""What becomes of a lead: something heard that may have to be notified (NOT-08)."""

from enum import StrEnum


class LeadDecision(StrEnum):
    """What the local authority decides of a lead; what is notifiable is referred instead."""

    NOT_TO_BE_NOTIFIED = "not_to_be_notified"
    WAIT = "wait"
