"""Valid words for the acts of a plan in force, and a plan that was reviewed and audited."""

from typing import Any
from uuid import UUID

from services.casework.steps.embedding import (
    action_progress,
    audits,
    briefing_receipts,
    briefings,
    plan_review,
    sharing,
)
from services.casework.steps.embedding.briefing_said import WriteBriefing
from services.casework.steps.embedding.sharing_said import (
    ConfirmBriefing,
    RecordBriefingGiven,
    RecordSharing,
)
from services.casework.steps.embedding.sharing_standing import sharing_parts
from services.casework.steps.embedding.themes import NameThemes
from services.casework.steps.plan_said import AskForAudit, RecordAudit, ReviewPlan
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.domain.roles import Role
from tests import factories
from tests.driven import ASKED, Driven
from tests.words import SAID, words_of


def name_themes(**but: Any) -> NameThemes:
    """Return that a case is of neglect, and of how information is shared."""
    usual = {"themes": ("neglect", "information_sharing"), "said": SAID}
    return words_of(NameThemes, but, **usual)


def write_briefing(**but: Any) -> WriteBriefing:
    """Return a briefing that tells of nobody, and one way in which it is shared."""
    way = {"way": "team_meeting", "audience": "Every team", "by_whom": "Health, head of nursing"}
    return words_of(WriteBriefing, but, sharing=(way | {"last_day": "2026-12-01"},))


def record_sharing(part: UUID, **but: Any) -> RecordSharing:
    """Return that twelve people of every ward came to what was planned, and it is done."""
    usual = {"came": "done", "held_on": "2026-09-01", "who_came": "Every ward", "how_many": 12}
    return words_of(RecordSharing, but, sharing=part, **usual)


def confirm_briefing(**but: Any) -> ConfirmBriefing:
    """Return that an agency gave its staff the briefing on the day on which it was written."""
    return words_of(ConfirmBriefing, but, given_on="2026-09-01")


def record_briefing_given(agency: UUID, **but: Any) -> RecordBriefingGiven:
    """Return that an agency says by telephone that its staff were given the briefing."""
    usual = {"given_on": "2026-09-01", "to_whom": SAID, "given_how": SAID}
    return words_of(RecordBriefingGiven, usual | but, agency=agency)


def share_it(case: Driven, when: str = "2026-09-01") -> None:
    """Hold what was planned, and have one agency confirm the briefing and the other say so."""
    with case.world.act(Role.BUSINESS_MANAGER, when) as work:
        (part,) = sharing_parts(work, get_case(work.session, case.case_id))
    said = record_sharing(part.id, held_on=when)
    case.do(sharing.record_sharing, said, Role.BUSINESS_MANAGER, when)
    confirmed = confirm_briefing(given_on=when)
    case.do(briefing_receipts.confirm_briefing, confirmed, Role.AGENCY_LEAD, when, agency=ASKED[0])
    told = record_briefing_given(case.agency(ASKED[1]), given_on=when)
    case.do(briefing_receipts.record_briefing_given, told, Role.BUSINESS_MANAGER, when)


def rated(number: int = 1, **but: Any) -> dict[str, Any]:
    """Return how an open action is rated."""
    return {"number": number, "rating": "amber", "rating_reason": SAID} | but


def review_plan(*numbers: int, **but: Any) -> ReviewPlan:
    """Return a review at which these actions are open."""
    rows = tuple(map(rated, numbers or (1,)))
    usual = {"reviewed_on": "2026-09-01", "next_on": "2026-12-01"}
    return words_of(ReviewPlan, but, ratings=rows, **usual)


def ask_for_audit(number: int = 1, **but: Any) -> AskForAudit:
    """Return that a multi-agency audit is asked for."""
    usual = {"audit": "multi_agency", "by_when": "2026-12-15"}
    return words_of(AskForAudit, but, number=number, **usual)


def record_audit(number: int = 1, **but: Any) -> RecordAudit:
    """Return an audit by which the improvement lasts, and is not looked at again."""
    usual = {"audit": "multi_agency", "audited_on": "2026-09-01", "finding": "sustained"}
    usual |= {"recheck": "none", "no_recheck": SAID, "auditors": SAID, "sample": SAID}
    return words_of(RecordAudit, but, number=number, **usual)


def not_sustained(number: int = 1, **but: Any) -> RecordAudit:
    """Return an audit by which the improvement does not last."""
    usual = {"finding": "not_sustained", "again_by": "2026-12-01"}
    return record_audit(number, recheck=None, no_recheck=None, **(usual | but))


def not_carried_out(number: int = 1, **but: Any) -> RecordAudit:
    """Return that an audit which was asked for was not carried out, and why."""
    usual = {"finding": "not_carried_out", "audited_on": None, "auditors": None, "sample": None}
    return record_audit(number, recheck=None, no_recheck=None, **(usual | but))


def review_it(case: Driven, when: str = "2026-09-01") -> None:
    """Review the plan while its first two actions are open."""
    said = review_plan(1, 2, reviewed_on=when)
    case.do(plan_review.review_plan, said, Role.REVIEW_GROUP_CHAIR, when)


def audit_it(case: Driven, when: str = "2026-09-01") -> None:
    """Ask for an audit of the first action, which was completed, and record it."""
    case.do(audits.ask_for_audit, ask_for_audit(), Role.SAFEGUARDING_PARTNER, when)
    case.do(audits.record_audit, record_audit(audited_on=when), Role.BUSINESS_MANAGER, when)


def reviewed_and_audited(case: Driven, when: str = "2026-09-01") -> Driven:
    """Agree a plan of two actions, review it, complete both, audit one, and sign it off."""
    case.agree_on(factories.propose_plan(*map(case.agency, ASKED)), when)
    review_it(case, when)
    case.do(briefings.write_briefing, write_briefing(), Role.REVIEW_GROUP_CHAIR, when)
    share_it(case, when)
    for number, name in enumerate(ASKED, start=1):
        done = factories.update_action(number)
        case.do(action_progress.update_action, done, Role.AGENCY_LEAD, when, agency=name)
    audit_it(case, when)
    return case.sign(sign_off.sign_plan, when)
