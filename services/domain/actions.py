"""How far an action of the plan has come."""

from enum import StrEnum


class Progress(StrEnum):
    """How far an action has come."""

    OPEN = "open"
    COMPLETE = "complete"
    RISK_ACCEPTED = "risk_accepted"
