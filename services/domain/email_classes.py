"""What kind of email it is, and who gets it; what happens to one that may or may not have gone."""

from dataclasses import dataclass
from enum import StrEnum

from services.domain.recipients import Recipient


class EmailClass(StrEnum):
    """What kind of email it is; it decides what happens when nobody can tell if it went."""

    REMINDER = "reminder"
    NOTICE = "notice"
    STATUTORY = "statutory"

    @property
    def held_when_unsure(self) -> bool:
        """Say whether a person must look before it is sent a second time."""
        return self is not EmailClass.REMINDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Which email goes to whom when an event has happened, and by which rule."""

    template: str
    recipients: tuple[Recipient, ...]
    delivery: EmailClass
    rules: tuple[str, ...]
