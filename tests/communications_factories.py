"""Valid words of how publication is prepared, a strategy kept on a case, and practitioners told."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.casework.steps.after_publication.updates import RecordUpdate
from services.casework.steps.communications import strategy
from services.casework.steps.communications.strategy_said import PlanCommunications
from services.casework.steps.publication import other_day, staff_told, steps_done
from services.casework.steps.publication.archived_copies import RecordArchivedCopy
from services.casework.steps.publication.legal_advice import DecideLegalAdvice
from services.casework.steps.publication.other_day import AnswerOtherDay
from services.casework.steps.publication.staff_said import ConfirmStaffTold, RecordStaffTold
from services.casework.steps.publication.staff_standing import staff_of_each
from services.casework.steps.publication.steps_done import RecordPublicationStep
from services.database.cases import get_case
from services.domain.roles import Role
from tests.words import SAID, words_of

if TYPE_CHECKING:
    from tests.driven import Driven

LEFT_OPEN = {
    "days": None,
    "statement": None,
    "questions": (),
    "for_children": None,
    "for_family": None,
    "for_practitioners": None,
    "risks": (),
    "media": None,
    "social_media": None,
    "monitoring": None,
}


def plan_communications(**but: Any) -> PlanCommunications:
    """Return a strategy that leaves nothing open."""
    usual: dict[str, Any] = {name: SAID for name, empty in LEFT_OPEN.items() if empty is None}
    usual |= {
        "audiences": ({"audience": SAID, "way": SAID, "time": SAID},),
        "spokespeople": ({"post": SAID, "about": SAID},),
        "questions": ({"question": SAID, "answer": SAID},),
        "risks": ({"risk": SAID, "response": SAID},),
    }
    return words_of(PlanCommunications, usual | but)


def have_strategy(case: "Driven", when: str) -> None:
    """Keep a whole strategy, by the business manager."""
    act = strategy.plan_communications
    case.do(act, plan_communications(), Role.BUSINESS_MANAGER, when)


def confirm_staff_told(**but: Any) -> ConfirmStaffTold:
    """Return that practitioners were told on the day of the plan."""
    return words_of(ConfirmStaffTold, but, told_on="2026-06-08")


def record_staff_told(agency: UUID, **but: Any) -> RecordStaffTold:
    """Return that an agency says so by telephone."""
    usual = {"told_on": "2026-06-08", "told_by": SAID, "support": SAID}
    return words_of(RecordStaffTold, usual | but, agency=agency)


def record_publication_step(**but: Any) -> RecordPublicationStep:
    """Return that the family was told of the day."""
    return words_of(RecordPublicationStep, but, step="family", done_on="2026-06-08")


def decide_legal_advice(**but: Any) -> DecideLegalAdvice:
    """Return that no legal advice is needed before publication."""
    return words_of(DecideLegalAdvice, but, is_needed=False)


def answer_other_day(**but: Any) -> AnswerOtherDay:
    """Return that a partner agrees with the day on which it was published."""
    return words_of(AnswerOtherDay, but, position="agrees")


def record_archived_copy(**but: Any) -> RecordArchivedCopy:
    """Return that a university asked for the report, and was sent it."""
    usual = {"asked_on": "2026-07-06", "given_on": "2026-07-06", "way": SAID}
    return words_of(RecordArchivedCopy, usual | but)


def record_update(**but: Any) -> RecordUpdate:
    """Return that a summary of progress was published."""
    said = {"text": SAID, "address": "https://safeguarding.example/progress"}
    usual = {"kind": "progress_summary", "published_on": "2026-07-06"}
    return words_of(RecordUpdate, usual | said | but)


def take_a_step(case: "Driven", when: str) -> "Driven":
    """Record that the family was told of the day."""
    said = record_publication_step(done_on=when[:10])
    case.do(steps_done.record_publication_step, said, Role.BUSINESS_MANAGER, when)
    return case


def all_answer_other_day(case: "Driven", when: str) -> "Driven":
    """Have each partner say what they say to the day on which it was published."""
    for party in case.world.ours.parties:
        who = case.world.ours.partner(party)
        case.do(other_day.answer_other_day, answer_other_day(), who, when)
    return case


def tell_staff(case: "Driven", when: str) -> "Driven":
    """Record for each agency that was asked to report that its practitioners were told."""
    with case.world.act(Role.BUSINESS_MANAGER, when) as work:
        asked = staff_of_each(work, get_case(work.session, case.case_id))
    for one in asked:
        said = record_staff_told(one.id, told_on=when[:10])
        case.do(staff_told.record_staff_told, said, Role.BUSINESS_MANAGER, when)
    return case


def confirm_by_agency(case: "Driven", when: str) -> "Driven":
    """Have one agency confirm for itself that its practitioners were told."""
    said = confirm_staff_told(told_on=when[:10])
    case.do(staff_told.confirm_staff_told, said, Role.AGENCY_LEAD, when)
    return case
