"""A personal data breach: by when it is reported, and what must be said of it once it is weighed.

This is the law of data protection and not the framework's: 72 hours from when the partnership
became aware, real hours, at weekends and on bank holidays as well (UK GDPR, articles 33 and 34).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from services.domain.errors import AnswerRefused

SOURCE: Final = "UK GDPR, article 33"
LIMIT: Final = timedelta(hours=72)
WARNED_BEFORE: Final = timedelta(hours=24)
_HOUR: Final = timedelta(hours=1)


class BreachRisk(StrEnum):
    """The risk to the people concerned: it decides who must be told."""

    UNLIKELY = "unlikely"
    RISK = "risk"
    HIGH = "high"


class Destroyed(StrEnum):
    """What the wrong person said of what they were sent."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    NOT_ANSWERED = "not_answered"


class BreachStanding(StrEnum):
    """How the 72 hours of a breach stand."""

    RUNNING = "running"
    NEAR = "near"
    PASSED = "passed"
    DECIDED = "decided"


def report_by(aware_at: datetime) -> datetime:
    """Return when the 72 hours end: real hours, whatever the clocks in England do."""
    return aware_at.astimezone(UTC) + LIMIT


def standing_at(aware_at: datetime, now: datetime, *, is_decided: bool) -> BreachStanding:
    """Tell how the hours stand now; what was decided is over, in time or not."""
    if is_decided:
        return BreachStanding.DECIDED
    limit = report_by(aware_at)
    if now > limit:
        return BreachStanding.PASSED
    return BreachStanding.NEAR if now >= limit - WARNED_BEFORE else BreachStanding.RUNNING


def hours_left(aware_at: datetime, now: datetime) -> int:
    """Return the whole hours that are left; below nothing once they have passed."""
    return (report_by(aware_at) - now) // _HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What was decided of a breach: the risk, who was told and when, and why not in time."""

    risk: BreachRisk
    reported_at: datetime | None
    people_told: bool
    late_reason: str | None
    not_told_because: str | None


def must_be_lawful(assessed: Assessment, aware_at: datetime, now: datetime) -> None:
    """Refuse a decision that articles 33 and 34 do not allow, beside the answer that is wrong.

    A breach is reported unless a risk is unlikely, with the reason where that was late; the people
    are told where the risk is high, but for the exceptions of article 34(3).
    """
    reported_at = assessed.reported_at
    if reported_at is None and assessed.risk is not BreachRisk.UNLIKELY:
        raise AnswerRefused(
            "reported_at",
            "A breach is reported unless a risk to people is unlikely: report it, and enter when "
            f"({SOURCE}).",
        )
    if reported_at is not None and reported_at > now:
        raise AnswerRefused("reported_at", "Enter a time that is not in the future.")
    if reported_at is not None and reported_at < aware_at:
        raise AnswerRefused("reported_at", "This is before the partnership became aware of it.")
    is_late = reported_at is not None and reported_at > report_by(aware_at)
    if is_late and not assessed.late_reason:
        raise AnswerRefused(
            "late_reason", f"Enter why it was reported after the 72 hours ({SOURCE})."
        )
    if (
        assessed.risk is BreachRisk.HIGH
        and not assessed.people_told
        and not assessed.not_told_because
    ):
        raise AnswerRefused(
            "not_told_because",
            "People at high risk are told: enter why they were not (UK GDPR, article 34).",
        )
