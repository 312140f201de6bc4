"""K2 and K5 are met by the emails of one act: what is written later takes nothing back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from services.casework.effects import EmailContext, enqueue_email
from services.casework.engine.bounces import take_bounce
from services.casework.steps import declaration
from services.casework.steps.dispatches import held_emails
from services.casework.steps.dispatches.held_emails import Settlement
from services.casework.steps.referral import referral_correction
from services.casework.steps.scoping import scoping
from services.database.cases import get_case
from services.database.outbox import OutboxEmail
from services.domain.emails import EmailTrigger
from services.domain.roles import Role, Seat
from services.domain.workflow import Stage
from services.mail.delivery_status import Bounce
from tests import factories as say
from tests.driven import Driven
from tests.post_office import Office, deliver_all, our_world, post_database, post_engine
from tests.world import PROBATION, SCHOOL, found_on

__all__ = ["our_world", "post_database", "post_engine"]
MANAGER, NOTIFIER = Role.BUSINESS_MANAGER, Role.NOTIFIER
ASKED, LATER, LAST = "2025-12-15", "2025-12-23", "2025-12-24"
NEEDED = EmailTrigger.DECLARATION_NEEDED


@pytest.fixture
def office(our_world) -> Office:
    return Office(our_world, when=f"{ASKED} 12:00")


def opened(world, *roles: Role) -> Driven:
    """Return a case on which only these have declared, so that others are told only to."""
    case = Driven(world, say.refer(aware_at="2025-12-11"), all_declare=not roles)
    for role in roles:
        case.do(declaration.declare, say.declare(), role, "2025-12-12 11:30")
    return case.decide().notify()


def ask(case: Driven, name: str, when: str) -> None:
    words = say.request_returns(case.agency(name))
    case.do(scoping.request_returns, words, MANAGER, f"{when} 09:00")


def met(case: Driven, clock: str) -> str:
    return case.clock(clock)["met_on"]


def deliver(office: Office, when: str) -> None:
    office.when = f"{when} 12:00"
    deliver_all(office)


def come_back(
    office: Office, case: Driven, event: EmailTrigger, is_meant: Callable[[OutboxEmail], bool]
) -> OutboxEmail:
    found = [one for one in office.emails(case.case_id) if one.event is event and is_meant(one)]
    email = found[-1]
    take_bounce(office, Bounce(email.message_id, "5.1.1"))
    return email


def at_the(name: str) -> Callable[[OutboxEmail], bool]:
    return lambda one: one.address.startswith(name)


def test_a_chase_that_came_back_does_not_undo_that_the_agency_was_asked(office, our_world):
    """K5: the one email by which an agency that has yet to declare was asked is what counts."""
    case = opened(our_world, MANAGER, NOTIFIER)
    ask(case, SCHOOL, ASKED)
    deliver(office, ASKED)
    case.do(scoping.chase, say.chase(case.agency(SCHOOL)), MANAGER, LATER)
    deliver(office, LATER)
    come_back(office, case, NEEDED, lambda one: "agency_chased" in one.key)
    assert met(case, "K5") == ASKED
    come_back(office, case, NEEDED, lambda one: one.recipient == "agency" and "::" in one.key)
    assert met(case, "K5") == ""


def test_a_letter_written_again_after_a_correction_does_not_undo_that_it_was_asked(
    office, our_world
):
    case = opened(our_world)
    ask(case, SCHOOL, ASKED)
    deliver(office, ASKED)
    right = say.correct_referral()
    case.do(referral_correction.correct_referral, right, MANAGER, LATER)
    deliver(office, LATER)
    asked = EmailTrigger.SCOPING_REQUESTED
    come_back(office, case, asked, lambda one: "corrected" in one.key)
    assert met(case, "K5") == ASKED


def test_an_agency_found_later_whose_email_came_back_leaves_the_others_asked(office, our_world):
    """RR-39: it has a clock of its own, and the first K5 is met on its day again."""
    case = opened(our_world)
    ask(case, SCHOOL, ASKED)
    deliver(office, ASKED)
    ask(case, PROBATION, LATER)
    deliver(office, LATER)
    asked, later = EmailTrigger.SCOPING_REQUESTED, case.agency(PROBATION)
    come_back(office, case, asked, lambda one: str(later) in one.key)
    assert met(case, "K5") == ASKED
    email = come_back(office, case, asked, lambda one: str(later) not in one.key)
    assert met(case, "K5") == ""
    again = say.settle_email(email.id, course=Settlement.SEND_AGAIN)
    case.do(held_emails.settle_email, again, MANAGER, f"{LAST} 09:00")
    deliver(office, LAST)
    assert met(case, "K5") == LAST


def test_a_partner_who_comes_later_does_not_undo_that_the_partners_were_told(office, our_world):
    """K2: their email says that they must declare, and nothing of a notification long ago."""
    case = opened(our_world)
    deliver(office, ASKED)
    partner = next(p for p in our_world.ours.parties if p.seat is Seat.POLICE)
    person = replace(our_world.ours.partner_to_found(partner), email="newcomer@force.example")
    founding = replace(our_world.ours.founding(), people=(person,), since=date(2026, 3, 2))
    found_on(our_world.engine, founding)
    with our_world.act(MANAGER, "2026-03-03") as work:
        row = get_case(work.session, case.case_id)
        enqueue_email(work, row, EmailTrigger.REPORT_PUBLISHED, EmailContext(part="1"))
    deliver(office, "2026-03-03")
    come_back(office, case, NEEDED, at_the("newcomer"))
    assert (met(case, "K2"), case.stage()) == (ASKED, Stage.RAPID_REVIEW)


def test_a_partner_who_was_asked_to_declare_before_the_notification_is_reached_by_that_email(
    office, our_world
):
    """LC-01, K2: they are told once a case; where that came back, nothing tells them."""
    case = opened(our_world, MANAGER, NOTIFIER)
    deliver(office, ASKED)
    assert met(case, "K2") == ASKED
    come_back(office, case, NEEDED, lambda one: one.recipient == "partners")
    assert met(case, "K2") == ""
