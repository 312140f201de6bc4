"""The clocks of a case: started by what happens, met by acts, never paused (rules.md 2.2)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from services.casework.effects.counts_kept import as_counted, particulars
from services.casework.effects.duties import tell_duty_holder
from services.database.cases import Case
from services.database.clocks import RunningClock, clocks, open_clock
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.counting import count_clock
from services.domain.clocks.due_dates import Anchors, DueDate, Note, Remark
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.policy_json import stored_policy
from services.domain.clocks.rules import RULES, Anchor, ClockEnding, ClockId
from services.domain.emails import EmailTrigger
from services.domain.working_days import london_date


def policy_of(case: Case) -> PartnershipPolicy:
    """Return the policy the case began with, whatever the partnership chose since (P15)."""
    return stored_policy(case.policy)


def anchors(case: Case) -> Anchors:
    """Return the dates on which this case's clocks hang, in England (C1)."""
    return Anchors(
        aware=london_date(case.aware_at) if case.aware_at else None,
        referral=london_date(case.referred_at),
        notification=london_date(case.notified_at) if case.notified_at else None,
        meeting=case.met_on,
        decision=case.decided_on,
        submission=london_date(case.submitted_at) if case.submitted_at else None,
        publication=case.publish_on,
        closure=london_date(case.closed_at) if case.closed_at else None,
    )


def compute_due_date(
    work: UnitOfWork, case: Case, clock: ClockId, *, subject: str = "", **more: date
) -> DueDate:
    """Return when the duty is due on this case, with its account; an extra clock's by its code."""
    return due_by(work, case, policy_of(case), (clock, subject), more)


def due_by(
    work: UnitOfWork,
    case: Case,
    policy: PartnershipPolicy,
    which: tuple[ClockId, str],
    more: Mapping[str, date],
) -> DueDate:
    """Return when a clock, with its subject, is due by the case's policy or one that is tried.

    Raises LookupError for an extra clock that the policy has not.
    """
    clock, subject = which
    known = anchors(case)
    if policy.counted_otherwise:  # only such a policy counts anything from the incident
        known = replace(known, incident=case.incident_on)
    given = {name: getattr(known, name) for name in known.__dataclass_fields__} | dict(more)
    rule = policy.rule(clock, subject if clock is ClockId.EXTRA else "")
    if "listing" in more:
        # [inf] An organisation found later has the same days from being listed, and so never fewer
        # than from the referral; the framework counts every agency from the referral (RR-39).
        counted = count_clock(
            replace(rule, anchor=Anchor.LISTING), Anchors(**given), work.calendar, policy
        )
        return replace(counted, notes=(*counted.notes, Note(remark=Remark.LISTED_LATER)))
    return count_clock(rule, Anchors(**given), work.calendar, policy)


def start_clock(
    work: UnitOfWork, case: Case, clock: ClockId, *, subject: str = "", **more: date
) -> RunningClock:
    """Start the clock, or move the one that runs when its trigger changed; the first date stays.

    A late bank holiday or a later notification moves a date; ``first_due`` keeps what it was.
    """
    due = _with_doubt(case, compute_due_date(work, case, clock, subject=subject, **more))
    running = open_clock(work.session, case.id, clock, subject)
    if running is None:
        running = RunningClock(
            tenant_id=work.actor.partnership_id,
            case_id=case.id,
            clock=clock,
            subject=subject,
            first_due=due.due,
            **particulars(due),
        )
    set_count(work, running, due)
    return running


def move_clock(work: UnitOfWork, case: Case, running: RunningClock) -> None:
    """Count a clock again, met or not, where its trigger was corrected; tell of a nearer day."""
    if not policy_of(case).counts(running.clock, running.subject, running.anchor):
        return  # a step of another policy, kept when the case was moved (5A)
    before = running.due
    counted = compute_due_date(work, case, running.clock, subject=running.subject)
    set_count(work, running, _with_doubt(case, counted))
    if running.met_on is None and running.due < before:
        tell_of_move(work, case, running, before)


def tell_of_move(work: UnitOfWork, case: Case, running: RunningClock, before: date) -> None:
    """Write to those whose duty it is that the last day came nearer, or moved later."""
    nearer = running.due < before
    event = EmailTrigger.DAY_CAME_NEARER if nearer else EmailTrigger.DAY_MOVED_LATER
    part = f"{running.id}:{'nearer' if nearer else 'later'}:{work.now.isoformat()}"
    tell_duty_holder(work, case, running, event, part)


def counted_now(
    work: UnitOfWork,
    case: Case,
    running: RunningClock,
    notification: date | None = None,
    by: PartnershipPolicy | None = None,
) -> DueDate:
    """Return the clock as the bank holidays of today count it, from the day on which it hangs.

    The meeting window is capped by the notification that opened the review, if that is another one.
    """
    name = "action_due" if running.anchor is Anchor.ACTION else running.anchor.value
    given = {} if _hangs_otherwise(running) else {name: running.anchored_on}
    if running.clock is ClockId.K7 and notification is not None:
        given = {"notification": notification} | given
    policy = by or policy_of(case)
    return _with_doubt(case, due_by(work, case, policy, (running.clock, running.subject), given))


def _hangs_otherwise(running: RunningClock) -> bool:
    """Tell whether the partnership's own way of counting it holds, so that both are counted."""
    rule = RULES.get(running.clock)
    return rule is not None and rule.locked and running.anchor is not rule.anchor


def set_count(work: UnitOfWork, running: RunningClock, due: DueDate) -> None:
    """Give the clock another count; the date that it was first given stays."""
    for name, value in particulars(due).items():
        setattr(running, name, value)
    work.session.add(running)
    work.session.flush()


def mark_met(
    work: UnitOfWork, case: Case, *which: ClockId, on: date | None = None, subject: str = ""
) -> None:
    """Stop these clocks as met on the day, early or late; a clock that does not run is passed."""
    for clock in which:
        running = open_clock(work.session, case.id, clock, subject)
        if running is not None:
            running.met_on = on or work.today
            work.session.add(running)
    work.session.flush()


def reopen_clock(work: UnitOfWork, case: Case, *which: ClockId) -> None:
    """Open these clocks again at their old last day: what met them did not reach its recipient.

    The day on which one was shown as met stays in ``taken_back``.
    """
    for clock in which:
        if open_clock(work.session, case.id, clock) is not None:
            continue
        met = [
            one
            for one in clocks(work.session, case.id)
            if one.clock is clock and one.met_on and not one.subject
        ]
        newest = max(met, key=lambda one: (one.met_on or one.due, one.due), default=None)
        if newest is not None:
            newest.taken_back, newest.met_on = newest.met_on, None
            work.session.add(newest)
    work.session.flush()


def agree_later_day(
    work: UnitOfWork, case: Case, which: ClockId, day: date, *, subject: str
) -> None:
    """Give a local clock that runs a later last day; its first one stays, and a note says so.

    Only the clocks of single agencies are moved so: a national one never is.
    """
    running = open_clock(work.session, case.id, which, subject)
    if running is None:
        return
    counted = as_counted(running)
    others = tuple(one for one in counted.notes if one.remark is not Remark.AGREED_LATER)
    note = Note(remark=Remark.AGREED_LATER, day=running.first_due)
    set_count(work, running, replace(counted, due=day, target=None, notes=(*others, note)))


def cancel_clock(
    work: UnitOfWork, case: Case, *which: ClockId, because: ClockEnding, subject: str | None = None
) -> None:
    """End these clocks without their being met, and say why; with none named, all that run."""
    for running in clocks(work.session, case.id):
        meant = (not which or running.clock in which) and subject in {None, running.subject}
        if running.runs and meant:
            running.ended_on = work.today
            running.ended_because = because
            work.session.add(running)
    work.session.flush()


def resume_clocks(work: UnitOfWork, case: Case, ended_on: date) -> None:
    """Let the clocks run on that ended with the case on that day: it was closed in error."""
    for one in clocks(work.session, case.id):
        if one.ended_on == ended_on and one.ended_because is ClockEnding.CASE_CLOSED:
            one.ended_on = one.ended_because = None
            work.session.add(one)
    work.session.flush()


def last_day(work: UnitOfWork, case: Case, clock: ClockId, subject: str = "") -> date | None:
    """Return the last day of the clock if it runs on this case."""
    running = open_clock(work.session, case.id, clock, subject)
    return running.due if running else None


def _with_doubt(case: Case, due: DueDate) -> DueDate:
    """Say with the date that the local authority itself has not yet said when it was aware."""
    if due.anchor is not Anchor.AWARE or case.awareness_stated:
        return due
    return replace(due, notes=(*due.notes, Note(remark=Remark.AWARENESS_NOT_STATED)))
