"""Police and prosecution are spoken to before terms of reference are drawn up (LC-17)."""

from services.casework.steps.other_reviews.register import register_of
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import RuleBroken
from services.domain.other_reviews import OF_THE_POLICE, ProcessKind


def must_have_negotiated(work: UnitOfWork, case: Case) -> None:
    """Refuse terms while a criminal process goes on and no course was agreed since the decision.

    The course is one of three (LC-16), and stands with the contact. Of a process that a police mark
    hides from the actor nothing is asked: nothing of it could be told.
    """
    register = register_of(work, case.id)
    live = [
        one.said.name
        for one in register.processes
        if one.said.kind is ProcessKind.CRIMINAL and not one.said.state.is_over
    ]
    agreed = [
        said
        for _, said in register.contacts
        if said.whom in OF_THE_POLICE
        and said.course is not None
        and (case.decided_on is None or said.held_on >= case.decided_on)
    ]
    if live and not agreed:
        raise RuleBroken(
            f"A criminal process goes on ({'; '.join(live)}). Speak with police or prosecution "
            "about scope and methods first, and record the contact with the course that was agreed "
            "since the decision (LC-16, LC-17)."
        )
