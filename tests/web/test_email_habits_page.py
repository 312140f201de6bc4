"""How a person's e-mails come: shown and set on their account, for one partnership at a time."""

from tests.web.conftest import World

HERE = "/account/emails"


def test_a_person_asks_for_a_digest_and_reads_it_back(world: World):
    manager = world.person("manager")
    assert manager.get("/account").page.find("a", href=HERE) is not None
    shown = manager.get(HERE)
    assert "Now: each at once" in shown.text
    said = {"way": "digest", "digest_hour": "8", "quiet_from": "", "quiet_until": ""}
    answer = manager.send(HERE, said)
    assert answer.status == 303
    shown = manager.get(answer.where)
    assert "one digest on working days at 08:00" in shown.text
    assert "How your e-mails come is kept" in shown.text
    assert shown.page.select_one("input[name=way][value=digest]").has_attr("checked")
    assert "Now: each at once" in world.person("chair").get(HERE).text


def test_quiet_hours_are_refused_beside_their_question(world: World):
    chair = world.person("chair")
    said = {"way": "at_once", "digest_hour": "8", "quiet_from": "19", "quiet_until": ""}
    refused = chair.send(HERE, said)
    assert refused.status == 422
    assert "Enter both hours, or neither." in refused.beside("quiet_until")
    assert chair.send(HERE, said | {"quiet_until": "24"}).status == 422
    assert chair.send(HERE, said | {"quiet_until": "7"}).status == 303
    assert "but none from 19:00 to 07:00" in chair.get(HERE).text
