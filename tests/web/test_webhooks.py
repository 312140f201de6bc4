"""A system is told by webhook: let in by two, signed, at least once under one id, and set aside."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from deployments.demo.partnerships import PLACES, PLATFORM_ADMINISTRATOR
from services.bootstrap import Neighbours
from services.casework.engine.webhook_delivery import tell_systems
from services.domain.webhooks import WAITS, _signature
from tests.servers import worker_of
from tests.web.conftest import World, site_of
from tests.web.hooked import Receiver, receiving
from tests.web.programs import PEOPLE, confirmed, entered, with_secret
from tests.web.referrals import refer
from tests.web.visitors import Visitor

THERE = f"/administration/partnerships/{PLACES[0].partnership_id}/people"
ALL = ["case_opened", "stage_changed", "something_done", "case_closed"]
DUE = "update webhook_deliveries set next_at = clock_timestamp() where standing = 'waits'"


@pytest.fixture(scope="module")
def receiver(tmp_path_factory) -> Iterator[Receiver]:
    with receiving(tmp_path_factory.mktemp("receiver")) as lent:
        yield lent


@pytest.fixture(scope="module")
def platform(world: World) -> Visitor:
    visitor = world.visitor()
    assert visitor.sign_in(PLATFORM_ADMINISTRATOR.email).status == 303
    return visitor


@pytest.fixture(scope="module")
def around(world: World, receiver: Receiver) -> Neighbours:
    return replace(site_of(world, lambda: world.now).neighbours, webhooks=receiver.sender())


@pytest.fixture(scope="module")
def system(world: World, platform: Visitor) -> str:
    administrator = world.person("administrator")
    entry = entered(administrator, "Told by webhook (example)")
    confirmed(platform, entry)
    with_secret(world, administrator, entry)
    return entry


def enters(visitor: Visitor, system: str, **but: object):
    said = {"address": "https://a.example/", "events": ALL, "reasons": "The supplier asked."}
    return visitor.send(f"{PEOPLE}/systems/{system}/webhook/enter", {**said, **but})


def the_id(visitor: Visitor, system: str) -> str:
    found = visitor.get(f"{PEOPLE}/systems/{system}/webhook").page.select("a[href$='/end']")
    return found[0]["href"].split("/")[-2]


@pytest.fixture(scope="module")
def secret(world: World, platform: Visitor, system: str, receiver: Receiver) -> str:
    """The signing secret of an address that two administrators gave."""
    administrator, at = world.person("administrator"), f"{PEOPLE}/systems/{system}/webhook"
    refused = enters(administrator, system, address="http://a.example/")
    assert "begins with https://" in refused.text
    early = administrator.get(at)
    assert "It is told nothing" in early.text
    assert enters(administrator, system, address=receiver.address).where == PEOPLE
    assert enters(administrator, system).status == 409
    webhook = the_id(administrator, system)
    own = {"is_confirmed": "yes", "grounds": "Mine."}
    assert administrator.send(f"{PEOPLE}/webhooks/{webhook}/answer", own).status == 409
    assert administrator.post(f"{at}/secret", administrator.unopened()).status == 409
    assert "Told by webhook (example)" in platform.get(THERE).text
    assert platform.send(f"{THERE}/webhooks/{webhook}/answer", own).status == 303
    assert "Nothing is sent before its signing secret is made" in administrator.get(at).text
    return made(administrator, at)


def made(administrator: Visitor, at: str) -> str:
    answer = administrator.post(f"{at}/secret", administrator.unopened())
    assert answer.status == 200, answer.text
    (shown,) = answer.page.select("main code")
    assert shown.get_text() not in administrator.get(at).text
    return shown.get_text()


def standing(world: World) -> list[str]:
    with world.admin.connect() as link:
        asked = "select standing from webhook_deliveries order by at"
        return list(link.exec_driver_sql(asked).scalars())


def due(world: World) -> None:
    with world.admin.begin() as link:
        link.exec_driver_sql(DUE)


def test_what_happens_is_told_signed_and_without_a_word_of_the_case(
    world, around, secret, receiver
):
    case = refer(world.person("manager"))
    before = len(receiver.ids)
    worker = replace(around, engine=worker_of(world.engine))
    assert tell_systems(worker) == 2
    told = receiver.told[before:]
    assert [one["type"] for one in told] == ["case_opened", "something_done"]
    assert {one["data"]["case_id"] for one in told} == {case[-36:]}
    assert all(one["data"].keys() == {"case_id", "reference"} for one in told)
    for body, headers in zip(receiver.bodies[before:], receiver.headers[before:], strict=True):
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        assert headers["webhook-signature"] == _signature(secret, signed)
        assert b"Robin" not in body
    assert tell_systems(around) == 0
    assert set(standing(world)) == {"taken"}


@pytest.mark.usefixtures("secret")
def test_who_is_killed_after_sending_sends_it_again_under_the_same_id(world, around, receiver):
    class Killed(BaseException):
        pass

    class DiesAfterwards:
        is_set_up = True

        def send(self, *told):
            receiver.sender().send(*told)
            raise Killed

    refer(world.person("manager"))
    before = len(receiver.ids)
    with pytest.raises(Killed):
        tell_systems(replace(around, webhooks=DiesAfterwards()))
    (first,) = receiver.ids[before:]
    tell_systems(around)
    assert first not in receiver.ids[before + 1 :]
    due(world)
    assert tell_systems(around) == 1
    assert receiver.ids[-1] == first
    assert set(standing(world)) == {"taken"}


@pytest.mark.usefixtures("secret")
def test_what_is_not_taken_is_tried_set_aside_said_and_sent_again(world, around, system, receiver):
    manager, at = world.person("manager"), f"{PEOPLE}/systems/{system}/webhook"
    refer(manager)
    before, receiver.statuses = len(receiver.ids), [500] * 99
    for _ in range(len(WAITS) + 1):
        tell_systems(around)
        due(world)
    assert standing(world)[-2:] == ["set_aside"] * 2
    assert len(receiver.ids) == before + 2 * (len(WAITS) + 1)
    assert tell_systems(around) == 0
    receiver.statuses = []
    assert "Messages to another system were not taken" in manager.get("/alerts").text
    administrator = world.person("administrator")
    page = administrator.get(at)
    assert "Not taken, and sent no more" in page.text
    assert "answered 500" in page.text
    chosen = receiver.ids[-1]
    ticked = {"message": [chosen, "nonsense"]}
    administrator.post(f"{at}/again", {**administrator.unopened(), **ticked})
    assert tell_systems(around) == 1
    assert receiver.ids[-1] == chosen
    assert "answered 204" in administrator.get(at).text


def test_two_secrets_hold_at_once_for_a_day(world, around, system, secret, receiver):
    administrator, at = world.person("administrator"), f"{PEOPLE}/systems/{system}/webhook"
    newest = made(administrator, at)
    refer(world.person("manager"))
    tell_systems(around)
    headers, body = receiver.headers[-1], receiver.bodies[-1]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    both = [_signature(one, signed) for one in (newest, secret)]
    assert headers["webhook-signature"].split(" ") == both
    world.days_later(2)
    refer(world.person("manager"))
    tell_systems(around)
    assert " " not in receiver.headers[-1]["webhook-signature"]


@pytest.mark.usefixtures("secret")
def test_what_another_partnership_does_is_not_told(world, around, receiver):
    before = len(receiver.ids)
    refer(world.person("manager", place=1))
    assert tell_systems(around) == 0
    assert len(receiver.ids) == before


@pytest.mark.usefixtures("secret")
def test_an_address_that_ended_is_told_nothing(world, around, system, receiver):
    administrator = world.person("administrator")
    refer(world.person("manager"))
    before, webhook = len(receiver.ids), the_id(administrator, system)
    said = {"reasons": "The supplier has gone."}
    assert administrator.send(f"{PEOPLE}/webhooks/{webhook}/end", said).where == PEOPLE
    assert administrator.send(f"{PEOPLE}/webhooks/{webhook}/end", said).status == 409
    assert tell_systems(around) == 0
    assert len(receiver.ids) == before
    assert standing(world)[-1] == "not_its_case"
    assert "The supplier has gone." in administrator.get(f"{PEOPLE}/systems/{system}/webhook").text
    refer(world.person("manager"))
    assert "waits" not in standing(world)
