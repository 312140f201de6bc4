"""How learning reaches the people who work with children and families (EMB-07)."""

from enum import StrEnum


class SharingWay(StrEnum):
    """A way in which learning is shared; none of them is a review (LC-09)."""

    TEAM_MEETING = "team_meeting"
    SUPERVISION = "supervision"
    WORKSHOP = "workshop"
    MULTI_AGENCY_EVENT = "multi_agency_event"
    TRAINING = "training"
    BRIEFING_NOTE = "briefing_note"
    NEWSLETTER = "newsletter"
    OTHER = "other"


class SharingCame(StrEnum):
    """What came of one part of the plan by which learning is shared."""

    DONE = "done"
    MORE_TO_COME = "more_to_come"
    NOT_HELD = "not_held"
