"""What begins while the Panel's answer is open: what the partners decided (GOV-14).

The Panel has no power over a local review and no time in which it must answer. So the terms of
reference, the lead reviewer and the action plan wait for nothing: whoever begins one of them brings
the case to the stage to which it belongs, and the answer is recorded whenever it comes.
"""

from services.casework.steps.going_on import enter, has_local_review
from services.database.cases import Case
from services.database.history import facts, has_entry_since
from services.database.joint_reviews import newest_membership
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import LEFT_FOR_PANEL
from services.domain.errors import StepNotOpen
from services.domain.workflow import Stage


def was_submitted(work: UnitOfWork, case: Case) -> bool:
    """Tell whether there is a rapid review that was sent to the Panel from this case.

    What a former lead sent is the joint review's, whose lead has the Panel's answer; once its part
    has ended, what the case sends is its own again.
    """
    part = newest_membership(work.session, case.id)
    if part is None or part.is_lead:
        return bool(facts(work.session, case.id, *LEFT_FOR_PANEL))
    ended = part.until_at
    return ended is not None and has_entry_since(work.session, case.id, LEFT_FOR_PANEL, ended)


def awaits_panel(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the rapid review was sent and the Panel's answer to it is not on record."""
    return case.panel_answered_on is None and was_submitted(work, case)


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
