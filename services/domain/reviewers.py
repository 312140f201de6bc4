"""As what somebody is appointed to carry out a local review, and who might be (LC-02, LC-23)."""

from enum import StrEnum


class ReviewerCapacity(StrEnum):
    """A lead reviewer, or for a shorter, proportionate review somebody of the local network."""

    LEAD = "lead"
    LOCAL = "local"


class HandedWay(StrEnum):
    """In which way a candidate was given the author requirements (Doc 7)."""

    EMAIL = "email"
    POST = "post"
    IN_PERSON = "in_person"
    ADVERTISED = "advertised"


class CandidateAnswer(StrEnum):
    """What a candidate answers."""

    AWAITED = "awaited"
    INTERESTED = "interested"
    DECLINES = "declines"
    CONFLICT = "conflict"
