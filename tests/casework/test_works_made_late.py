"""A paper that is made late says what stood when it was ordered: the engine was away (P6)."""

from typing import Any

import pytest

from services.casework.effects import DocumentOrder, place_order
from services.casework.steps import reopening
from services.casework.steps.local_review import draft_report, quality_assurance, terms_of_reference
from services.casework.steps.notification import notification_decision
from services.casework.steps.publication import pre_publication
from services.casework.steps.scoping import scoping
from services.database import due_work
from services.domain.documents import DocumentKind
from services.domain.roles import Role
from services.domain.workflow import Stage, Step
from services.storage import ObjectName
from services.storage.memory import MemoryStore
from tests import factories
from tests.desk import Desk
from tests.driven import ASKED, Driven
from tests.world import HOSPITAL, PROBATION, SCHOOL


@pytest.fixture
def desk(world) -> Desk:
    return Desk(world)


def test_versions_that_are_made_late_say_what_stood_when_each_was_ordered(case_at):
    case = case_at(Stage.COMMISSIONING)
    _agree_terms_twice(case)
    desk = Desk(case.world)
    desk.carry(case.case_id, Step.COMMISSION)
    first, second = desk.read(case.case_id, "terms_of_reference")[:2]
    assert ("The first method." in first, "The first method." in second) == (True, False)
    assert "The second method." in second


def _agree_terms_twice(case: Driven) -> None:
    for which in ("first", "second"):
        command = factories.agree_terms(case.agency(), methodology=f"The {which} method.")
        case.do(terms_of_reference.agree_terms, command, Role.REVIEW_GROUP_CHAIR, "2026-02-02")


def test_each_agency_is_sent_the_letter_that_was_written_to_it(desk):
    case = Driven(desk.world)
    for name in ASKED:
        command = factories.request_returns(case.agency(name), message=f"A word to {name}.")
        case.do(scoping.request_returns, command, Role.BUSINESS_MANAGER, "2025-12-15")
    desk.carry(case.case_id)
    for name, other in ((HOSPITAL, SCHOOL), (SCHOOL, HOSPITAL)):
        for text in desk.read(case.case_id, "scoping_letter", case.agency(name)):
            assert f"A word to {name}." in text
            assert f"A word to {other}." not in text


def test_a_dispatch_made_late_names_the_day_it_was_sent_for(case_at):
    case = case_at(Stage.PUBLICATION).plan(on="2026-07-03")
    manager = Role.BUSINESS_MANAGER
    case.do(pre_publication.pre_send, factories.pre_send(), manager, "2026-06-24")
    case.plan(on="2026-08-07", when="2026-06-25")
    desk = Desk(case.world)
    desk.carry(case.case_id, Step.PUBLISH)
    (text,) = desk.read_pdfs(case.case_id, "pre_publication_dispatch")
    assert "3 July 2026" in text
    assert "7 August 2026" not in text
    assert "Not yet signed" not in text


def test_a_decision_made_before_the_reopening_is_not_confused_with_the_one_after(desk):
    case = Driven(desk.world).decide(notify=False)
    reopen = factories.reopen(aware_at="2026-01-05", information="New facts.")
    case.do(reopening.reopen, reopen, Role.BUSINESS_MANAGER, "2026-01-06")
    case.be_aware("2026-01-06 12:00")
    again = factories.decide_to_notify(notify=False, reasons="Looked at afresh.")
    case.do(notification_decision.decide_to_notify, again, Role.NOTIFIER, "2026-01-07")
    desk.carry(case.case_id)
    first, second = desk.read(case.case_id, "decision_not_to_notify")
    assert ("Looked at afresh." in first, "Looked at afresh." in second) == (False, True)


@pytest.mark.whole
def test_a_second_version_of_the_report_counts_up_and_the_first_stays(case_at):
    case = case_at(Stage.LOCAL_REVIEW).report()
    desk = Desk(case.world)
    for version, overview in enumerate(("The first telling.", "The second telling."), start=1):
        command = factories.submit_draft(overview=overview)
        case.do(draft_report.submit_draft, command, Role.LEAD_REVIEWER, "2026-05-01")
        ready = factories.quality_assure(ready=False)
        case.do(quality_assurance.quality_assure, ready, Role.REVIEW_GROUP_CHAIR, "2026-05-02")
        desk.carry(case.case_id)
        assert overview in desk.read(case.case_id, "report_version", version=version)[0]
    assert desk.listed(case.case_id).count("report_version | word | v2") == 1
    assert "The first telling." in desk.read(case.case_id, "report_version", version=1)[0]


@pytest.mark.whole
def test_two_agreements_of_the_plan_are_both_shared(case_at):
    case = case_at(Stage.EMBEDDING)
    desk = Desk(case.world)
    for which in ("A workshop.", "A briefing."):
        command = factories.propose_plan(case.agency(), dissemination=which)
        case.agree_on(command)
    desk.carry(case.case_id)
    newest = desk.read(case.case_id, "action_plan", version=4)[0]
    assert "A workshop." in newest
    assert "A briefing." in newest


def test_while_a_document_is_made_and_stored_no_transaction_is_open_and_people_act(desk):
    """The first letter is made slowly: meanwhile a third agency is asked, on the same case."""

    class SlowStore(MemoryStore):
        def put(self, name: ObjectName, content: bytes, **more: Any) -> Any:
            open_connections.append(desk.engine.pool.checkedout())
            if len(open_connections) == 1:
                command = factories.request_returns(case.agency(PROBATION))
                case.do(scoping.request_returns, command, Role.BUSINESS_MANAGER, "2025-12-16")
            return super().put(name, content, **more)

    open_connections: list[int] = []
    case = Driven(desk.world)
    command = factories.request_returns(case.agency(HOSPITAL))
    case.do(scoping.request_returns, command, Role.BUSINESS_MANAGER, "2025-12-15")
    desk.store = SlowStore()
    before = desk.engine.pool.checkedout()
    desk.carry(case.case_id, Step.SCOPE)
    assert set(open_connections) == {before}
    assert len(desk.rows(case.case_id)) == len(open_connections) == 2 * 3


def test_an_order_placed_twice_for_one_entry_is_one_order(desk):
    case = Driven(desk.world)
    with desk.world.act(Role.BUSINESS_MANAGER) as work:
        order = DocumentOrder(kind=DocumentKind.CLOSING_RECORD, as_of_entry=1, version=1)
        for _ in range(2):
            place_order(work, case.case_id, Step.NOTIFY, order)
        _referral, piece = due_work.open_work(work, case.case_id)
        assert DocumentOrder.model_validate(piece.payload) == order
        assert piece.payload == {
            "type": "document",
            "kind": DocumentKind.CLOSING_RECORD.value,
            "as_of_entry": 1,
            "version": 1,
        }
