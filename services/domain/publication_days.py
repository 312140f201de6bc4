"""Which days are clear for publication, which are to be avoided, and which are not possible.

What speaks against a day comes from the case, from its communications strategy, from the register
of other proceedings, and from the calendar; each says where it comes from (PUB-21). Who publishes
on a day to be avoided says why; a day that is not possible is refused.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from services.domain.cited import plainly
from services.domain.working_days import ONE_DAY

WEEKS_AHEAD: Final = 12
_WEEK: Final = timedelta(days=7)


class AgainstDay(StrEnum):
    """What speaks against publication on a day."""

    BIRTHDAY = "birthday"
    SIBLING_BIRTHDAY = "sibling_birthday"
    INCIDENT = "incident"
    DEATH = "death"
    HEARING = "hearing"
    SCHOOL = "school"
    ELECTION = "election"
    HOLIDAY = "holiday"
    NOT_WORKED = "not_worked"
    TOO_SOON = "too_soon"
    PAST_SIX_MONTHS = "past_six_months"
    OTHER = "other"


# What Keyline reads from the case or the calendar; people name the rest.
READ_BY_KEYLINE: Final = (
    AgainstDay.BIRTHDAY,
    AgainstDay.INCIDENT,
    AgainstDay.NOT_WORKED,
    AgainstDay.TOO_SOON,
    AgainstDay.PAST_SIX_MONTHS,
)


class DayStanding(StrEnum):
    """How a day stands for publication."""

    CLEAR = "clear"
    TO_AVOID = "to_avoid"
    NOT_POSSIBLE = "not_possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """One thing that speaks against days, from the first to the last of them, and who says so.

    A birthday comes back each year: then month and day alone count, and there is one such day.
    """

    against: AgainstDay
    first: date
    words: str
    source: str
    last: date | None = None
    standing: DayStanding = DayStanding.TO_AVOID
    is_yearly: bool = False

    def holds_on(self, day: date) -> bool:
        """Tell whether it speaks against the day."""
        if self.is_yearly:
            return (day.month, day.day) == (self.first.month, self.first.day)
        return self.first <= day <= (self.last or self.first)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationDay:
    """One day, and all that speaks against it."""

    day: date
    against: tuple[Constraint, ...] = ()

    @property
    def standing(self) -> DayStanding:
        """Return the strictest of what speaks against it."""
        found = {one.standing for one in self.against}
        if DayStanding.NOT_POSSIBLE in found:
            return DayStanding.NOT_POSSIBLE
        return DayStanding.TO_AVOID if found else DayStanding.CLEAR

    @property
    def why(self) -> str:
        """Say what speaks against it, and who says so; nothing of a clear day."""
        return plainly("; ".join(f"{one.words} ({one.source})" for one in self.against))


def of_day(day: date, constraints: Iterable[Constraint]) -> PublicationDay:
    """Return the day with what of all this speaks against it, the strictest first."""
    found = [one for one in constraints if one.holds_on(day)]
    found.sort(key=lambda one: one.standing is not DayStanding.NOT_POSSIBLE)
    return PublicationDay(day=day, against=tuple(found))


def days_ahead(today: date, weeks: int = WEEKS_AHEAD) -> Iterator[date]:
    """Yield the days of so many weeks from the Monday of this week, without those gone by."""
    monday = today - ONE_DAY * today.weekday()
    day = today
    while day < monday + _WEEK * weeks:
        yield day
        day += ONE_DAY


class PublishedWhere(StrEnum):
    """Where a report is published: by the partnership, or without its name (PUB-27, PUB-28)."""

    OWN_ADDRESS = "own_address"
    REPOSITORY_UNNAMED = "repository_unnamed"


class UpdateKind(StrEnum):
    """What is published of a review after its report."""

    UPDATE_REPORT = "update_report"
    PROGRESS_SUMMARY = "progress_summary"


class PublicationStep(StrEnum):
    """What is done before, on and after the day of publication, by the day that is chosen."""

    FAMILY = "family"
    PRACTITIONERS = "practitioners"
    PARTNERS = "partners"
    PRE_SEND = "pre_send"
    MEMBERS = "members"
    MEDIA = "media"
    WEBSITE = "website"
    REPOSITORY = "repository"


class StepOwner(StrEnum):
    """Whose task a step to publication is, where it is not the business manager's."""

    COMMUNICATIONS_LEAD = "communications_lead"
    REVIEW_GROUP_CHAIR = "review_group_chair"
    LEAD_REVIEWER = "lead_reviewer"


# Other acts record these: agencies confirm the one, dispatches prove the others.
KEPT_ELSEWHERE: Final = (
    PublicationStep.PRACTITIONERS,
    PublicationStep.PRE_SEND,
    PublicationStep.REPOSITORY,
)
# These are done before the text goes to the three bodies (PUB-22, PUB-26).
BEFORE_SENDING: Final = frozenset(
    {PublicationStep.FAMILY, PublicationStep.PRACTITIONERS, PublicationStep.PRE_SEND}
)


def counted_back(publish_on: date, send_by: date, before: date) -> dict[PublicationStep, date]:
    """Return by when each step is done for a day of publication, where nobody says otherwise.

    ``send_by`` is the last day on which the text may be sent (K12), and ``before`` the last working
    day before publication. No rule names these days: the plan may name others. The family, the
    practitioners and the partners know the day before the text leaves (PUB-22).
    """
    days = dict.fromkeys(PublicationStep, send_by)
    days[PublicationStep.MEMBERS] = days[PublicationStep.MEDIA] = before
    days[PublicationStep.WEBSITE] = days[PublicationStep.REPOSITORY] = publish_on
    return days
