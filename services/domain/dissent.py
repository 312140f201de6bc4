"""The way out of a disagreement between the partners: its day, and how it may end.

The framework asks that they resolve it, and that no majority decides (GOV-11). It names no day and
no steps: the length is the partnership's own, and no step of it decides anything.
"""

from datetime import date
from enum import StrEnum

from services.domain.sign_off import SignOffMatter
from services.domain.working_days import Calendar


class DialogueResult(StrEnum):
    """What the partners' dialogue about a disagreement came to; neither decides the matter."""

    NEW_VERSION = "new_version"
    NOT_RESOLVED = "not_resolved"


def day_to_resolve(today: date, days: int, waits: date | None, calendar: Calendar) -> date:
    """Return by which day a disagreement that was given today is to be resolved.

    It leaves the last working day to what ``waits`` for the partners, such as the submission (K10,
    RR-37), and is never before today.
    """
    day = calendar.add_working_days(today, days)
    if waits is not None:
        day = min(day, calendar.subtract_working_days(waits, 1))
    return max(day, today)


def route_of(matter: SignOffMatter, round_: int, result: DialogueResult) -> str:
    """Return the subject of what is on record of a round's dialogue, by which rules know it."""
    return f"{matter}:{round_}:{result}"
