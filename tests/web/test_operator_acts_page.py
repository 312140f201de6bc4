"""Operators act by page: what waits is listed, a reason is asked, results are shown."""

import pytest
from sqlalchemy import text

from services.casework.effects.tellings import meets_a_duty
from services.database.outbox import OutboxEmail
from services.domain.emails import EmailTrigger
from services.domain.recipients import Recipient
from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Visitor

WHY = "The mail service was away."


@pytest.fixture
def operator(world: World) -> Visitor:
    operator = world.visitor()
    operator.sign_in("operations@keyline.example")
    return operator


def an_email_is_held(world: World, case: str) -> str:
    with world.admin.begin() as link:
        known = text("select id, event, recipient from outbox_emails where case_id = :case")
        email = next(
            one.id for one in link.execute(known, {"case": case[-36:]}) if not _meets_a_duty(one)
        )
        held = text("update outbox_emails set delivery = 'held' where id = :id")
        link.execute(held, {"id": email})
        return str(email)


def _meets_a_duty(row) -> bool:
    event, recipient = EmailTrigger(row.event), Recipient(row.recipient)
    return meets_a_duty(OutboxEmail(event=event, recipient=recipient))


def test_an_email_is_stopped_by_page_and_the_timeline_says_so(world: World, operator: Visitor):
    manager = world.person("manager")
    case = refer(manager)
    email = an_email_is_held(world, case)
    assert email in operator.get("/operations/emails").response.text
    assert "may or may not have arrived" in operator.get("/operations").text
    said = {"course": "stop_email", "items": email, "because": WHY}
    done = operator.post("/operations/emails", operator.unopened() | said)
    assert done.where.startswith("/operations/acts/")
    assert "An email is stopped" in operator.get(done.where).text
    told = manager.get(f"{case}/timeline").text
    assert "An email is stopped: done" in told
    assert WHY in told


def test_a_form_without_a_reason_or_an_item_is_refused_beside_the_question(
    world: World, operator: Visitor
):
    an_email_is_held(world, refer(world.person("manager")))
    for left_out, said in (("because", {}), ("items", {"because": WHY})):
        wish = operator.unopened() | {"course": "stop_email"} | said
        answer = operator.post("/operations/emails", wish)
        assert answer.status == 422
        assert answer.beside(left_out)


def test_an_act_that_never_was_is_not_found_and_nobody_else_has_the_pages(
    world: World, operator: Visitor
):
    never = "/operations/acts/00000000-0000-4000-8000-000000000000"
    assert operator.get(never).status == 404
    for place in ("/operations/work", "/operations/emails", "/operations/alerts", never):
        assert world.person("manager").get(place).status == 403
