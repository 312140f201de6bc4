"""What affects casework now: what is stuck, by its cause, with what it keeps from happening."""

from dataclasses import dataclass
from typing import Final

from services.casework.engine.transactions import TransactionContext, translated
from services.casework.operations.effects import cause_told, in_order
from services.database import console
from services.domain.identifiers import CaseId
from services.domain.run_troubles import RunTrouble

A_FEW: Final = 3
_OF_WORK: Final = frozenset({RunTrouble.SET_ASIDE, RunTrouble.PUT_OFF})


@dataclass(frozen=True, slots=True, kw_only=True)
class Affecting:
    """One cause, what it keeps from happening, on how many cases, and the first few of these.

    ``error`` narrows the runs of this kind of trouble to those that this cause has.
    """

    cause: str
    effect: str
    partnerships: int
    cases: int
    what: RunTrouble
    error: str
    first: tuple[tuple[str, CaseId], ...]


def affecting_now(context: TransactionContext) -> list[Affecting]:
    """Return what is stuck in all partnerships by its cause, the gravest first."""
    with translated():
        found = list(console.causes(context.engine, A_FEW))
    return [_told(one) for one in in_order(found)]


def _told(one: console.Cause) -> Affecting:
    cause, effect = cause_told(one)
    return Affecting(
        cause=cause,
        effect=effect,
        partnerships=one.partnerships,
        cases=one.cases,
        what=one.what,
        error=one.error if one.what in _OF_WORK else "",
        first=one.first,
    )
