"""The page on which a withdrawal is recorded: where it is offered, and what it says where not."""

import pytest

from services.casework.steps.notification.notification_withdrawn import RecordWithdrawal
from services.domain.roles import Role
from services.web.forms.fields import questions
from services.web.forms.filling import as_posted
from tests.death_factories import record_withdrawal
from tests.driven import Driven
from tests.road_of_withdrawal import follow_panel
from tests.web.collections_sent import Place
from tests.web.visitors import Visitor
from tests.world import HOSPITAL, World

TITLE = "Record that the notification was withdrawn"


def notified(world: World) -> Driven:
    """Notify the Panel, by the framework's own policy."""
    return Driven(world).decide().notify().scope()


@pytest.fixture
def case(ready_by) -> Driven:
    return ready_by(notified)


@pytest.fixture
def place(case) -> Place:
    return Place(case.world, when="2025-12-18")


def page_of(case: Driven) -> str:
    return f"/cases/{case.case_id}/notification/withdrawal"


def send(visitor: Visitor, where: str):
    typed = as_posted(record_withdrawal(), questions(RecordWithdrawal)).answers
    return visitor.post(where, {**visitor.get(where).hidden, **typed})


def test_by_the_framework_it_is_never_offered_and_its_page_says_so(case, place):
    """RR-01: the rapid review goes to the Panel, and may say that the criteria lapsed."""
    notifier = place.person(Role.NOTIFIER)
    assert TITLE not in notifier.get(f"/cases/{case.case_id}").text
    assert "No notification is withdrawn here" in notifier.get(page_of(case)).text
    answer = send(notifier, page_of(case))
    assert answer.status == 409
    assert any("no longer met" in one for one in answer.problems)
    assert place.manager().get(page_of(case)).status == 403


def test_where_the_policy_follows_the_panels_page_it_is_offered_and_told_on_the_case(case, place):
    follow_panel(case)
    notifier = place.person(Role.NOTIFIER)
    assert TITLE in notifier.get(f"/cases/{case.case_id}").text
    assert "Not verified: rules.md 5B [S1b]" in notifier.get(page_of(case)).text
    assert send(notifier, page_of(case)).status == 303
    for where in ("", "/timeline"):
        told = place.manager().get(f"/cases/{case.case_id}{where}").text
        assert "CSPRP-W-12" in told
    agency = place.person(Role.AGENCY_LEAD, HOSPITAL).get(f"/cases/{case.case_id}").text
    assert "that its notification to the Panel was withdrawn" in agency
