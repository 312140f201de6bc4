"""What a partnership needs before its first case, by part."""

from dataclasses import dataclass
from enum import StrEnum


class SetUpPart(StrEnum):
    """One part of what a partnership is set up with."""

    PEOPLE = "people"
    SIGN_IN = "sign_in"
    ORGANISATIONS = "organisations"
    MAILBOXES = "mailboxes"
    POLICY = "policy"
    CALENDAR = "calendar"
    FILES = "files"
    KEYS = "keys"


class PartStanding(StrEnum):
    """How a part of a partnership's file stands to what is on record."""

    TO_MAKE = "to_make"
    MADE = "made"
    THERE = "there"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing, and what to do about it.

    What is ``needed`` stands in the way of the first case; the rest is advised by the guidance.
    """

    part: SetUpPart
    what: str
    to_do: str
    is_needed: bool = True
