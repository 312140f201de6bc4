"""What a calendar holds: tasks, time limits and meetings of the cases that are open to its reader.

Of a case it has the reference and the kind of day. Nothing of it is typed by anybody: no place, no
name, no word of an act. What a case that closes to the reader had in it is gone at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from services.calendars.feeds import FeedEvent, feed_written
from services.casework.access.cases import cases_seen
from services.casework.access.parts import sees_clock
from services.casework.calendar_feeds.meetings import MeetingInCalendar, meetings_of, own_meetings
from services.casework.effects.duties import duty_of
from services.casework.needs import needs_seen
from services.database.assignments import Assignment, closed_for
from services.database.cases import Case
from services.database.clocks import RunningClock, ended_clocks, running_clocks
from services.database.history import newest_numbers
from services.database.unit_of_work import UnitOfWork
from services.domain.calendar_feeds import TOLD_AFTER_THE_END, FeedKind
from services.domain.labels import label
from services.domain.message_ids import NO_DOMAIN
from services.domain.roles import asked_as

CALLED: Final[Mapping[FeedKind, str]] = {
    FeedKind.OWN: "Keyline",
    FeedKind.PARTNERSHIP: "Keyline: the partnership",
}


@dataclass(frozen=True, slots=True)
class _Cases:
    """The cases that are open to the reader, and how new each of them is."""

    work: UnitOfWork
    open: Mapping[UUID, Case]
    newest: Mapping[UUID, tuple[int, datetime]]
    base_url: str

    def day(self, case_id: UUID, named: str, said: str, on: date, *, is_over: bool) -> FeedEvent:
        """Return a day of a case; one that moves has a higher number than before."""
        case = self.open[case_id]
        number, at = self.newest.get(case_id, (0, case.opened_at))
        return FeedEvent(
            uid=f"{named}@{NO_DOMAIN}",
            sequence=number,
            changed_at=at,
            summary=f"{case.reference}: {said}",
            link=self.link(case_id),
            on=on,
            is_over=is_over,
        )

    def meeting(self, one: MeetingInCalendar) -> FeedEvent:
        """Return a meeting of a case."""
        return FeedEvent(
            uid=one.uid,
            sequence=one.entry.number,
            changed_at=one.entry.at,
            summary=f"{self.open[one.case_id].reference}: {one.called}",
            link=self.link(one.case_id),
            begins_at=one.begins_at,
            lasts=one.lasts,
            is_over=one.is_over,
        )

    def link(self, case_id: UUID) -> str:
        """Return the address of the case, which asks whoever opens it to sign in."""
        return f"{self.base_url}/cases/{case_id}"


def calendar_of(work: UnitOfWork, kind: FeedKind, base_url: str) -> bytes:
    """Return the reader's calendar of this kind, as it is now."""
    opened = {case.id: case for case in cases_seen(work).open}
    cases = _Cases(work, opened, newest_numbers(work.session, opened.keys()), base_url)
    return feed_written(CALLED[kind], _own(cases) if kind is FeedKind.OWN else _all_of(cases))


def _own(cases: _Cases) -> Iterator[FeedEvent]:
    """Yield what the reader is asked, the time limits of their own duty, and their meetings."""
    work, served = cases.work, set()
    for need in needs_seen(work).mine:
        if need.asked is not None and need.last_day is not None:
            yield _task(cases, need.asked, need.last_day, is_over=False)
            served |= {need.clock.id} if need.clock and need.clock.due == need.last_day else set()
    for asked in closed_for(work.session, work.actor, work.now - TOLD_AFTER_THE_END):
        if asked.case_id in cases.open and asked.last_day is not None:
            yield _task(cases, asked, asked.last_day, is_over=True)
    for clock in _clocks(cases):
        if duty_of(clock).role is asked_as(work.actor.role) and clock.id not in served:
            yield _limit(cases, clock)
    yield from map(cases.meeting, own_meetings(work, cases.open))


def _all_of(cases: _Cases) -> Iterator[FeedEvent]:
    """Yield every time limit and every meeting of the cases that are open to the reader."""
    for clock in _clocks(cases):
        yield _limit(cases, clock)
    yield from map(cases.meeting, meetings_of(cases.work, cases.open))


def _clocks(cases: _Cases) -> Iterator[RunningClock]:
    """Yield the time limits that run, and those that were met or ended lately."""
    work, ids = cases.work, cases.open.keys()
    over = ended_clocks(work.session, ids, work.today - TOLD_AFTER_THE_END)
    for one in (*running_clocks(work.session, ids), *over):
        if sees_clock(work.actor, one):
            yield one


def _limit(cases: _Cases, clock: RunningClock) -> FeedEvent:
    """Return the last day of a time limit; one that is met or has ended is told as cancelled."""
    said = f"last day: {clock.duty}"
    named, is_over = f"clock.{clock.id}", not clock.runs
    return cases.day(clock.case_id, named, said, clock.due, is_over=is_over)


def _task(cases: _Cases, asked: Assignment, on: date, *, is_over: bool) -> FeedEvent:
    return cases.day(asked.case_id, f"task.{asked.id}", label(asked.todo), on, is_over=is_over)
