"""Agencies of a joint review: each partnership asks its own, and each answers where it was asked.

A partnership that is consulted reads and comments; it asks no agency (RR-29, rules.md 4).
"""

from services.casework.effects import last_day, place_order
from services.casework.joint.membership import fellow_members
from services.casework.joint.orders import TellReviewOpened
from services.database.cases import Case
from services.database.history import facts
from services.database.joint_reviews import membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import ASKS_AGENCIES
from services.domain.workflow import Stage, Step


def tell_review_opened(work: UnitOfWork, case: Case) -> None:
    """Order that who contributes to the local review that we lead is told that it is open."""
    if case.stage is not Stage.LOCAL_REVIEW:
        return
    for other in fellow_members(work, case):
        if other.part.holds(ASKS_AGENCIES):
            order = TellReviewOpened(
                joint_review_id=other.joint_review_id,
                partnership_id=other.tenant_id,
                last_day=last_day(work, case, ClockId.K11),
            )
            place_order(work, CaseId(case.id), Step.COMMISSION, order)


def asks_agencies(work: UnitOfWork, case: Case) -> bool:
    """Tell whether our partnership asks agencies of its own: alone, as lead, or contributing."""
    if case.stage is not Stage.JOINT_REVIEW:
        return True
    membership = membership_of(work.session, case.id)
    return membership is None or membership.part.holds(ASKS_AGENCIES)


def is_open_to_reports(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the local review is open, as its lead or as the lead has told us (G6)."""
    if case.stage is not Stage.JOINT_REVIEW or case.commissioned_on is not None:
        return True
    membership = membership_of(work.session, case.id)
    told = None if membership is None else str(membership.joint_review_id)
    opened = facts(work.session, case.id, EntryType.REVIEW_OPENED_BY_LEAD)
    return told in {one.subject for one in opened}


def has_reports_to_ask_for(work: UnitOfWork, case: Case) -> bool:
    """Tell whether our agencies can be asked for reports to the review."""
    return asks_agencies(work, case) and is_open_to_reports(work, case)


def must_ask_agencies(work: UnitOfWork, case: Case) -> None:
    """Refuse to ask agencies for a joint review in which our partnership is only consulted."""
    if not asks_agencies(work, case):
        raise RuleBroken(
            "Your partnership is consulted in this joint review: it comments, and asks no agency. "
            "Agree with the lead on a contributing part first."
        )


def must_be_open_to_reports(work: UnitOfWork, case: Case) -> None:
    """Refuse to ask for reports to a local review that the lead has not opened yet (G6)."""
    must_ask_agencies(work, case)
    if not is_open_to_reports(work, case):
        raise StepNotOpen(
            "The local review is not open yet: every party endorses its terms first, and its "
            "reviewer may act. You are told when it is."
        )
