"""When a request for information is to be answered, counted so that anyone can count it again.

Subject access (UK GDPR article 12A): one month from receipt, or from the day on which asked-for
proof of identity came; it ends on the same day of the next month, or on that month's last day, and
goes over a weekend or bank holiday to the next working day [ICO guidance]. Days on which what is
asked for had to be made clear do not count, and two further months may be told of within the first.

Freedom of information (FOIA s.10): 20 working days after receipt, or after the day on which what is
asked for was made clear. A bank holiday in any part of the United Kingdom does not count.

A complaint (DPA 2018 s.164A) is acknowledged within 30 days that begin with its receipt; in how
many working days it is answered is the partnership's own policy.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.domain.clocks.counting import add_months
from services.domain.clocks.request_policy import RequestPolicy
from services.domain.information_requests import InformationRequestKind
from services.domain.working_days import ONE_DAY, Calendar, Count, written


class AskedOfRequester(StrEnum):
    """What the requester was asked for, without which the request cannot go on."""

    IDENTITY = "identity"
    CLARIFICATION = "clarification"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequesterWait:
    """That the requester was asked for something on a day, and the day on which it came."""

    asked: AskedOfRequester
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestExtension:
    """By how much a request was extended, in months or working days, and when that was told."""

    length: int
    told_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDays:
    """The days of a request on which its clock depends."""

    kind: InformationRequestKind
    received_on: date
    waits: tuple[RequesterWait, ...] = ()
    extension: RequestExtension | None = None

    @property
    def awaited(self) -> RequesterWait | None:
        """Return what the requester has yet to send, if anything."""
        return next((one for one in self.waits if one.until is None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDue:
    """The last day for the answer, or none while the clock is stopped, and the account of it.

    ``extend_until`` is the last day on which the requester may be told of an extension, before it
    moves over a weekend: no guidance says that it does.
    """

    due: date | None
    account: tuple[str, ...]
    extend_until: date | None = None
    acknowledge_by: date | None = None

    def is_late(self, today: date) -> bool:
        """Tell whether the last day has passed."""
        return self.due is not None and self.due < today


def answer_due(
    days: RequestDays, policy: RequestPolicy, calendar: Calendar, closed: Calendar | None = None
) -> AnswerDue:
    """Count the last day for the answer; ``closed`` is the calendar with the days closed here.

    Raises OutsideCalendar where the bank holidays of the days are not known.
    """
    if days.kind is InformationRequestKind.COMPLAINT:
        return _of_complaint(days, policy, closed or calendar)
    calendar.must_cover(days.received_on)
    if days.kind is InformationRequestKind.SUBJECT_ACCESS:
        return _of_subject_access(days, policy, calendar)
    return _of_freedom_of_information(days, policy, calendar.of_the_uk())


def _of_subject_access(days: RequestDays, policy: RequestPolicy, calendar: Calendar) -> AnswerDue:
    if (awaited := _awaited(days, (AskedOfRequester.IDENTITY,))) is not None:
        return _stopped(awaited)
    start = _start(days, AskedOfRequester.IDENTITY)
    told = [_began(days, start, "proof of identity came")]
    first, stops = _less_stops(days, start, policy.subject_access_months)
    if stops is None:
        return _stopped(days.awaited)
    months, end = policy.subject_access_months, first
    told += _stops_told(stops)
    if days.extension is not None:
        months += days.extension.length
        end, _same = _less_stops(days, start, months)
        told.append(_extended(days.extension, "month"))
    due = calendar.on_or_after(end)
    told.append(f"{_many(months, 'month')} later: {written(end)}.")
    if due != end:
        told.append(f"{calendar.why_not(end)}: due on the next working day, {written(due)}.")
    return AnswerDue(due=due, account=tuple(told), extend_until=first)


def _of_freedom_of_information(
    days: RequestDays, policy: RequestPolicy, calendar: Calendar
) -> AnswerDue:
    if (awaited := _awaited(days, (AskedOfRequester.CLARIFICATION,))) is not None:
        return _stopped(awaited)
    start = _start(days, AskedOfRequester.CLARIFICATION)
    told = [_began(days, start, "what is asked for was made clear")]
    length = policy.freedom_of_information_days
    first = count = calendar.forward(start, length)
    if days.extension is not None:
        length += days.extension.length
        count = calendar.forward(start, length)
        told.append(_extended(days.extension, "working day"))
    told += [f"{_many(length, 'working day')} later: {written(count.end)}.", *_passed(count)]
    return AnswerDue(due=count.end, account=tuple(told), extend_until=first.end)


def _of_complaint(days: RequestDays, policy: RequestPolicy, calendar: Calendar) -> AnswerDue:
    length = policy.complaint_answered_within
    count = calendar.forward(days.received_on, length)
    within = policy.complaint_acknowledged_within
    acknowledge_by = days.received_on + timedelta(days=within - 1)
    told = [
        f"Received on {written(days.received_on)}.",
        f"Acknowledged within {within} days, that one included: by {written(acknowledge_by)}.",
        f"Answered {_many(length, 'working day')} later, by policy: {written(count.end)}.",
        *_passed(count),
    ]
    return AnswerDue(due=count.end, account=tuple(told), acknowledge_by=acknowledge_by)


def _awaited(days: RequestDays, asked: Iterable[AskedOfRequester]) -> RequesterWait | None:
    awaited = days.awaited
    return awaited if awaited is not None and awaited.asked in asked else None


def _start(days: RequestDays, asked: AskedOfRequester) -> date:
    """Return from when it counts: receipt, or the latest day on which what was asked for came."""
    came = (one.until for one in days.waits if one.asked is asked and one.until is not None)
    return max((days.received_on, *came))


def _less_stops(
    days: RequestDays, start: date, months: int
) -> tuple[date, tuple[tuple[date, date], ...] | None]:
    """Return the end of the months without the days on which clarity was awaited, and those days.

    None in their place: it is awaited still. What was asked for after the end stops nothing.
    """
    end, stops = add_months(start, months), []
    for one in _clarifications(days):
        if one.since > end:
            continue
        if one.until is None:
            return end, None
        since = max(one.since, start)
        if one.until >= since:
            end += one.until - since + ONE_DAY
            stops.append((since, one.until))
    return end, tuple(stops)


def _clarifications(days: RequestDays) -> Iterator[RequesterWait]:
    found = (one for one in days.waits if one.asked is AskedOfRequester.CLARIFICATION)
    yield from sorted(found, key=lambda one: one.since)


def _stopped(awaited: RequesterWait | None) -> AnswerDue:
    if awaited is None:
        raise ValueError("A clock stops only while something is awaited.")
    what = {
        AskedOfRequester.IDENTITY: "Proof of identity was asked for",
        AskedOfRequester.CLARIFICATION: "What is asked for was to be made clear, asked",
    }[awaited.asked]
    told = f"{what} on {written(awaited.since)} and has not come: the clock is stopped."
    return AnswerDue(due=None, account=(told,))


def _began(days: RequestDays, start: date, because: str) -> str:
    received = f"Received on {written(days.received_on)}."
    if start == days.received_on:
        return f"{received} It counts from that day."
    return f"{received} It counts from {written(start)}, when {because}."


def _stops_told(stops: tuple[tuple[date, date], ...]) -> list[str]:
    return [
        f"From {written(since)} to {written(until)} it was to be made clear what is asked for: "
        f"{_many((until - since).days + 1, 'day')} do not count."
        for since, until in stops
    ]


def _extended(extension: RequestExtension, unit: str) -> str:
    many = _many(extension.length, f"further {unit}")
    return f"Extended by {many}, told on {written(extension.told_on)}."


def _passed(count: Count) -> list[str]:
    holidays = [one for one in count.skipped if one.holiday or one.closed]
    if not holidays:
        return []
    return [f"Not counted: {', '.join(f'{written(one.day)} ({one.why})' for one in holidays)}."]


def _many(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
