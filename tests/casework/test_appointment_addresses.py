"""A one-time address goes to whoever answers by the record, while they hold the post."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlmodel import select

from services.casework.directory.contacts import end_contact
from services.casework.directory.entries import EndEntry
from services.casework.people.answering import SendAgain, send_again
from services.casework.people.door import AddressBrought, confirm, shown_at
from services.casework.people.door_commands import ConfirmAppointment
from services.database.appointments import AppointmentLink, answers
from services.database.directory import Contact
from services.database.outbox import DeliveryStatus, OutboxEmail
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.errors import RuleBroken
from services.domain.roles import Role
from tests.appointed import (
    ADMINISTRATOR,
    a_post,
    an_appointment,
    answered,
    entered,
    second_administrator,
    token_sent_to,
)
from tests.post_office import Office
from tests.world import make_world

ELSEWHERE = "somebody.else@elsewhere.example"


@pytest.fixture
def world(app_engine):
    return make_world(app_engine)


@pytest.fixture
def office(world):
    return Office(world, when="2026-02-02")


@pytest.fixture
def director(world):
    return a_post(world, ContactRole.DIRECTOR, OrganisationKind.LOCAL_AUTHORITY)


def leaves_the_post(world, address):
    with world.act(Role.BUSINESS_MANAGER, "2026-02-02", once=uuid4()) as work:
        contact = work.session.exec(select(Contact.id).where(Contact.address == address)).one()
        end_contact(work, contact, EndEntry(last_day=date(2026, 2, 1), reasons="Left."))


def no_address_was_written(world, office, appointment, event):
    """Tell whether nobody has the email, which failed, and no address was made for it."""
    with world.act(ADMINISTRATOR, "2026-02-02") as work:
        links = work.session.exec(select(AppointmentLink.appointment_id)).all()
        (email,) = work.session.exec(select(OutboxEmail).where(OutboxEmail.event == event))
        assert email.delivery is DeliveryStatus.FAILED
        mailed = {one.message_id for one in office.mailer.emails}
        return appointment not in links and email.message_id not in mailed


def test_who_holds_the_post_no_longer_is_neither_asked_again_nor_heard(world, office, director):
    appointment = entered(world, an_appointment(role=Role.NOTIFIER))
    token = token_sent_to(office, director)
    assert shown_at(office, AddressBrought(token)) is not None
    leaves_the_post(world, director)
    with (
        pytest.raises(RuleBroken, match="holds the post no longer"),
        world.act(ADMINISTRATOR, "2026-02-02", once=uuid4()) as work,
    ):
        send_again(work, appointment, SendAgain())
    said = ConfirmAppointment(is_confirmed=True, said_by="A Director", grounds="Part 3")
    assert shown_at(office, AddressBrought(token)) is None
    assert confirm(office, AddressBrought(token), said) is False
    with world.act(ADMINISTRATOR) as work:
        assert answers(work.session, appointment) == []


def test_no_address_is_written_to_who_left_the_post_before_it_was_sent(world, office, director):
    appointment = entered(world, an_appointment(role=Role.NOTIFIER))
    leaves_the_post(world, director)
    office.deliver()
    assert no_address_was_written(world, office, appointment, "appointment_to_confirm")


@pytest.mark.parametrize("event", ["appointment_to_confirm", "invited_to_serve"])
def test_no_address_is_written_to_another_than_whoever_answers(world, office, director, event):
    assert director
    if event == "appointment_to_confirm":
        appointment = entered(world, an_appointment(role=Role.NOTIFIER))
    else:
        appointment = entered(world, an_appointment())
        answered(world, appointment, second_administrator(world))
    with world.act(ADMINISTRATOR) as work:
        changed = text("update outbox_emails set address = :there where event = :event")
        work.session.execute(changed, {"there": ELSEWHERE, "event": event})
    office.deliver()
    assert ELSEWHERE not in {one.recipient for one in office.mailer.emails}
    assert no_address_was_written(world, office, appointment, event)
