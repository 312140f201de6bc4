"""What a recommendation of a local review addresses, and whether it was made before (PUB-01)."""

from enum import StrEnum


class Addresses(StrEnum):
    """What should change by a recommendation: how people work, or how the system is led."""

    PRACTICE = "practice"
    SYSTEM_LEADERSHIP = "system_leadership"


class SaidBefore(StrEnum):
    """Whether a recommendation is new."""

    NEW = "new"
    BEFORE = "before"


class RecommendationStanding(StrEnum):
    """How far the newest version of a recommendation has come (PUB-18)."""

    WITH_GROUP = "with_group"
    WITH_PARTNERS = "with_partners"
    ENDORSED = "endorsed"
