"""Which other cases may be about the same incident: told to those who may join them, not agencies.

A referral by one agency is not told to another. What is found is a hint by names, birth dates and
days, of which the manager is alerted (`engine.same_incidents`). That it is the same incident a
person says (`mark_duplicate`).
"""

import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from services.casework.access.cases import cases_seen
from services.casework.access.parts import reads_family
from services.casework.steps.joined_cases import marked_by
from services.casework.steps.referral.duplicates import MARK_DUPLICATE, MarkDuplicate
from services.database.cases import Case, Child, children
from services.database.unit_of_work import UnitOfWork
from services.domain.workflow import BEFORE_REFERRAL

NEAR: Final = timedelta(days=14)


def may_be_same_incident(work: UnitOfWork, case: Case) -> list[Case]:
    """Return the cases of which this one may be a duplicate, or they of it, oldest first.

    Those that are closed are among them, unless they are closed as duplicates themselves. Only
    cases that are open to the actor are named: on the others they have yet to declare (G7).
    """
    asked = case.stage in MARK_DUPLICATE.stages and work.actor.may(MARK_DUPLICATE.permission)
    if not asked or not reads_family(work, case.id):
        return []
    return alike(work, case, cases_seen(work).open)


def alike(work: UnitOfWork, case: Case, others: Iterable[Case]) -> list[Case]:
    """Return those of the cases whose days and children are like this one's, oldest first."""
    ours = children(work.session, case.id)
    near = [one for one in others if _is_near(one, case)]
    found = [
        one
        for one in near
        if _share_a_child(ours, children(work.session, one.id)) and marked_by(work, one) is None
    ]
    return sorted(found, key=lambda one: one.opened_at)


def first_same_incident(work: UnitOfWork, case: Case) -> MarkDuplicate | None:
    """Return the form that marks the case with the first of them filled in, if there is one."""
    found = may_be_same_incident(work, case)
    if not found:
        return None
    return MarkDuplicate.model_construct(duplicate_of=found[0].reference, reasons="")


def _is_near(other: Case, case: Case) -> bool:
    if other.id == case.id or other.stage in BEFORE_REFERRAL:
        return False
    if other.incident_on is None or case.incident_on is None:
        return False
    return abs(other.incident_on - case.incident_on) <= NEAR


def _share_a_child(ours: list[Child], theirs: list[Child]) -> bool:
    return any(_may_be_same_child(one, other) for one in ours for other in theirs)


def _may_be_same_child(one: Child, other: Child) -> bool:
    """Tell whether two children share a name, or a birth date and a part of the name."""
    mine, theirs = _words(one.name), _words(other.name)
    if one.born_on is not None and other.born_on is not None:
        same_day = one.born_on == other.born_on
        return mine == theirs or (same_day and bool(mine & theirs))
    return mine == theirs


def _words(name: str) -> frozenset[str]:
    """Return the parts of a name, however it is accented or ordered."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(
        one if one.isalnum() else " " for one in plain if not unicodedata.combining(one)
    )
    return frozenset(letters.split())
