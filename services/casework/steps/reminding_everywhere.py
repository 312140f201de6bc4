"""All who are late on the cases that are open to the actor are reminded at once, case by case."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID, uuid5

from services.casework.access.cases import cases_seen
from services.casework.access.parts import is_for
from services.casework.steps.reminding import REMIND, Remind, remind
from services.casework.steps.waited_for import WaitedFor, waited_for
from services.database.assignments import Assignment, open_assignments
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AlreadyDone, CaseworkError
from services.domain.identifiers import CaseId

AT_ONCE: Final = 10  # cases on one page, those that are late longest


@dataclass(frozen=True, slots=True)
class LateOnCase:
    """On whom a case waits past the day of what they are asked."""

    case: Case
    waits: tuple[WaitedFor, ...]


@dataclass(frozen=True, slots=True)
class LateEverywhere:
    """The cases that are late longest, and how many more there are."""

    cases: tuple[LateOnCase, ...]
    more: int


@dataclass(frozen=True, slots=True)
class RemindedCases:
    """On how many cases reminders went out, and on how many nothing did."""

    sent: int
    left: int


def late_everywhere(work: UnitOfWork) -> LateEverywhere:
    """Return who is late on the cases that are open to the actor, the latest case first."""
    work.actor.must(REMIND.permission)
    every: dict[UUID, list[Assignment]] = {}
    for one in open_assignments(work.session):
        every.setdefault(one.case_id, []).append(one)
    late = {case_id: found for case_id, found in every.items() if _is_late(work, found)}
    open_ = {one.id: one for one in cases_seen(work, among=late.keys()).open}
    reached = [case_id for case_id in late if case_id in open_]
    shown = [
        LateOnCase(open_[one], _late(work, open_[one], late[one])) for one in reached[:AT_ONCE]
    ]
    return LateEverywhere(tuple(one for one in shown if one.waits), len(reached[AT_ONCE:]))


def remind_everywhere(work: UnitOfWork, chosen: Iterable[UUID]) -> RemindedCases:
    """Remind those who are ticked, by one act a case, each with a key of its own of the form's.

    What is refused on one case, since somebody did it meanwhile, stops no other.
    """
    work.actor.must(REMIND.permission)
    where = {one.id: one.case_id for one in open_assignments(work.session)}
    by_case: dict[UUID, list[UUID]] = {}
    asked = dict.fromkeys(chosen)
    for one in asked:
        if one in where:
            by_case.setdefault(where[one], []).append(one)
    done = [_remind(work, case_id, tuple(by_case[case_id])) for case_id in sorted(by_case)]
    gone = any(one not in where for one in asked)
    return RemindedCases(sent=sum(done), left=done.count(False) + gone)


def _is_late(work: UnitOfWork, found: Iterable[Assignment]) -> bool:
    return any(
        one.last_day is not None and one.last_day < work.today and not is_for(one, work.actor)
        for one in found
    )


def _late(work: UnitOfWork, case: Case, found: list[Assignment]) -> tuple[WaitedFor, ...]:
    waits = waited_for(work, case, found)
    return tuple(one for one in waits if one.is_late(work.today) and one.emails)


def _remind(work: UnitOfWork, case_id: UUID, waits_on: tuple[UUID, ...]) -> bool:
    once = None if work.once is None else uuid5(work.once, str(case_id))
    try:
        with work.savepoint():
            remind(replace(work, once=once), CaseId(case_id), Remind(waits_on=waits_on))
    except AlreadyDone:
        return True
    except CaseworkError:
        return False
    return True
