"""Which parts of an open case a person sees: todos, clocks, and what is said of the family."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from services.casework.access.cases import cases_seen
from services.database.assignments import Assignment, assignments_for, open_assignments
from services.database.cases import Case
from services.database.clocks import RunningClock, clocks
from services.database.reading_grants import grant_in_force
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import NotFound
from services.domain.family_log import FAMILY_LOG
from services.domain.personal_todos import person_asked
from services.domain.roles import Actor, Permission, Role, asked_as


@dataclass(frozen=True, slots=True)
class Todos:
    """What an actor is asked to do on cases open to them, and the cases to declare on first."""

    mine: list[Assignment]
    others: list[Assignment]
    to_declare: list[Case]
    cases: Mapping[UUID, Case]


def todos_seen(work: UnitOfWork, also: Collection[UUID] = ()) -> Todos:
    """Return the todos of the cases that the actor may open; of others only that they declare.

    A case on which they have yet to declare is named where something waits for them there,
    without saying what, at which step or by when (LC-01, G7). ``cases`` are those that they may
    open: on which something waits, or that are among the ids which are asked for besides.
    """
    asked = assignments_for(work.session, work.actor)
    waiting = {one.case_id for one in asked}
    others = [one for one in open_assignments(work.session) if not is_for(one, work.actor)]
    seen = cases_seen(work, among=waiting.union(also, (one.case_id for one in others)))
    opened = {case.id: case for case in seen.open}
    return Todos(
        mine=[one for one in asked if one.case_id in opened],
        others=[one for one in others if one.case_id in opened],
        to_declare=[case for case in seen.to_declare if case.id in waiting],
        cases=opened,
    )


def case_todos_seen(work: UnitOfWork, case: Case) -> list[Assignment]:
    """Return what is to be done on the case: all of it, or the actor's own part."""
    found = open_assignments(work.session, case.id)
    if work.actor.may(Permission.READ_CASE):
        return found
    return [one for one in found if is_for(one, work.actor)]


def person_named(assignment: Assignment) -> str:
    """Return the id of the one person who is asked by name; nothing where a role or agency is."""
    return person_asked(assignment.todo, assignment.subject)


def is_for(assignment: Assignment, actor: Actor) -> bool:
    """Tell whether the assignment is this actor's to do."""
    if person := person_named(assignment):
        return person == str(actor.person_id)
    return (
        assignment.role is asked_as(actor.role)
        and assignment.seat in (None, actor.seat)
        and assignment.authority in ("", actor.authority)
        and assignment.agency_id in (None, actor.agency_id)
    )


def clocks_seen(work: UnitOfWork, case: Case) -> list[RunningClock]:
    """Return the case's clocks: all of them, or those about the actor's own agency."""
    return [one for one in clocks(work.session, case.id) if sees_clock(work.actor, one)]


def sees_clock(actor: Actor, clock: RunningClock) -> bool:
    """Tell whether the actor sees a clock of a case open to them: any, or their own agency's."""
    if actor.may(Permission.READ_CASE):
        return True
    return actor.agency_id is not None and clock.subject == str(actor.agency_id)


def clock_seen(work: UnitOfWork, case: Case, clock_id: str) -> RunningClock:
    """Return one clock to a person who may see it; to anybody else there is none."""
    for clock in clocks_seen(work, case):
        if str(clock.id) == clock_id:
            return clock
    raise NotFound("There is no such clock on this case.")


def reads_family(work: UnitOfWork, case_id: UUID) -> bool:
    """Tell whether the actor reads about the child and the family on this case (rules.md 4).

    A scrutineer does so only while a grant of the chair is in force.
    """
    if work.actor.may(Permission.READ_FAMILY):
        return True
    return grant_in_force(work.session, case_id, work.actor.person_id, work.today) is not None


def reads_family_log(work: UnitOfWork, case_id: UUID) -> bool:
    """Tell whether the actor reads what is kept of the family's part in a local review.

    It comes after the case was handed over: who notified it has no part in that (rules.md 4).
    """
    return not _is_handed_over(work) and reads_family(work, case_id)


def is_closed_log(work: UnitOfWork, entry_type: EntryType) -> bool:
    """Tell whether an entry of the type is of that log, and the actor has no part in it."""
    return entry_type in closed_log(work)


def closed_log(work: UnitOfWork) -> frozenset[EntryType]:
    """Return the types of entry of that log where the actor has no part in it."""
    return FAMILY_LOG if _is_handed_over(work) else frozenset()


def _is_handed_over(work: UnitOfWork) -> bool:
    """Tell whether the actor's part ends with the notification."""
    return work.actor.role is Role.NOTIFIER
