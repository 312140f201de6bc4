"""Guests are nobody but themselves: by their own mailbox, until they are shut out."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlmodel import select

from services.casework.collecting.guest_door import ask_for_code
from services.casework.effects.addressees import Declared
from services.casework.steps import declaration
from services.casework.steps.attendance import attendees
from services.casework.steps.dispatches.address_astray import addresses_written
from services.casework.steps.dispatches.wrong_recipient import report_wrong_recipient
from services.casework.steps.guests import end_guest_access
from services.casework.steps.rapid_review import meeting
from services.casework.steps.scoping import scoping
from services.database.cases import get_case
from services.database.guests import Guest, guests
from services.database.people import Membership, people_of
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Actor, Role
from tests import attendance_factories, factories
from tests.dispatch_factories import report_wrong_recipient as say_astray
from tests.driven import Driven
from tests.guest_factories import say_end_guest_access
from tests.guests import (
    ASKED,
    AtTheDoor,
    asked,
    case,
    codes_sent,
    door,
    entered,
    guest_actor,
    invite_guest,
    say_who_comes,
)
from tests.world import SURGERY

__all__ = ["asked", "case", "door"]
MANAGER = Role.BUSINESS_MANAGER
_ADMIT = text("select sec.admit_guest(:guest, :day)")


def robin(case: Driven, door: AtTheDoor, mailbox: str = "robin.lake@", **but: str) -> Actor:
    """Return Robin Lake, who was invited in person and came in."""
    invite_guest(case, f"{ASKED} 12:30", **but)
    held = AtTheDoor(door.office, mailbox)
    held.deliver()
    held.ask()
    guest = held.enter()
    assert guest is not None
    return guest_actor(case, guest)


def named_to_attend(case: Driven, door: AtTheDoor) -> Actor:
    actor = robin(case, door)
    case.do(declaration.declare, factories.declare(), actor, f"{ASKED} 12:40")
    listed = attendance_factories.name_attendees(actor.person_id)
    case.do(attendees.name_attendees, listed, MANAGER, f"{ASKED} 13:00")
    return actor


def end_access(case: Driven) -> None:
    with case.world.act(MANAGER, ASKED) as work:
        (guest_id,) = [one.id for one in guests(work.session, case.case_id)]
    case.do(end_guest_access, say_end_guest_access(guest_id), MANAGER, f"{ASKED} 14:00")


def ended(work: UnitOfWork, role: Role, last_day: date) -> UUID:
    """Return the membership of that role, once it has ended as an administrator ends one."""
    held = work.session.exec(select(Membership).where(Membership.role == role)).one().id
    told = {"of": held, "by": work.actor.person_id, "day": last_day, "now": work.now}
    review = work.session.execute(
        text(
            "insert into membership_reviews (tenant_id, id, salt, membership_id, last_day, reasons,"
            " left_empty_because, added_by, added_at) values (sec.tenant(), gen_random_uuid(), '',"
            " :of, :day, '', '', :by, :now) returning id"
        ),
        told,
    ).scalar_one()
    assert work.session.execute(text("select sec.end_membership(:id)"), {"id": review}).scalar_one()
    return held


def is_admitted(work: UnitOfWork, guest_id: UUID) -> bool:
    told = {"guest": guest_id, "day": work.today}
    admitted: bool = work.session.execute(_ADMIT, told).scalar_one()
    return admitted


def test_a_guest_with_the_id_of_an_ended_membership_does_not_bring_it_back(case, door):
    """The row of a guest may have any id; a role that has ended comes back by two people."""
    entered(case, door)
    last_day = date(2025, 12, 16)
    with case.world.act(Role.PARTNERSHIP_ADMINISTRATOR, ASKED) as work:
        held = ended(work, Role.REVIEW_GROUP_CHAIR, last_day)
    with case.world.act(MANAGER, ASKED) as work:
        (known,) = guests(work.session, case.case_id)
        row = known.model_dump() | {"id": held, "person_id": uuid4()}
        work.session.add(Guest(**row))
        work.session.flush()
        assert is_admitted(work, known.id), "who came in comes again"
        assert not is_admitted(work, held)
        assert work.session.get_one(Membership, (row["tenant_id"], held)).to_on == last_day


def test_what_a_guest_was_does_not_come_back_for_another_person(case, door):
    entered(case, door)
    end_access(case)
    with case.world.act(MANAGER, ASKED) as work:
        (known,) = guests(work.session, case.case_id)
        known.person_id, known.ended_at = uuid4(), None
        work.session.flush()
        assert not is_admitted(work, known.id)
        assert work.session.get_one(Membership, (known.tenant_id, known.id)).to_on is not None


def test_nobody_comes_in_as_somebody_who_was_invited(case, door):
    """A name that is typed at the agency's own mailbox is another person."""
    own = door.token
    actor = robin(case, door)
    door.ask(own)
    other = door.enter(say_who_comes(name="Robin Lake", telephone="0"))
    assert other is not None
    assert other.person_id != actor.person_id
    with case.world.act(MANAGER, ASKED) as work:
        told = {one.person_id: one.telephone for one in guests(work.session, case.case_id)}
    assert told[actor.person_id] == "01632 960001", "what is on record of Robin stays"


def test_somebody_invited_at_a_wrong_address_is_invited_at_the_right_one(case, door):
    invite_guest(case, f"{ASKED} 12:10", email="robin.lake@wrong.example")
    assert robin(case, door, "Robin.Lake@surgery", email="Robin.Lake@surgery.example")


def test_who_was_shut_out_is_written_to_no_more(case, door):
    actor = named_to_attend(case, door)

    def written_to() -> int:
        with case.world.act(MANAGER, ASKED) as work:
            declared = Declared.on(work, get_case(work.session, case.case_id))
            return len([*declared.people(people_of(work.session, (actor.person_id,)))])

    assert written_to() == 1
    end_access(case)
    assert written_to() == 0


def test_a_guest_whose_meeting_is_called_off_gets_no_link_that_asks_for_an_account(case, door):
    """A person without an account is not sent to the page to sign in."""
    named_to_attend(case, door)
    case.do(meeting.set_meeting, factories.set_meeting(), MANAGER, f"{ASKED} 13:30")
    chair = case.world.ours.actor(Role.REVIEW_GROUP_CHAIR).person_id
    others = attendance_factories.name_attendees(chair)
    case.do(attendees.name_attendees, others, MANAGER, f"{ASKED} 14:00")
    door.deliver()
    sent = [one for one in door.office.mailer.emails if one.recipient.startswith("robin.lake")]
    assert sent[-1].attachments, "the calendar entry that cancels"
    assert "http" not in sent[-1].body_text


def test_a_mailbox_that_is_closed_can_be_reported_as_wrong_and_gets_no_new_address(case, door):
    """Ending the access starts no 72 hours, and takes away no way to start them."""
    entered(case, door)
    end_access(case)
    with case.world.act(MANAGER, ASKED) as work:
        written = addresses_written(work, get_case(work.session, case.case_id))
        (link_id,) = [one.id for one in written]
    astray = say_astray(link_id, aware_at=f"{ASKED} 16:50")
    case.do(report_wrong_recipient, astray, MANAGER, f"{ASKED} 17:00")
    before = len(door.office.mailer.emails)
    chase = factories.chase(case.agency(SURGERY))
    case.do(scoping.chase, chase, MANAGER, "2025-12-17 09:00")
    door.office.when = "2025-12-17 10:00"
    door.deliver()
    later = door.office.mailer.emails[before:]
    assert not [one for one in later if "/collect/" in one.body_text]
    with case.world.act(MANAGER, ASKED) as work:
        assert not addresses_written(work, get_case(work.session, case.case_id))


def test_one_code_is_on_its_way_at_a_time(door):
    """Asked twice before the courier comes, one email goes: a second code would end the first."""
    place = door.place()
    ask_for_code(door.office, place)
    ask_for_code(door.office, place)
    door.deliver()
    assert codes_sent(door.office.mailer) == 1
    assert door.enter() is not None
