"""The action plan begins while the Panel's answer is open, and not while the partners decide again.

The plan of a rapid review without an LCSPR waits for no answer of the Panel (GOV-14). That of an
LCSPR is put to the partners with its report, and waits for no publication (EMB-03, PUB-02).
"""

from services.casework.effects import close_todos
from services.casework.steps.going_on import enter
from services.casework.steps.rapid_review.reconsidering import (
    is_being_decided,
    must_not_be_decided,
)
from services.casework.steps.review_runs import has_local_review
from services.database.cases import Case
from services.database.history import last_fact
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import StepNotOpen
from services.domain.todos import Todo
from services.domain.workflow import Stage


def may_begin_learning(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the learning may be acted on: no local review was decided on that comes first.

    Nor is the decision taken again: in a joint review the learning ends the joint part, and those
    who have to sign it would sign no more (GOV-11, RR-36). While a report is written there is
    nothing yet to act on: the plan comes with the version that is put to the partners.
    """
    if is_being_decided(work, case):
        return False
    if case.stage is Stage.LOCAL_REVIEW:
        return is_before_partners(work, case)
    return case.stage is not Stage.WITH_PANEL or not has_local_review(work, case)


def begin_learning(work: UnitOfWork, case: Case) -> None:
    """Bring a case that is with the Panel to its learning, where no local review comes first.

    Where it has begun, too, no plan is put while the decision before it is taken again (RR-36).
    """
    if case.stage is Stage.WITH_PANEL and has_local_review(work, case):
        raise StepNotOpen("The partners have decided on a local review: its learning comes first.")
    must_not_be_decided(work, case)
    if case.stage is Stage.LOCAL_REVIEW and not is_before_partners(work, case):
        raise StepNotOpen(
            "The plan is put to the partners with the report: the report is not before them yet "
            "(EMB-03)."
        )
    if case.stage is Stage.WITH_PANEL:
        enter(work, case, Stage.EMBEDDING)


def is_before_partners(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the newest version of the report is put to the partners (G9)."""
    version = str(case.report_version)
    return last_fact(work.session, case.id, EntryType.QUALITY_ASSURED, version) is not None


def hold_learning(work: UnitOfWork, case: Case) -> None:
    """Ask for no action plan while the decision that it follows from is taken again (RR-36)."""
    if case.stage is Stage.WITH_PANEL:
        close_todos(work, case, Todo.PROPOSE_PLAN)
