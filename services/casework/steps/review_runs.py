"""Which reviews of a case run: with the Panel, and the local one that the partners decided on."""

from services.casework.effects import last_day
from services.database.cases import Case
from services.database.history import facts, has_entry_since
from services.database.joint_reviews import newest_membership
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import LEFT_FOR_PANEL


def has_local_review(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the partners decided on a local review that has not ended (K11)."""
    return last_day(work, case, ClockId.K11) is not None


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
