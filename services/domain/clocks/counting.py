"""How one clock is counted: by which version, over which days, and where it ends."""

import calendar as gregorian
from dataclasses import replace
from datetime import date, timedelta

from services.domain.clocks.due_dates import Anchors, DueDate, Note, Remark
from services.domain.clocks.other_counts import OtherCount
from services.domain.clocks.policy import NATIONAL, PartnershipPolicy
from services.domain.clocks.rules import RULES, Anchor, ClockId, ClockRule, Unit
from services.domain.clocks.versions import RuleVersion, exists_on, version_on
from services.domain.errors import RuleBroken
from services.domain.labels import label
from services.domain.plain_text import in_passing
from services.domain.working_days import Calendar, Count, OutsideCalendar, written

MONTHS_IN_A_YEAR = 12


class AnchorMissing(RuleBroken):
    """The clock has not started: what it counts from has not happened yet."""


class NoSuchDuty(RuleBroken):
    """The duty did not exist yet when this happened."""


def count_clock(
    rule: ClockRule, anchors: Anchors, calendar: Calendar, policy: PartnershipPolicy = NATIONAL
) -> DueDate:
    """Count one clock by the version in force on its trigger date (convention C1).

    Where the partnership counts a national limit in its own way, the earlier of the two days holds.
    """
    national = _as_the_rule_says(rule, anchors, calendar, policy)
    other = policy.counted_otherwise.get(rule.clock)
    return _sooner(national, other, anchors, calendar) if other else national


def _sooner(national: DueDate, other: OtherCount, anchors: Anchors, calendar: Calendar) -> DueDate:
    """Return the limit as the partnership counts it, if that can be counted and ends earlier.

    What would have ended before the national duty began binds nobody: then the national day holds.
    """
    start = anchors.on(other.anchor)
    if start is None or (calendar.first is not None and start < calendar.first):
        return national
    note = Note(remark=Remark.COUNTED_OTHERWISE, name="The partnership", day=national.due)
    plain = replace(
        national,
        anchor=other.anchor,
        anchored_on=start,
        due=start,
        unit=other.unit,
        length=other.length,
        counted=(),
        skipped=(),
        target=None,
        notes=(*national.notes, note),
    )
    if other.unit is Unit.WORKING_DAYS:
        count = calendar.forward(start, other.length)
        local = replace(plain, due=count.end, counted=count.counted, skipped=count.skipped)
    elif other.unit is Unit.CALENDAR_DAYS:
        local = _by_the_day(plain, calendar)
    else:
        local = _by_the_month(plain, calendar)
    return local if national.anchored_on <= local.due < national.due else national


def _as_the_rule_says(
    rule: ClockRule, anchors: Anchors, calendar: Calendar, policy: PartnershipPolicy
) -> DueDate:
    start = anchors.on(rule.anchor)
    if start is None:
        raise AnchorMissing(
            f"{rule.clock} counts from the {label(rule.anchor)}, which is not known."
        )
    calendar.must_cover(start)
    version = _version(rule, start, anchors)
    length = _length(rule, policy, version)
    counted_by = version.name if version else f"{policy.name}, {policy.version}"
    plain = DueDate(
        clock=rule.clock,
        anchor=rule.anchor,
        anchored_on=start,
        due=start,
        unit=rule.unit,
        length=length,
        force=rule.force,
        rule=rule.rule,
        version=counted_by,
        notes=_notes(rule, version, policy),
        code=rule.code,
        title=rule.title,
    )
    counting = calendar_of(rule, calendar, policy)
    if rule.clock is ClockId.K7:
        return _meeting_window(plain, anchors.notification, calendar, policy)
    if rule.unit is Unit.WORKING_DAYS:
        way = counting.backward if rule.backward else counting.forward
        return _opened(_counted(plain, way(start, length), policy), rule, counting)
    if rule.unit is Unit.CALENDAR_DAYS:
        return _opened(_by_the_day(plain, counting), rule, counting)
    return _by_the_month(plain, calendar)


def _length(rule: ClockRule, policy: PartnershipPolicy, version: RuleVersion | None) -> int:
    if rule.clock is ClockId.EXTRA:
        return rule.length
    return policy.length(rule.clock, version.lengths.get(rule.clock) if version else None)


def _opened(due: DueDate, rule: ClockRule, counting: Calendar) -> DueDate:
    """Say from which day on the step may be done, where it has a first day; K7 has its own."""
    if rule.opens is None or rule.clock is ClockId.K7:
        return due
    if rule.unit is Unit.CALENDAR_DAYS:
        return replace(due, opens=due.anchored_on + timedelta(days=rule.opens))
    return replace(due, opens=counting.add_working_days(due.anchored_on, rule.opens))


def _by_the_day(plain: DueDate, counting: Calendar) -> DueDate:
    """Count every day of the calendar, not rolling forward over weekends (E-08, E-09)."""
    steps = range(1, plain.length + 1)
    counted = tuple(plain.anchored_on + timedelta(days=step) for step in steps)
    end = counted[-1] if counted else plain.anchored_on
    counting.must_cover(end)
    target = max(counting.on_or_before(end), plain.anchored_on)
    return replace(plain, due=end, counted=counted, target=target)


def calendar_of(rule: ClockRule, calendar: Calendar, policy: PartnershipPolicy) -> Calendar:
    """Return the days that count for the clock: closed days of a partnership, for local ones only.

    A national limit is the same for everybody, whoever is closed (rules.md 5A).
    """
    return calendar if rule.locked else calendar.closed_on(policy.closed_days)


def add_months(start: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day if it has no such day."""
    years, month = divmod(start.month - 1 + months, MONTHS_IN_A_YEAR)
    year = start.year + years
    if year > date.max.year:
        raise OutsideCalendar(f"{months} months after {written(start)} cannot be written.")
    longest = gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, longest))


def _version(rule: ClockRule, start: date, anchors: Anchors) -> RuleVersion | None:
    """Choose by the step's trigger date: the decision for what follows it (rules.md 5B)."""
    if not rule.locked:
        return None
    trigger = start
    if rule.anchor is Anchor.PUBLICATION and anchors.decision:
        trigger = anchors.decision
    if not exists_on(rule.clock, trigger, anchors.incident):
        raise NoSuchDuty(
            f"{rule.clock} ({in_passing(rule.duty)}) did not exist on {written(trigger)}."
        )
    return version_on(rule.clock, trigger)


def _notes(
    rule: ClockRule, version: RuleVersion | None, policy: PartnershipPolicy
) -> tuple[Note, ...]:
    notes = []
    if rule.clock is ClockId.K12 and policy.clear_days:
        notes.append(Note(remark=Remark.CLEAR_DAYS, name=policy.name))
    elif rule.locked and rule.clock in policy.lengths:
        notes.append(Note(remark=Remark.TIGHTER_LIMIT, name=policy.name, count=rule.length))
    if version and not version.confirmed:
        notes.append(Note(remark=Remark.RULE_VERSION, name=version.name))
    return tuple(notes)


def _counted(plain: DueDate, count: Count, policy: PartnershipPolicy) -> DueDate:
    """Return the date as counted; where closed days were left out, it says whose they are."""
    notes = plain.notes
    if any(one.closed and not one.holiday for one in count.skipped):
        notes = (*notes, Note(remark=Remark.CLOSED_DAYS, name=policy.name))
    return replace(plain, due=count.end, counted=count.counted, skipped=count.skipped, notes=notes)


def _meeting_window(
    plain: DueDate, notified: date | None, calendar: Calendar, policy: PartnershipPolicy
) -> DueDate:
    """Return the window in which to meet; a notification before referral closes it earlier.

    Counted from referral the plan fills all 15 days (RR-44); where notification came
    first, the meeting has to leave time to submit by the national clock (E-13), for which a
    partnership's closed days count like any other.
    """
    local = calendar_of(RULES[ClockId.K7], calendar, policy)
    opens = local.add_working_days(plain.anchored_on, policy.window_opens)
    window = _counted(plain, local.forward(plain.anchored_on, plain.length), policy)
    window = replace(window, opens=opens)
    if notified is None:
        return window
    room = _room_to_meet(notified, calendar, policy)
    latest = calendar.forward(notified, room)
    if latest.end >= window.due:
        return window
    notes = [Note(remark=Remark.CLOSED_EARLY, count=room)]
    if latest.end < opens:
        notes.append(Note(remark=Remark.WINDOW_TOO_LATE, day=opens))
    capped = replace(
        window,
        anchor=Anchor.NOTIFICATION,
        anchored_on=notified,
        opens=min(opens, latest.end),
        length=room,
        notes=tuple(notes),
    )
    return _counted(capped, latest, policy)


def _room_to_meet(notified: date, calendar: Calendar, policy: PartnershipPolicy) -> int:
    """Return how many working days after notification leave time to submit, as it is counted here.

    A review that is due earlier than nationally, since the partnership counts otherwise, leaves
    fewer (E-13).
    """
    room = policy.latest_meeting_after_notification()
    if ClockId.K10 not in policy.counted_otherwise:
        return room
    known = Anchors(notification=notified)
    submit = count_clock(RULES[ClockId.K10], known, calendar, policy).due
    record = policy.length(ClockId.K8)
    while room and calendar.add_working_days(notified, room + record) > submit:
        room -= 1
    return room


def _by_the_month(plain: DueDate, calendar: Calendar) -> DueDate:
    """Count months and years on the calendar, not rolling forward over weekends (C1)."""
    if plain.unit is Unit.SET_DATE:
        return plain
    months = MONTHS_IN_A_YEAR if plain.unit is Unit.YEARS else 1
    steps = range(1, plain.length + 1)
    counted = tuple(add_months(plain.anchored_on, months * step) for step in steps)
    target = calendar.on_or_before(counted[-1]) if plain.clock is ClockId.K11 else None
    return replace(plain, due=counted[-1], counted=counted, target=target)


def due_date(
    clock: ClockId, anchors: Anchors, calendar: Calendar, policy: PartnershipPolicy = NATIONAL
) -> DueDate:
    """Return when one duty is due; refuse if what it counts from is not known."""
    return count_clock(policy.rule(clock), anchors, calendar, policy)


def extra_due_dates(
    anchors: Anchors, calendar: Calendar, policy: PartnershipPolicy
) -> tuple[DueDate, ...]:
    """Return the partnership's extra clocks whose event is known; no rule's clock is among them."""
    return tuple(
        count_clock(one.rule, anchors, calendar, policy)
        for one in policy.clocks_of_its_own
        if anchors.on(one.anchor) is not None
    )


def due_dates(
    anchors: Anchors, calendar: Calendar, policy: PartnershipPolicy = NATIONAL
) -> tuple[DueDate, ...]:
    """Return every clock whose anchor is known and whose duty existed then, K1 first."""
    counted: list[DueDate] = []
    for clock, rule in RULES.items():
        if anchors.on(rule.anchor) is None:
            continue
        try:
            counted.append(due_date(clock, anchors, calendar, policy))
        except NoSuchDuty:
            continue
    return tuple(counted)
