"""A practitioner at the pages: the address, the code, the declaration, and the event alone."""

import pytest
from sqlalchemy import text

from services.casework.steps.learning_event.planning import PLAN_LEARNING_EVENT
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.at_the_event import invite, withdraw
from tests.driven import Driven
from tests.guests import address_for, code_for
from tests.learning_factories import plan_learning_event
from tests.participant_factories import NAME
from tests.team_factories import meet_as_team
from tests.web.collections_sent import Place
from tests.web.visitors import Visitor

WHEN, KIT = "2026-02-03", "kit.finch@"
MANAGER = Role.BUSINESS_MANAGER
CLOSED = (
    "timeline",
    "documents",
    "history",
    "requests",
    "chronology",
    "participants",
    "learning-event/plan",
    "learning-event/participant",
    "agency-reports/report",
)


def planned(case: Driven) -> None:
    meet_as_team(case)
    said = plan_learning_event(case.agency())
    case.do(PLAN_LEARNING_EVENT.perform, said, MANAGER, WHEN)
    invite(case, WHEN)


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.LOCAL_REVIEW, planned)


def come_in(place: Place) -> Visitor:
    """Have a code sent, and type it; whom the address names says no name."""
    visitor = Visitor(place.app, place="192.0.2.9")
    address = f"/collect/{address_for(place.mailer, KIT)}"
    visitor.send(address, {"send": "1"})
    place.deliver()
    answer = visitor.send(address, {"code": code_for(place.mailer, KIT)})
    assert answer.status == 303
    return visitor


def test_a_practitioner_declares_first_and_sees_the_event_alone(case):
    """LC-01, G7, LC-38: of the case nothing else, by any address that others have."""
    place, where = Place(case.world, when=WHEN), f"/cases/{case.case_id}"
    place.deliver()
    visitor = come_in(place)
    first = visitor.ask("GET", f"{where}/learning-event")
    assert (first.status, "/declaration" in first.where) == (303, True)
    page = visitor.get(f"{where}/learning-event")
    assert page.status == 200
    assert "Room 1, Council House" in page.text
    assert visitor.ask("GET", where).where == f"{where}/learning-event"
    assert visitor.ask("GET", "/").where == f"{where}/learning-event"
    for one in CLOSED:
        assert visitor.ask("GET", f"{where}/{one}").status in {403, 404}, one
    for one in ("/cases", "/directory", "/policy", "/actions", "/refer"):
        assert visitor.ask("GET", one).status in {403, 404}, one
    for document in other_papers(case):
        assert visitor.ask("GET", f"{where}/documents/{document}").status == 404
    again = visitor.get(f"{where}/declaration/arisen")
    assert again.status == 200
    assert "A child died" not in again.text


def test_the_list_is_read_by_those_who_run_the_review_and_no_page_else_names_them(case):
    """LC-01: it is apart from the case's pages."""
    place, where = Place(case.world, when=WHEN), f"/cases/{case.case_id}"
    manager, member = (place.person(one) for one in (MANAGER, Role.REVIEW_GROUP_MEMBER))
    assert NAME in manager.get(f"{where}/participants").text
    assert member.ask("GET", f"{where}/participants").status == 403
    for page in (where, f"{where}/timeline", f"{where}/history"):
        assert NAME not in manager.get(page).text, page
    withdraw(case, WHEN)
    assert "Access ended" in manager.get(f"{where}/participants").text


def other_papers(case: Driven) -> list[str]:
    """Return the papers of the case that are none of the event's."""
    asked = text("select id from documents where case_id = :case and kind not like 'learning%'")
    with case.world.act(MANAGER, WHEN) as work:
        return [str(one) for one in work.session.scalars(asked, {"case": case.case_id})]
