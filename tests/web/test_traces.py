"""Traces: off unless they are asked for, and then a page, its work and its emails are one trace."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest

from services.casework.engine.case_leases import Holder, acquire, release
from services.casework.engine.email_delivery import deliver
from services.casework.engine.work_runner import run_step
from services.casework.handlers import HANDLERS
from services.domain.identifiers import CaseId
from services.domain.workflow import Step
from services.observability.traces import span, traced
from services.web.background import beside_pages
from tests.traces_received import Receiver, received
from tests.web.conftest import World, site_of
from tests.web.referrals import REFERRAL


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with received() as found:
        yield found


def codes_of(one) -> dict[str, object]:
    return {each.key: each.value.string_value or each.value.int_value for each in one.attributes}


def test_a_page_its_work_and_its_emails_are_one_trace(world: World, receiver: Receiver):
    manager = world.person("manager")
    with beside_pages(replace(site_of(world, lambda: world.now), traces_url=receiver.url)):
        answer = manager.post("/refer", {**manager.unopened(), **REFERRAL})
        request_id = answer.response.headers["x-request-id"]
        case_id = CaseId(UUID(answer.where.split("?")[0].rpartition("/")[2]))
        around = site_of(world, lambda: world.now).neighbours
        lease = acquire(around, case_id, Holder("a test"))
        for step in Step:
            run_step(around, lease, step, HANDLERS)
        release(around, lease)
        while deliver(around):
            pass
    trace_id = hashlib.sha256(request_id.encode()).digest()[:16]
    spans = [one for one in receiver.spans if one.trace_id == trace_id]
    assert {one.name for one in spans} == {"page POST", "work", "email"}
    assert {codes_of(one)["keyline.request_id"] for one in spans} == {request_id}
    (page,) = [codes_of(one) for one in spans if one.name == "page POST"]
    assert (page["http.route"], page["http.status"]) == ("/refer", 303)
    assert all(set(codes_of(one)) <= KNOWN for one in receiver.spans)
    assert b"Robin" not in b"".join(receiver.bodies)


KNOWN = {"keyline.request_id", "keyline.code", "http.route", "http.status"}


def test_an_error_is_traced_by_its_kind_alone(receiver: Receiver):
    def fail() -> None:
        raise ZeroDivisionError("Robin Example was divided")

    with traced(receiver.url, "test"), pytest.raises(ZeroDivisionError), span("work"):
        fail()
    (one,) = receiver.spans
    assert one.status.message == "ZeroDivisionError"
    assert not one.events
    assert b"Robin" not in receiver.bodies[0]


def test_nothing_is_traced_unless_it_is_asked_for(receiver: Receiver):
    with traced("", "test"), span("work"):
        pass
    with traced(receiver.url, "test"):
        pass
    with span("work"):
        pass
    assert receiver.spans == []
