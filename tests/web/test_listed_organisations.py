"""An organisation of one case only on the pages: added where the forms are sent, and confirmed."""

from tests.scoping_factories import PRACTICE, list_organisation
from tests.web.conftest import World
from tests.web.referrals import refer


def test_it_is_added_from_the_page_of_the_forms_and_a_second_person_sees_what_they_confirm(
    world: World,
):
    """RR-39: one page, four answers; then the chair reads the address and who verified it."""
    manager, chair = world.person("manager"), world.person("chair")
    case = refer(manager)
    chair.declare(f"{case}/declaration")
    form = manager.get(f"{case}/scoping/request")
    (link,) = form.page.select(f'main a[href="{case}/scoping/organisation"]')
    page = manager.get(link["href"])
    assert len(page.page.select("main form .govuk-form-group")) >= 4
    sent = manager.send(link["href"], list_organisation().model_dump(mode="json"))
    assert sent.status == 303, sent.problems
    listed = manager.get(f"{case}/agencies").page.select_one("#listed + *")
    assert "Waits for a second person" in listed.get_text()
    assert PRACTICE not in manager.get(f"{case}/scoping/request").text
    asked = chair.get(f"{case}/scoping/address")
    assert list_organisation().email in asked.text
    assert list_organisation().verified_by in asked.text
    chosen = asked.page.select_one("input[name=agency]")["value"]
    said = {"agency": chosen, "is_confirmed": "yes", "grounds": "Rang the practice."}
    answered = chair.send(f"{case}/scoping/address", said)
    assert answered.status == 303, answered.problems
    assert "Confirmed by a second person" in manager.get(f"{case}/agencies").text
    assert PRACTICE in manager.get(f"{case}/scoping/request").text
