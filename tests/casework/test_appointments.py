"""Who holds which role: two people and the person, in that order, and nobody for themselves."""

from uuid import uuid4

import pytest
from sqlmodel import select

from services.casework.engine.audit_checks import check_chain
from services.casework.people.answering import (
    SendAgain,
    WithdrawAppointment,
    send_again,
    withdraw_appointment,
)
from services.casework.people.deputies import AppointDeputy, acted_for, appoint_deputy
from services.casework.people.door import AddressBrought, accept, decline, shown_at
from services.database import audit
from services.database.outbox import OutboxEmail
from services.database.people import Membership, everybody
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.errors import (
    AlreadyDone,
    AnswerRefused,
    NotPermitted,
    RuleBroken,
)
from services.domain.roles import Role, Seat
from tests.appointed import (
    ADMINISTRATOR,
    FROM,
    a_post,
    accepted,
    an_appointment,
    answered,
    confirmed_at,
    entered,
    roles_of,
    second_administrator,
    token_sent_to,
)
from tests.desk import Desk
from tests.post_office import Office
from tests.world import make_world

NEVER = {Role.GUEST, Role.OPERATIONS, Role.PLATFORM_ADMINISTRATOR, Role.SERVICE}
SEATS = {
    Role.NOTIFIER: (ContactRole.DIRECTOR, OrganisationKind.LOCAL_AUTHORITY, {}),
    Role.SAFEGUARDING_PARTNER: (
        ContactRole.LEAD_SAFEGUARDING_PARTNER,
        OrganisationKind.POLICE,
        {"seat": Seat.POLICE, "decides": "all of it", "accountable_to": "the chief constable"},
    ),
}


@pytest.fixture
def world(app_engine):
    return make_world(app_engine)


@pytest.fixture
def second(world):
    return second_administrator(world)


@pytest.fixture
def office(world):
    return Office(world, when="2026-02-02")


def test_a_role_takes_two_administrators_and_the_person(world, second, office):
    command = an_appointment()
    appointment = entered(world, command)
    assert roles_of(world, command.address) == []
    answered(world, appointment, second)
    assert roles_of(world, command.address) == []
    assert accepted(office, command.address)
    assert roles_of(world, command.address) == [Role.REVIEW_GROUP_MEMBER]
    with world.act(ADMINISTRATOR) as work:
        assert "New Comer" in everybody(work.session).values()
        whole = check_chain(Desk(world), world.ours.partnership_id)
        told = [one.body for one in audit.all_links(work.session, up_to=99)]
    assert list(whole.findings) == []
    assert [one["what"] for one in told if one["kind"] == "people"] == [
        "appointed",
        "confirmed",
        "accepted",
    ]
    assert command.address not in str(told)


def test_the_invitation_names_no_role_and_is_sent_once_it_is_confirmed(world, second, office):
    command = an_appointment(role=Role.REVIEW_GROUP_CHAIR)
    appointment = entered(world, command)
    office.deliver()
    assert command.address not in {one.recipient for one in office.mailer.emails}
    answered(world, appointment, second)
    token_sent_to(office, command.address)
    (email,) = [one for one in office.mailer.emails if one.recipient == command.address]
    told = f"{email.subject} {email.body_text} {email.body_html}".lower()
    assert "chair" not in told
    assert world.ours.code.lower() in told


@pytest.mark.parametrize("role", sorted(NEVER))
def test_some_roles_are_given_by_no_appointment(world, role):
    with pytest.raises(AnswerRefused, match="no appointment"):
        entered(world, an_appointment(role=role))


def test_only_administrators_enter_and_answer(world):
    appointment = entered(world, an_appointment())
    for role in sorted(set(Role) - {ADMINISTRATOR, Role.PLATFORM_ADMINISTRATOR, Role.SERVICE}):
        with pytest.raises(NotPermitted):
            entered(world, an_appointment(), role)
        with pytest.raises(NotPermitted):
            answered(world, appointment, world.ours.actor(role))


def test_nobody_appoints_themselves_nor_answers_what_they_entered_or_is_their_own(world, second):
    mine = world.ours.email(ADMINISTRATOR)
    with pytest.raises(AnswerRefused, match="your own address"):
        entered(world, an_appointment(address=mine))
    own = entered(world, an_appointment())
    with pytest.raises(RuleBroken, match="you entered"):
        answered(world, own, world.ours.actor(ADMINISTRATOR))
    of_second = entered(world, an_appointment(address=f"second.{mine}"))
    with pytest.raises(RuleBroken, match="your own"):
        answered(world, of_second, second)


@pytest.mark.parametrize("role", sorted(SEATS))
def test_a_seat_is_confirmed_by_whoever_appoints_for_the_organisation(world, second, office, role):
    post, kind, said = SEATS[role]
    command = an_appointment(role=role, **said)
    with pytest.raises(RuleBroken, match="theirs to appoint"):
        entered(world, command)
    address = a_post(world, post, kind)
    appointment = entered(world, command)
    with pytest.raises(RuleBroken, match="appoints for the organisation"):
        answered(world, appointment, second)
    assert confirmed_at(office, address)
    assert accepted(office, command.address)
    assert roles_of(world, command.address) == [role]


def test_an_agency_appoints_its_lead(world, office):
    agency = world.ours.agency()
    a_post(world, ContactRole.STRATEGIC_LEAD, OrganisationKind.RELEVANT_AGENCY, "Another")
    with pytest.raises(RuleBroken, match="theirs to appoint"):
        entered(world, an_appointment(role=Role.AGENCY_LEAD, agency=agency))
    name = "Hill Hospital (example)"
    address = a_post(world, ContactRole.STRATEGIC_LEAD, OrganisationKind.RELEVANT_AGENCY, name)
    command = an_appointment(role=Role.AGENCY_LEAD, agency=agency)
    entered(world, command)
    assert confirmed_at(office, address, is_confirmed=False)
    office.deliver()
    assert command.address not in {one.recipient for one in office.mailer.emails}


@pytest.mark.parametrize(
    "said",
    [
        {"role": Role.SAFEGUARDING_PARTNER},
        {"role": Role.SAFEGUARDING_PARTNER, "seat": Seat.POLICE, "decides": "x"},
        {"role": Role.AGENCY_LEAD},
        {"seat": Seat.POLICE},
        {"to_on": FROM.replace(day=1)},
        {"address": "not an address"},
        {"seat": Seat.LOCAL_AUTHORITY, "authority": "east"},
    ],
)
def test_what_the_role_lacks_or_has_no_use_for_is_refused(world, said):
    with pytest.raises(AnswerRefused):
        entered(world, an_appointment(**said))


def test_an_address_is_replaced_by_a_newer_one_runs_out_and_ends_with_the_appointment(
    world, second, office
):
    command = an_appointment()
    appointment = entered(world, command)
    answered(world, appointment, second)
    old = token_sent_to(office, command.address)
    with world.act(ADMINISTRATOR, "2026-02-03", once=uuid4()) as work:
        send_again(work, appointment, SendAgain())
    new = token_sent_to(office, command.address)
    assert shown_at(office, AddressBrought(old)) is None
    assert shown_at(office, AddressBrought(new)) is not None
    late = Office(world, when="2026-02-17")
    assert shown_at(late, AddressBrought(new)) is None
    with world.act(ADMINISTRATOR, once=uuid4()) as work:
        withdraw_appointment(work, appointment, WithdrawAppointment(grounds="Another post."))
    assert shown_at(office, AddressBrought(new)) is None
    with pytest.raises(AlreadyDone), world.act(ADMINISTRATOR, once=uuid4()) as work:
        send_again(work, appointment, SendAgain())


def test_who_has_an_account_signs_in_and_adds_the_role_to_it(world, second, office):
    chair = world.ours.actor(Role.REVIEW_GROUP_CHAIR)
    address = world.ours.email(Role.REVIEW_GROUP_CHAIR)
    appointment = entered(world, an_appointment(address=address.upper()))
    answered(world, appointment, second)
    token = token_sent_to(office, address)
    found = shown_at(office, AddressBrought(token))
    assert found is not None
    assert found.has_account
    stranger = world.ours.actor(Role.NOTIFIER).person_id
    with pytest.raises(RuleBroken, match="another person's"):
        accept(office, AddressBrought(token, stranger))
    assert accept(office, AddressBrought(token, chair.person_id))
    assert set(roles_of(world, address)) >= {Role.REVIEW_GROUP_CHAIR, Role.REVIEW_GROUP_MEMBER}
    assert not accept(office, AddressBrought(token, chair.person_id))


def test_who_declines_holds_nothing(world, second, office):
    command = an_appointment()
    answered(world, entered(world, command), second)
    token = token_sent_to(office, command.address)
    assert decline(office, AddressBrought(token))
    again = AddressBrought(token, world.ours.actor(Role.NOTIFIER).person_id)
    assert not accept(office, again)
    assert roles_of(world, command.address) == []


def test_a_deputy_holds_the_post_between_two_days_and_the_history_says_for_whom(world, office):
    address = a_post(world, ContactRole.LEAD_SAFEGUARDING_PARTNER, OrganisationKind.POLICE)
    partner = world.ours.partner(Seat.POLICE)
    with world.act(ADMINISTRATOR) as work:
        held = work.session.exec(select(Membership).where(Membership.seat == Seat.POLICE)).one()
        work.session.expunge(held)
    deputy = f"{uuid4()}@police.example"
    once = uuid4()
    with world.act(ADMINISTRATOR, once=once) as work:
        said = AppointDeputy(
            address=deputy,
            name="A Deputy",
            from_on=FROM,
            to_on=FROM.replace(day=9),
            reasons="On leave",
        )
        appoint_deputy(work, held.id, said)
    assert confirmed_at(office, address)
    assert accepted(office, deputy)
    with world.act(ADMINISTRATOR) as work:
        made = work.session.get_one(Membership, (world.ours.partnership_id, once))
        assert (made.seat, made.decides, made.deputy_of) == (Seat.POLICE, held.decides, held.id)
        name = acted_for(work)(made.person_id, Role.SAFEGUARDING_PARTNER, work.now)
        assert name == everybody(work.session)[partner.person_id]
        assert not acted_for(work)(partner.person_id, Role.SAFEGUARDING_PARTNER, work.now)


def test_the_second_administrator_is_told_and_not_the_first(world, second):
    assert second.person_id != world.ours.actor(ADMINISTRATOR).person_id
    entered(world, an_appointment())
    with world.act(ADMINISTRATOR) as work:
        told = work.session.exec(
            select(OutboxEmail).where(OutboxEmail.event == "appointment_waits")
        )
        assert [one.address for one in told] == [f"second.{world.ours.email(ADMINISTRATOR)}"]


def test_where_nobody_can_be_asked_it_is_said_and_nothing_counts_as_sent(world):
    alone = entered(world, an_appointment())
    assert refused_to_send(world, alone, "no other administrator. Ask a platform administrator")
    second = second_administrator(world)
    with world.act(ADMINISTRATOR, once=uuid4()) as work:
        send_again(work, alone, SendAgain())
        assert len(work.session.exec(select(OutboxEmail)).all()) == 1
    address = f"second.{world.ours.email(ADMINISTRATOR)}"
    of_second = entered(world, an_appointment(address=address))
    assert refused_to_send(world, of_second, "is the person appointed. Appoint another")
    with pytest.raises(RuleBroken, match="your own"):
        answered(world, of_second, second)


def refused_to_send(world, appointment, words):
    """Tell whether writing again is refused in these words, and writes to nobody."""
    with world.act(ADMINISTRATOR) as work:
        before = len(work.session.exec(select(OutboxEmail)).all())
    with (
        pytest.raises(RuleBroken, match=f"Nobody was written to: .*{words}"),
        world.act(ADMINISTRATOR, once=uuid4()) as work,
    ):
        send_again(work, appointment, SendAgain())
    with world.act(ADMINISTRATOR) as work:
        return len(work.session.exec(select(OutboxEmail)).all()) == before
