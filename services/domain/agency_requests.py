"""What an agency may be asked for, and how far its answer has come."""

from enum import StrEnum


class Asked(StrEnum):
    """What an agency may be asked for."""

    SCOPING_RETURN = "scoping_return"
    REPORT = "report"


class Answered(StrEnum):
    """How far the agency's answer has come."""

    ASKED = "asked"
    RECEIVED = "received"
    SENT_BACK = "sent_back"
    ACCEPTED = "accepted"
    EXCUSED = "excused"
