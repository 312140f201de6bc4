"""Requests for information: entered, passed to who holds them, stopped, extended, ended."""

from datetime import date
from uuid import uuid4

import pytest
from sqlmodel import select

from services.casework.engine.audit_checks import check_chain
from services.casework.engine.email_delivery import deliver
from services.casework.information_requests.access import request_to_read, requests_seen
from services.casework.information_requests.acts import open_acts
from services.casework.information_requests.clock_acts import (
    AcknowledgeComplaint,
    AskRequester,
    ExtendInformationRequest,
    RecordRequesterAnswer,
    acknowledge,
    ask_requester,
    extend_request,
    record_requester_answer,
)
from services.casework.information_requests.closing import (
    AnswerComplaint,
    answer_complaint,
    close_request,
)
from services.casework.information_requests.entering import enter_request
from services.casework.information_requests.routing import route_request
from services.casework.information_requests.standing import due_of
from services.database import audit
from services.database.outbox import OutboxEmail
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.request_clocks import AskedOfRequester
from services.domain.clocks.request_policy import RequestPolicy
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.errors import (
    AlreadyDone,
    AnswerRefused,
    FormUsedOtherwise,
    NotFound,
    NotPermitted,
    RuleBroken,
)
from services.domain.information_requests import InformationHolder, RequestOutcome
from services.domain.roles import Role, Seat
from tests.appointed import a_post
from tests.desk import Desk
from tests.information_requests import (
    COMPLAINT,
    CONTACT,
    FOI,
    MANAGER,
    NAME,
    PARTNER,
    a_closing,
    a_request,
    a_route,
    entered,
)
from tests.post_office import Office
from tests.world import make_world

OFFICER = ContactRole.DATA_PROTECTION_OFFICER
SEES = frozenset({MANAGER, CONTACT})


@pytest.fixture(scope="module")
def world(app_engine):
    return make_world(app_engine)


@pytest.fixture
def request_id(world):
    return entered(world)


def done(world, act, request_id, command, *, when="2026-02-02"):
    with world.act(MANAGER, when, once=uuid4()) as work:
        act(work, request_id, command)


def standing(world, request_id, who=MANAGER, when="2026-02-02", **where):
    with world.act(who, when, **where) as work:
        found = request_to_read(work, request_id)
        due = due_of(work, found)
        work.session.expunge_all()
        return found, due


def asked(day, what=AskedOfRequester.IDENTITY):
    return AskRequester(asked=what, asked_on=date.fromisoformat(day), because="It is needed.")


def came(day):
    return RecordRequesterAnswer(came_on=date.fromisoformat(day), seen="A passport.")


def extended(day, length=2):
    told = date.fromisoformat(day)
    return ExtendInformationRequest(length=length, told_on=told, reasons="Three boxes.")


def test_a_request_has_its_own_reference_and_runs_from_its_receipt(world, request_id):
    found, due = standing(world, request_id)
    assert found.request.reference.startswith(f"{world.ours.code}-IR-2026-")
    assert due.due == date(2026, 2, 12)
    other = entered(world, kind=FOI)
    assert standing(world, other)[1].due == date(2026, 2, 9)
    assert standing(world, other)[0].request.reference != found.request.reference


def test_only_who_keeps_requests_enters_and_sees_them(world, request_id):
    for role in sorted(set(Role) - SEES - {Role.PLATFORM_ADMINISTRATOR, Role.SERVICE, Role.GUEST}):
        with pytest.raises(NotPermitted), world.act(role, once=uuid4()) as work:
            enter_request(work, a_request())
        with world.act(role) as work:
            assert requests_seen(work) == []
            with pytest.raises(NotFound):
                request_to_read(work, request_id)
    for role in sorted(SEES):
        with world.act(role) as work:
            assert request_id in {one.request.id for one in requests_seen(work)}
    with world.act(world.theirs.actor(MANAGER)) as work:
        assert requests_seen(work) == []
        with pytest.raises(NotFound):
            request_to_read(work, request_id)


def test_the_partner_that_holds_it_is_told_its_reference_and_then_sees_it(world, request_id):
    address = a_post(world, OFFICER, OrganisationKind.POLICE)
    a_post(world, OFFICER, OrganisationKind.INTEGRATED_CARE_BOARD, "A Board")
    done(world, route_request, request_id, a_route())
    office = Office(world, when="2026-02-02")
    deliver(office)
    (email,) = [one for one in office.mailer.emails if one.recipient == address]
    found, _due = standing(world, request_id, PARTNER, seat=Seat.POLICE)
    told = f"{email.subject} {email.body_text} {email.body_html}"
    assert found.request.reference in told
    assert "12 February 2026" in told
    assert NAME not in told
    assert "everything that was written" not in told.lower()
    assert str(request_id) not in told
    with world.act(PARTNER, seat=Seat.INTEGRATED_CARE_BOARD) as work, pytest.raises(NotFound):
        request_to_read(work, request_id)


def test_it_is_passed_to_nobody_without_an_address_and_not_to_itself_unless_the_policy_says(
    app_engine, world, request_id
):
    with pytest.raises(RuleBroken, match="no data protection officer of the local authority"):
        done(world, route_request, request_id, a_route(holder=InformationHolder.LOCAL_AUTHORITY))
    itself = a_route(holder=InformationHolder.PARTNERSHIP)
    with pytest.raises(AnswerRefused, match="not itself the public authority"):
        done(world, route_request, request_id, itself)
    with pytest.raises(AnswerRefused, match="leave it empty"):
        done(world, route_request, request_id, a_route(authority="north"))
    policy = PartnershipPolicy(information_requests=RequestPolicy(is_controller=True))
    other = make_world(app_engine, policy)
    own = entered(other)
    done(other, route_request, own, itself)
    assert standing(other, own)[0].holder is InformationHolder.PARTNERSHIP
    with other.act(MANAGER) as work:
        assert work.session.exec(select(OutboxEmail)).all() == []


def test_the_clock_stops_for_proof_of_identity_and_begins_when_it_came(world, request_id):
    with pytest.raises(AnswerRefused, match="12 January 2026 or a later day"):
        done(world, ask_requester, request_id, asked("2026-01-11"))
    with pytest.raises(AnswerRefused, match="not come yet"):
        done(world, ask_requester, request_id, asked("2026-02-03"))
    done(world, ask_requester, request_id, asked("2026-01-14"))
    assert standing(world, request_id)[1].due is None
    with pytest.raises(AlreadyDone):
        done(world, ask_requester, request_id, asked("2026-01-15"))
    with pytest.raises(RuleBroken, match="stopped"):
        done(world, extend_request, request_id, extended("2026-01-15"))
    with pytest.raises(AnswerRefused, match="14 January 2026 or a later day"):
        done(world, record_requester_answer, request_id, came("2026-01-13"))
    done(world, record_requester_answer, request_id, came("2026-01-31"))
    assert standing(world, request_id)[1].due == date(2026, 3, 2)
    with pytest.raises(RuleBroken, match="Nothing is awaited"):
        done(world, record_requester_answer, request_id, came("2026-02-01"))


def test_identity_stops_no_clock_of_freedom_of_information_and_nothing_that_of_a_complaint(world):
    for kind, what in (
        (FOI, AskedOfRequester.IDENTITY),
        (COMPLAINT, AskedOfRequester.IDENTITY),
        (COMPLAINT, AskedOfRequester.CLARIFICATION),
    ):
        one = entered(world, kind=kind)
        with pytest.raises(AnswerRefused, match="does not stop"):
            done(world, ask_requester, one, asked("2026-01-14", what))


def test_an_extension_is_told_within_the_first_month_once_and_by_no_more_than_two(world):
    one = entered(world, "2026-03-02")
    late = "2026-03-02"
    with pytest.raises(AnswerRefused, match="told by 12 February 2026"):
        done(world, extend_request, one, extended("2026-02-13"), when=late)
    with pytest.raises(AnswerRefused, match="by 2 at most"):
        done(world, extend_request, one, extended("2026-02-12", 3), when=late)
    done(world, extend_request, one, extended("2026-02-12"), when=late)
    assert standing(world, one)[1].due == date(2026, 4, 13)  # the 12th is a Sunday
    with pytest.raises(AlreadyDone):
        done(world, extend_request, one, extended("2026-02-12"), when=late)


def test_a_complaint_is_acknowledged_and_answered_and_then_nothing_more_is_done(world):
    one = entered(world, kind=COMPLAINT)
    told = AcknowledgeComplaint(told_on=date(2026, 1, 20), way="By letter.")
    done(world, acknowledge, one, told)
    with pytest.raises(AlreadyDone):
        done(world, acknowledge, one, told)
    answer = AnswerComplaint(answered_on=date(2026, 1, 30), way="By letter.", outcome="Upheld.")
    done(world, answer_complaint, one, answer)
    found, _due = standing(world, one)
    assert found.ending is not None
    assert open_acts(world.ours.actor(MANAGER), found) == ()
    with pytest.raises(AlreadyDone, match="answered or closed"):
        done(world, close_request, one, a_closing())


def test_it_is_not_closed_as_answered_by_a_holder_that_was_never_told(world, request_id):
    by_holder = a_closing(outcome=RequestOutcome.ANSWERED_BY_HOLDER)
    with pytest.raises(RuleBroken, match="passed to nobody"):
        done(world, close_request, request_id, by_holder)
    done(world, close_request, request_id, a_closing())


def test_the_same_form_is_one_request_and_its_key_serves_no_other(world):
    once, ids = uuid4(), set()
    for _twice in range(2):
        with world.act(MANAGER, once=once) as work:
            ids.add(enter_request(work, a_request()).id)
    assert len(ids) == 1
    with pytest.raises(FormUsedOtherwise), world.act(MANAGER, once=once) as work:
        enter_request(work, a_request(requester="Somebody else"))
    (one,), closing = ids, uuid4()
    for _twice in range(2):
        with world.act(MANAGER, once=closing) as work:
            close_request(work, one, a_closing())


def test_the_audit_tells_of_every_step_and_of_nobody(world, request_id):
    done(world, ask_requester, request_id, asked("2026-01-14"))
    with world.act(MANAGER) as work:
        whole = check_chain(Desk(world), world.ours.partnership_id)
        told = [one.body for one in audit.all_links(work.session, up_to=999)]
    assert list(whole.findings) == []
    kinds = [one["what"] for one in told if one["kind"] == "information_request"]
    assert {"received", "identity_asked"} <= set(kinds)
    assert NAME not in str(told)
