"""What happens to an email that may or may not have gone."""

from enum import StrEnum


class EmailClass(StrEnum):
    """What kind of email it is; it decides what happens when nobody can tell if it went."""

    REMINDER = "reminder"
    NOTICE = "notice"
    STATUTORY = "statutory"

    @property
    def held_when_unsure(self) -> bool:
        """Say whether a person must look before it is sent a second time."""
        return self is not EmailClass.REMINDER
