"""K15 runs to the day on which a record comes up: by the years of its class, or kept longer."""

from services.casework.effects import as_counted, set_count
from services.casework.retention.records import kept_until, schedule_now
from services.database.cases import cases_of
from services.database.clocks import open_of_kind
from services.database.retention import proposals
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy_json import stored_policy
from services.domain.clocks.record_days import RecordDay, counted_by_record
from services.domain.clocks.rules import ClockId


def count_retention(work: UnitOfWork) -> None:
    """Have the clock of each closed case say the day on which its record comes up (K15, 5C).

    That is the day which the page of retention shows: by the policy's one number of years until two
    people adopt a schedule; from then on by the years of the record's class, also of cases that
    were closed before; of a record that is kept longer, on the day that was said. The years are
    local policy, and no law. A case is one record of one class, by how far it went, however many
    children it has. A case that is closed later is counted in the next round, one that is not
    closed has no such clock, and one that is hidden from the actor is left to the round. Counting
    again changes nothing.

    A partnership that leaves reviews no record by its day: every one goes with its export, and the
    clocks keep the days that they had (decision 0071).
    """
    running = open_of_kind(work.session, ClockId.K15)
    if not running:
        return
    found = proposals(work.session)
    schedule = schedule_now(work, found)
    if schedule.years.keeps_nothing:
        return
    policy = stored_policy(work.partnership.policy)
    cases = cases_of(work.session, {one.case_id for one in running})
    for clock in running:
        case = cases.get(clock.case_id)
        if case is None or case.closed_at is None:
            continue
        kept = kept_until(case, schedule, found)
        day = RecordDay(
            record_class=kept.record_class,
            closed_on=kept.closed_on,
            years=schedule.years.of(kept.record_class),
            review_on=kept.review_on,
            policy=f"{policy.name}, {policy.version}",
            adopted_on=schedule.adopted_on,
        )
        before = as_counted(clock)
        counted = counted_by_record(before, day)
        if counted != before:
            set_count(work, clock, counted)
