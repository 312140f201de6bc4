"""How a learning event is held, and how each practitioner of it is heard (LC-39, LC-40)."""

from enum import StrEnum


class EventWay(StrEnum):
    """How a learning event is held: half a day together, more for a complex case, or online."""

    HALF_DAY = "half_day"
    TWO_HALF_DAYS = "two_half_days"
    ONLINE = "online"
    ONLINE_SERIES = "online_series"


class Presence(StrEnum):
    """Whether somebody who was invited came, or is heard in another way."""

    CAME = "came"
    HEARD_INSTEAD = "heard_instead"
    DID_NOT_COME = "did_not_come"


class TalkOccasion(StrEnum):
    """What a conversation with one practitioner is to the learning event."""

    BEFORE = "before"
    INSTEAD = "instead"
    AFTER = "after"
    NO_EVENT = "no_event"


class ParticipantStanding(StrEnum):
    """How a practitioner stands who was invited to the learning event in their own person."""

    INVITED = "invited"
    AGREED = "agreed"
    CONFLICT = "conflict"
    ENDED = "ended"


class FeedbackAnswer(StrEnum):
    """What becomes of what a practitioner says of the draft (PUB-19)."""

    CHANGED = "changed"
    NOT_CHANGED = "not_changed"
