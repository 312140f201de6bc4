"""What another policy would change of the clocks that run on a case (5A, GOV-04)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.casework.effects.clocks import (
    anchors,
    counted_now,
    due_by,
    policy_of,
)
from services.casework.effects.recounts import is_agreed
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.counting import AnchorMissing
from services.domain.clocks.due_dates import DueDate
from services.domain.clocks.extra import PANEL_ANSWER
from services.domain.clocks.policy import NATIONAL, PartnershipPolicy
from services.domain.clocks.rules import RULES, ClockId
from services.domain.errors import RuleBroken
from services.domain.plain_dates import weekday_day_month_year
from services.domain.working_days import OutsideCalendar, written

# An action's day is set by its plan, and the years of a closed record by their own schedule.
_OF_NO_POLICY = frozenset({ClockId.K14, ClockId.K15})


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCounted:
    """A clock as it runs and as another policy counts it.

    Without ``after`` the step is none of that policy, and ends; without ``clock`` it begins.
    """

    clock: RunningClock | None
    after: DueDate | None

    @property
    def duty(self) -> str:
        """Say what is to be done."""
        if self.clock is not None:
            return self.clock.duty
        return self.after.duty if self.after is not None else ""

    @property
    def told(self) -> str:
        """Say how its last day would be another one."""
        if self.clock is None:
            begins = weekday_day_month_year(self.after.due) if self.after is not None else ""
            return f"{self.duty} begins, by {begins}"
        was = weekday_day_month_year(self.clock.due)
        if self.after is None:
            return f"{self.duty} ends, by {was} until now"
        if self.after.due == self.clock.due:
            return f"{self.duty}: its first day is another one"
        return f"{self.duty}: {weekday_day_month_year(self.after.due)} instead of {was}"

    @property
    def code(self) -> ClockId:
        """Return which clock it is."""
        return self.clock.clock if self.clock is not None else ClockId.EXTRA


def counted_by_another(
    work: UnitOfWork, case: Case, its: Sequence[RunningClock], policy: PartnershipPolicy
) -> Iterator[OtherCounted]:
    """Yield what the policy counts otherwise than the case's own, of what is not past or met.

    A step that hangs on an event which is yet to happen ends, and begins with that event. A day
    that has passed stays as it is, and so does one that was given later to an agency.
    """
    notified = next((one.anchored_on for one in its if one.clock is ClockId.K10), None)
    for one in its:
        lasts = one.runs and one.due >= work.today and one.clock not in _OF_NO_POLICY
        if not lasts or is_agreed(one):
            continue
        try:
            after = counted_now(work, case, one, notified, policy)
        except (LookupError, AnchorMissing):  # it has no such step, or one of an event to come
            yield OtherCounted(clock=one, after=None)
            continue
        if (one.opens, one.due) != (after.opens, after.due):
            yield OtherCounted(clock=one, after=after)
    yield from _begun(work, case, its, policy)


def must_keep_national_days(work: UnitOfWork, case: Case, moved: Iterable[OtherCounted]) -> None:
    """Refuse a count by which a national limit of the case would end after the national day.

    No policy can say so; it is asked of the very days all the same.
    """
    for one in moved:
        rule = RULES.get(one.code)
        if one.clock is None or one.after is None or rule is None or not rule.locked:
            continue
        national = counted_now(work, case, one.clock, None, NATIONAL).due
        if not rule.longer_is_stricter and one.after.due > national:
            raise RuleBroken(
                f"{one.duty}: the national last day is {written(national)}, and no policy moves it."
            )


def _begun(
    work: UnitOfWork, case: Case, its: Sequence[RunningClock], policy: PartnershipPolicy
) -> Iterator[OtherCounted]:
    """Yield the steps of the policy that the case's own has not, whose last day is to come."""
    known = {one.subject for one in its if one.is_extra}
    known |= {one.code for one in policy_of(case).clocks_of_its_own}
    for extra in policy.clocks_of_its_own:
        is_answered = extra.code == PANEL_ANSWER and case.panel_answered_on is not None
        if extra.code in known or is_answered or anchors(case).on(extra.anchor) is None:
            continue
        try:
            after = due_by(work, case, policy, (ClockId.EXTRA, extra.code), {})
        except OutsideCalendar:
            continue
        if after.due >= work.today:
            yield OtherCounted(clock=None, after=after)
