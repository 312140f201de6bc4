"""The page on which the business manager settles an email that was refused."""

from sqlalchemy import text

from services.casework.engine.email_delivery import deliver
from tests.web.conftest import World, site_of
from tests.web.referrals import refer


def test_a_refused_email_stands_on_the_managers_list_and_is_settled_on_its_page(world: World):
    around = site_of(world, lambda: world.now).neighbours
    deliver(around)
    around.mailer.refuses.add("chair@northmoor.example")
    manager = world.person("manager")
    case = refer(manager)
    while deliver(around):
        pass  # each round takes some of what waits in the partnership
    listed = manager.get(case)
    assert "Settle emails that could not be sent" in listed.text
    page = manager.get(f"{case}/emails/settle")
    assert "Declaration needed, to the chair of the review group" in page.text
    (email,) = page.page.select("input[name=email]")
    answers = {"email": email["value"], "course": "went"}
    wrong = manager.send(f"{case}/emails/settle", answers)
    assert wrong.status == 422
    settled = manager.send(f"{case}/emails/settle", {**answers, "reasons": "The chair has it."})
    assert settled.status == 303, settled.problems
    assert "Settle emails" not in manager.get(case).text
    told = manager.get(f"{case}/timeline").text
    assert "The chair of the review group" in told
    with world.admin.connect() as link:
        left = text(
            "select count(*) from outbox_emails where delivery <> 'sent' and case_id = :case"
        )
        assert link.execute(left, {"case": case[-36:]}).scalar_one() == 0


def test_nobody_else_has_the_page(world: World):
    case = refer(world.person("manager"))
    assert world.person("chair").get(f"{case}/emails/settle").status == 403
