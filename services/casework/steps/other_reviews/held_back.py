"""What the register holds back of asking and showing: who does it all the same says how (LC-17).

Nothing that the guidance requires is stopped by another process. The acts that ask or show look at
what one of them holds back; how that is kept to, or who agreed otherwise, is on record.
"""

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import Field

from services.casework.commands import LongText, NeededWhen
from services.casework.steps.other_reviews.lead_register import is_led_elsewhere, register_of_lead
from services.casework.steps.other_reviews.register import OtherProcess, register_of
from services.database.cases import Case
from services.database.history import reads_all
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.other_reviews import OF_A_PROCESS, Constrained

Heeded = Annotated[
    LongText | None,
    NeededWhen("if another process holds it back"),
    Field(
        title="What the other review or proceeding holds back: how is it kept to?",
        description="How it is left out, or who agreed to go on all the same, and when.",
    ),
]
FIELD: Final = "heeded"


def must_heed(work: UnitOfWork, case: Case, what: Constrained, said: str | None) -> None:
    """Refuse to ask, or to show, in silence on what a process that goes on holds back of it.

    Where a police mark hides part of the register from the actor, something may be held back there.
    Raises AnswerRefused at the field.
    """
    held = list(held_back(work, case, what))
    hides = not reads_all(work.session, case.id, *OF_A_PROCESS)
    if said is not None:
        if not held and not hides:
            raise AnswerRefused(FIELD, "No process on record holds it back: leave this empty.")
        return
    if held:
        raise AnswerRefused(
            FIELD, f"Held back on record: {'; '.join(held)}. Say how that is kept to (LC-17)."
        )
    if hides:
        raise AnswerRefused(
            FIELD,
            "A mark hides from you part of the register of other proceedings, where something may "
            "be held back: say who confirmed what may be done, or have who marked it list you.",
        )


def must_heed_asking(work: UnitOfWork, case: Case, said: str | None) -> None:
    """Refuse to ask somebody in silence on what may not be asked for now; raises AnswerRefused."""
    must_heed(work, case, Constrained.ASKED, said)


def must_heed_showing(work: UnitOfWork, case: Case, said: str | None) -> None:
    """Refuse to show something in silence on what may not be shown; raises AnswerRefused."""
    must_heed(work, case, Constrained.SHOWN, said)


def held_back(work: UnitOfWork, case: Case, what: Constrained) -> Iterator[str]:
    """Yield what each process that goes on holds back of this, until when."""
    for process in _processes(work, case):
        for one in process.said.constraints if not process.said.state.is_over else ():
            if one.holds_back is what:
                yield f"{process.said.name}, until {one.until}: {one.words}"


def _processes(work: UnitOfWork, case: Case) -> tuple[OtherProcess, ...]:
    """Return the processes on our register, and on that of who leads the review."""
    own = register_of(work, case.id).processes
    if not is_led_elsewhere(work, case):
        return own
    return (*own, *register_of_lead(work, case).processes)
