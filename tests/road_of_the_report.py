"""A draft in which its check finds something of the case's own."""

from services.casework.steps import report_checked
from services.casework.steps.anonymity.checks import unsettled
from services.casework.steps.local_review import draft_report
from services.database.cases import get_case
from services.domain.roles import Role
from tests import factories
from tests.anonymity_factories import check_report, justify_hits
from tests.driven import Driven
from tests.sent_out import make_checks
from tests.words import SAID

NAMED = "On 3 March 2024 the unborn sibling of Robin Example was seen at home."


def name_in_draft(case: Driven, when: str = "2026-05-01") -> Driven:
    """Submit a draft that names the child and says its birthday, and have it checked again."""
    named = factories.submit_draft(overview=NAMED)
    case.do(draft_report.submit_draft, named, Role.LEAD_REVIEWER, when)
    case.do(report_checked.check_report, check_report(), Role.BUSINESS_MANAGER, when)
    make_checks(case.world, case.case_id, when)
    return case


def named_and_justified(case: Driven, when: str = "2026-05-01") -> Driven:
    """Submit such a draft, and record why its words may stay."""
    name_in_draft(case, when)
    with case.world.act(Role.REVIEW_GROUP_CHAIR, when) as work:
        hits = [one.id for one in unsettled(work, get_case(work.session, case.case_id))]
    stays = justify_hits(*hits, family_agreed=SAID)
    case.do(report_checked.justify_hits, stays, Role.REVIEW_GROUP_CHAIR, when)
    return case


def draft_alone(case: Driven, when: str = "2026-05-01") -> Driven:
    """Submit a draft that nobody has assured yet."""
    said = factories.submit_draft()
    case.do(draft_report.submit_draft, said, Role.LEAD_REVIEWER, when)
    return case
