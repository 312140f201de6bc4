"""What is talked over of a notification (NOT-10), and what an inspectorate is told (NOT-18)."""

import pytest

from services.casework.document_builders.building import build
from services.casework.document_builders.registry import BUILDERS
from services.casework.effects import DocumentOrder
from services.casework.steps.notification.discussion import record_discussion
from services.casework.steps.notification.inspectorate import attest_inspectorate
from services.casework.steps.notification.notification_decision import DECIDE_TO_NOTIFY
from services.database.cases import get_case
from services.database.due_work import orders
from services.database.history import all_of
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, NotFound
from services.domain.roles import Role
from services.web.view_models.own_part import own_part_view
from tests import factories as say
from tests.death_factories import attest_inspectorate as attested
from tests.death_factories import record_discussion as discussed
from tests.driven import Driven
from tests.kept import refused
from tests.world import HOSPITAL, SCHOOL

AGENCY, MANAGER = Role.AGENCY_LEAD, Role.BUSINESS_MANAGER
WHEN = "2025-12-12 11:15"


def paper(case: Driven, kind: str) -> str:
    with case.world.act(MANAGER) as work:
        payload = orders(work, case.case_id, {"kind": kind})[-1]
        return repr(
            build(work, case.case_id, DocumentOrder.model_validate(payload), BUILDERS).paper
        )


@pytest.mark.parametrize("notify", [True, False])
def test_not_10_the_decision_and_its_paper_have_the_discussion_before_them(notify, world):
    case = Driven(world, say.refer(aware_at="2025-12-11"))
    said = {"agency": "the named doctor", "authority": "the head of safeguarding"}
    case.do(record_discussion, discussed(agreed="not_agreed", **said), AGENCY, WHEN)
    assert EntryType.DISCUSSION_RECORDED in DECIDE_TO_NOTIFY.shows
    case.decide("2025-12-12 12:00", notify=notify)
    if notify:
        case.notify()
    told = paper(case, "notification_record" if notify else "decision_not_to_notify")
    for word in (*said.values(), "nothing: the two differ", "12 December 2025"):
        assert word.lower() in told.lower()


def test_not_10_a_discussion_to_come_is_not_on_record(world, admin_engine):
    case = Driven(world)
    with refused(admin_engine, world, AnswerRefused, field="held_at"):
        case.do(record_discussion, discussed(held_at="2025-12-13"), AGENCY, WHEN)


def test_not_18_an_agency_says_which_body_it_told_and_sees_only_its_own(world):
    case = Driven(world).decide().notify().scope()
    case.do(attest_inspectorate, attested(), AGENCY, "2025-12-20")
    case.do(attest_inspectorate, attested(body="Ofsted"), AGENCY, "2025-12-21", agency=SCHOOL)
    with world.act(AGENCY, agency=SCHOOL) as work:
        part = own_part_view(work, get_case(work.session, case.case_id))
        assert [one.said[0].text for one in part.inspectorates] == ["Ofsted"]
    with world.act(MANAGER) as work:
        kept = all_of(work.session, case.case_id, EntryType.INSPECTORATE_TOLD)
        told = [(one.subject, one.command["body"], one.command["reference"]) for one in kept]
    assert told == [
        (str(case.agency(HOSPITAL)), "CQC", "CQC-77"),
        (str(case.agency(SCHOOL)), "Ofsted", "CQC-77"),
    ]


@pytest.mark.parametrize("day", ["2025-12-09", "2025-12-30"], ids=["before", "to come"])
def test_not_18_a_body_was_told_after_the_incident_and_not_in_the_future(day, world, admin_engine):
    case = Driven(world)
    with refused(admin_engine, world, AnswerRefused, field="told_on"):
        case.do(attest_inspectorate, attested(told_on=day), AGENCY, "2025-12-20")


def test_an_agency_out_of_reach_of_the_case_attests_nothing(world, admin_engine):
    case = Driven(world)
    with refused(admin_engine, world, NotFound):
        case.do(attest_inspectorate, attested(), AGENCY, "2025-12-20", agency=SCHOOL)
