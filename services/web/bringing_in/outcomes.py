"""What becomes of the acts of a workbook, in words, and what stands in the way by cell."""

from dataclasses import dataclass, field
from datetime import datetime

from services.casework.taking_over.acts_taken import TakenAct
from services.database.cases import Case
from services.domain.labels import label
from services.domain.plain_text import capital
from services.web.bringing_in.cells import CellProblem


@dataclass(frozen=True, slots=True)
class BroughtAct:
    """What becomes of one act of the workbook: when it happened, and in words what comes of it."""

    sheet: str
    what: str
    at: datetime | None
    said: str
    is_made: bool = False


@dataclass(slots=True)
class Tried:
    """What a workbook makes, what stands in the way by cell, and on which case."""

    outcomes: list[BroughtAct] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    case: Case | None = None

    @property
    def made(self) -> list[BroughtAct]:
        """Return what is made."""
        return [one for one in self.outcomes if one.is_made]


def for_whom(taken: TakenAct) -> str:
    """Say who brings in what the reader may not."""
    return (
        f"Not yours to bring in: you may not {label(taken.act.permission)}. Whoever may brings in "
        "the same file after you, with the reference of the case."
    )


def left(taken: TakenAct, why: str, at: datetime | None = None) -> BroughtAct:
    """Return that the act is not made, and why."""
    return BroughtAct(taken.sheet, called(taken), at, why)


def called(taken: TakenAct) -> str:
    """Return what the act is called in a history."""
    return capital(label(taken.act.entry))
