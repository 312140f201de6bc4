"""What begins while the Panel's answer is open: what the partners decided (GOV-14).

The Panel has no power over a local review and no time in which it must answer. So the terms of
reference, the lead reviewer and the action plan wait for nothing: whoever begins one of them brings
the case to the stage to which it belongs, and the answer is recorded whenever it comes.
"""

from services.casework.steps.going_on import enter
from services.casework.steps.review_runs import has_local_review
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import StepNotOpen
from services.domain.workflow import Stage


def may_begin_local_review(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a local review that was decided on may begin, or has begun, where it stands."""
    return case.stage is not Stage.WITH_PANEL or has_local_review(work, case)


def begin_local_review(work: UnitOfWork, case: Case) -> None:
    """Bring a case that is with the Panel to its commissioning; elsewhere it has begun (GOV-14)."""
    if case.stage is not Stage.WITH_PANEL:
        return
    if not may_begin_local_review(work, case):
        raise StepNotOpen("The partners have decided on no local review that could begin.")
    enter(work, case, Stage.COMMISSIONING)
