"""People without an account: let in by an address and a code, to one case and for one agency."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from services.casework.access.cases import cases_seen, open_case
from services.casework.access.documents import papers_seen
from services.casework.access.parts import case_todos_seen
from services.casework.access.reach import reached_by
from services.casework.collecting.guest_door import place_of_guest
from services.casework.steps import declaration
from services.casework.steps.attendance import attendees
from services.casework.steps.dispatches.address_astray import addresses_written
from services.casework.steps.dispatches.breaches import breaches
from services.casework.steps.dispatches.wrong_recipient import (
    BreachReported,
    report_wrong_recipient,
)
from services.casework.steps.guests import end_guest_access
from services.casework.steps.referral import referral
from services.casework.steps.referral.referrer_named import name_referrer
from services.casework.steps.scoping import scoping_returns
from services.database.cases import get_case
from services.database.guests import guest_of, guests
from services.domain.errors import AlreadyDone, AnswerRefused, DeclareFirst, NotFound, NotPermitted
from services.domain.guests import GUESTS, open_until
from services.domain.identifiers import CaseId
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.viewings import Viewed
from services.web.view_models.own_part import own_part_view
from tests import attendance_factories, factories
from tests.audited import links
from tests.collecting import brought
from tests.dispatch_factories import report_wrong_recipient as say_astray
from tests.driven import Driven
from tests.guest_factories import say_end_guest_access, say_name_referrer
from tests.guests import (
    ASKED,
    AtTheDoor,
    ask_surgery,
    asked,
    case,
    codes_sent,
    door,
    entered,
    guest_actor,
    invite_guest,
    say_who_comes,
)
from tests.kept import OF_THE_DOOR
from tests.post_office import Office, our_world
from tests.world import SCHOOL, SURGERY

__all__ = ["asked", "case", "door", "our_world"]
LATER = "2025-12-17"
MANAGER = Role.BUSINESS_MANAGER


def test_an_agency_without_an_account_gets_an_address_and_no_page_that_asks_for_one(case, door):
    (email,) = [one for one in door.office.mailer.emails if one.recipient.startswith("surgery")]
    assert f"/cases/{case.case_id}" not in email.body_text
    assert door.token in email.body_text
    assert "You need no account" in email.body_text
    assert not codes_sent(door.office.mailer), "address and code never go in one email"


def test_a_code_goes_only_to_the_mailbox_and_nothing_is_kept_of_it_or_of_the_address(case, door):
    door.ask()
    assert codes_sent(door.office.mailer) == 1
    door.ask()
    assert codes_sent(door.office.mailer) == 1, "another one so soon would close the first"
    with case.world.act(MANAGER) as work:
        found = work.session.execute(
            text("select tablename from pg_tables where schemaname = 'public'")
        ).scalars()
        for table in [*found]:
            if table in OF_THE_DOOR:
                continue
            held = text(f"select count(*) from {table} t where t::text like :it")  # noqa: S608
            for secret in (door.token, door.code):
                assert not work.session.execute(held, {"it": f"%{secret}%"}).scalar_one(), table


def test_a_guest_declares_first_and_then_reads_and_answers_for_their_agency_alone(case, door):
    """LC-01, G7: nothing before the declaration; RR-39: the return is theirs to send."""
    door.ask()
    guest = door.enter()
    assert guest is not None
    actor = guest_actor(case, guest)
    with case.world.act(actor, ASKED) as work:
        assert reached_by(work)(get_case(work.session, case.case_id))
        with pytest.raises(DeclareFirst):
            open_case(work, case.case_id, Viewed.CASE)
    case.do(declaration.declare, factories.declare(), actor, f"{ASKED} 12:30")
    with case.world.act(actor, ASKED) as work:
        seen = open_case(work, case.case_id, Viewed.CASE)
        assert [one.todo for one in case_todos_seen(work, seen)] == [Todo.SUBMIT_RETURN]
        agency = str(case.agency(SURGERY))
        assert {one.subject for one in papers_seen(work, seen)} <= {agency}
        assert [one.id for one in cases_seen(work).open] == [case.case_id]
    case.do(scoping_returns.submit_return, factories.submit_return(), actor, f"{ASKED} 13:00")
    assert case.clock("K6", agency)["met_on"] == ASKED


def test_another_case_of_the_agency_is_none_to_the_guest(case, door):
    actor = entered(case, door)
    other = Driven(case.world, when="2025-12-16 11:00").decide("2025-12-16 12:00")
    other.notify("2025-12-16 13:00")
    ask_surgery(other, "2025-12-16 14:00")
    with case.world.act(actor, LATER) as work:
        with pytest.raises(NotFound):
            open_case(work, other.case_id, Viewed.CASE)
        assert [one.id for one in cases_seen(work).open] == [case.case_id]


def test_a_code_works_once_for_half_an_hour_and_five_wrong_ones_end_it(case, door):
    door.ask()
    first = door.code
    wrong = "00000000" if first != "00000000" else "00000001"
    for _ in range(GUESTS.wrong_codes):
        assert door.enter(code=wrong) is None
    assert door.enter(code=first) is None, "it was guessed at too often"
    door.office.when = f"{ASKED} 12:10"
    door.ask()
    assert door.code != first
    door.office.when = f"{ASKED} 12:41"
    assert door.enter() is None, "it lasts half an hour"
    door.ask()
    assert door.enter() is not None
    assert door.enter() is None, "it works once"
    told = [one.body["what"] for one in links(case.world) if one.body["kind"] == "guest"]
    assert told.count("code_refused") == GUESTS.wrong_codes - 1
    assert told.count("code_ended") == told.count("let_in") == 1


def test_an_address_is_open_for_its_days_and_what_it_opened_with_it(case, door):
    actor = entered(case, door)
    with case.world.act(MANAGER, ASKED) as work:
        last = open_until(work.today, work.calendar)
    with case.world.act(actor, f"{last}") as work:
        assert open_case(work, case.case_id, Viewed.CASE)
    day_after = last + timedelta(days=1)
    with case.world.act(actor, f"{day_after}") as work, pytest.raises(NotFound):
        open_case(work, case.case_id, Viewed.CASE)
    door.office.when = f"{day_after} 12:00"
    sent = codes_sent(door.office.mailer)
    door.ask()
    assert codes_sent(door.office.mailer) == sent


def test_who_is_shut_out_opens_nothing_more_and_stays_out_under_their_name(case, door):
    actor = entered(case, door)
    with case.world.act(MANAGER, ASKED) as work:
        (guest_id,) = [one.id for one in guests(work.session, case.case_id)]
    case.do(end_guest_access, say_end_guest_access(guest_id), MANAGER, f"{ASKED} 14:00")
    with case.world.act(actor, ASKED) as work, pytest.raises(NotFound):
        open_case(work, case.case_id, Viewed.CASE)
    sent = codes_sent(door.office.mailer)
    door.ask()
    assert codes_sent(door.office.mailer) == sent, "the address was closed with it"
    again = say_end_guest_access(guest_id)
    with pytest.raises(AnswerRefused):
        case.do(end_guest_access, again, MANAGER, f"{ASKED} 15:00")


def test_who_comes_back_under_the_same_name_is_the_same_person(case, door):
    first = entered(case, door)
    door.office.when = f"{LATER} 09:00"
    door.ask()
    again = door.enter(say_who_comes(name="  sam   FIELD ", telephone="01632 960003"))
    assert again is not None
    assert again.person_id == first.person_id
    door.office.when = f"{LATER} 10:00"
    door.ask()
    other = door.enter(say_who_comes(name="Jo Brook"))
    assert other is not None
    assert other.person_id != first.person_id
    with case.world.act(MANAGER, LATER) as work:
        found = [(one.name, one.telephone) for one in guests(work.session, case.case_id)]
    assert found == [
        ("Sam Field", "01632 960003"),
        ("Jo Brook", "01632 960002"),
    ]


def test_an_invited_person_comes_in_their_own_name_and_can_be_named_to_attend(case, door):
    """RR-42: people with operational knowledge attend, with an account or without."""
    invite_guest(case, f"{ASKED} 12:30")
    robin = AtTheDoor(door.office, "robin.lake@")
    robin.deliver()
    (email,) = [one for one in door.office.mailer.emails if one.recipient.startswith("robin")]
    assert email.subject.startswith("Declare your interests")
    robin.ask()
    guest = robin.enter()
    assert guest is not None
    with case.world.act(MANAGER, ASKED) as work:
        kept = guest_of(work.session, guest.person_id)
        assert kept is not None
        assert kept.name == "Robin Lake", "the address names them, whatever they say"
    listed = attendance_factories.name_attendees(guest.person_id)
    case.do(attendees.name_attendees, listed, MANAGER, f"{ASKED} 13:00")
    other = Driven(case.world, when="2025-12-16 11:00")
    with pytest.raises(AnswerRefused):
        other.do(attendees.name_attendees, listed, MANAGER, f"{ASKED} 13:30")


def test_a_guest_refers_nothing_and_runs_nothing(case, door):
    actor = entered(case, door)
    with case.world.act(actor, ASKED) as work, pytest.raises(NotPermitted):
        attendees.name_attendees(
            work, case.case_id, attendance_factories.name_attendees(actor.person_id)
        )


def test_the_application_makes_no_person_but_a_guest_of_its_own(case, door):
    """What the definer function lets in is what a row of guests says, and never an account."""
    entered(case, door)
    chair = case.world.ours.actor(Role.REVIEW_GROUP_CHAIR).person_id
    with case.world.act(MANAGER, ASKED) as work:
        (guest,) = guests(work.session, case.case_id)
        admit = text("select sec.admit_guest(:guest, :day)")
        held = {"guest": guest.id, "day": work.today}
        with work.session.begin_nested() as undone:
            work.session.execute(
                text("update guests set person_id = :chair where id = :guest"),
                {"chair": chair, "guest": guest.id},
            )
            assert work.session.execute(admit, held).scalar_one() is False, "it has an account"
            undone.rollback()
        with work.session.begin_nested() as undone:
            work.session.execute(
                text("update guests set ended_at = now() where id = :guest"), {"guest": guest.id}
            )
            assert work.session.execute(admit, held).scalar_one() is False, "it has ended"
            undone.rollback()
        for statement in (
            "insert into people values (gen_random_uuid(), 'x', 'x', true)",
            "update memberships set role = 'business_manager'",
        ):
            with pytest.raises(ProgrammingError), work.session.begin_nested():
                work.session.execute(text(statement))
    with case.world.act(case.world.theirs.actor(MANAGER), ASKED) as work:
        assert work.session.execute(admit, held).scalar_one() is False, "it is another's"
        assert not guests(work.session, case.case_id)


def test_an_address_that_leads_nowhere_sends_no_code(door):
    door.ask("x" * 43)
    assert place_of_guest(door.office, brought("x" * 43, "")) is None
    assert not codes_sent(door.office.mailer)


def test_who_referred_without_an_account_gets_the_reference_and_reads_what_was_entered(our_world):
    """NOT-14, RR-50: the manager enters what an agency sent, and names the agency, once."""
    with our_world.act(MANAGER, ASKED) as work:
        entered_for = CaseId(referral.refer(work, factories.refer()).id)
    case = Driven.of(our_world, entered_for)
    named = say_name_referrer(case.agency(SURGERY))
    case.do(name_referrer, named, MANAGER, f"{ASKED} 11:00")
    door = AtTheDoor(Office(our_world, when=f"{ASKED} 12:00"))
    door.deliver()
    (email,) = [one for one in door.office.mailer.emails if one.recipient.startswith("surgery")]
    assert case.row().reference in email.subject
    actor = entered(case, door)
    with our_world.act(actor, ASKED) as work:
        own = own_part_view(work, open_case(work, case.case_id, Viewed.CASE))
        assert own is not None
        assert own.referral, "a copy of what was entered for them"
    with pytest.raises(AlreadyDone):
        case.do(name_referrer, named, MANAGER, f"{ASKED} 13:00")
    case.do(name_referrer, say_name_referrer(case.agency(SCHOOL)), MANAGER, f"{ASKED} 14:00")
    with our_world.act(actor, ASKED) as work, pytest.raises(NotFound):
        open_case(work, case.case_id, Viewed.CASE)  # it was named in error


def test_an_address_that_went_to_the_wrong_mailbox_is_closed_and_its_hours_run(case, door):
    """One act: who came in by it and what they saw is kept, and nobody opens anything more."""
    actor = entered(case, door)
    with case.world.act(actor, ASKED) as work:
        open_case(work, case.case_id, Viewed.CASE)
    with case.world.act(MANAGER, ASKED) as work:
        (link_id,) = [one.id for one in addresses_written(work, case.row())]
    when = f"{ASKED} 16:50"
    case.do(report_wrong_recipient, say_astray(link_id, aware_at=when), MANAGER, f"{ASKED} 17:00")
    with case.world.act(actor, ASKED) as work, pytest.raises(NotFound):
        open_case(work, case.case_id, Viewed.CASE)
    sent = codes_sent(door.office.mailer)
    door.ask()
    assert codes_sent(door.office.mailer) == sent
    with case.world.act(MANAGER, ASKED) as work:
        (breach,) = breaches(work, get_case(work.session, case.case_id))
        kept = BreachReported.model_validate(breach.entry.command)
        assert breach.kept.about == f"a one-time address, meant for {SURGERY}"
        assert [one for one in kept.opened if one.startswith("the case: seen by Sam Field on")]
        assert kept.people, "the children and the family of the case"
    assert Todo.DECIDE_ON_BREACH in {one.todo for one in case.turns()}
