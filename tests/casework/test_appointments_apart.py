"""What an injection could try: plain SQL as the application's role makes and ends no membership."""

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import select

from services.database.engine import working_for
from services.database.people import Membership
from services.domain.roles import Role
from tests.appointed import ADMINISTRATOR, roles_of, second_administrator
from tests.world import make_world


@pytest.fixture
def world(app_engine):
    return make_world(app_engine)


@pytest.fixture
def second(world):
    return second_administrator(world)


_APPOINTMENT = (
    "insert into appointments (tenant_id, id, salt, address, name, role, authority, decides,"
    " accountable_to, from_on, reasons, added_by, added_at) values (:tenant, :id, '', :address,"
    " 'x', 'business_manager', '', '', '', '2020-01-01', 'x', :added_by, now())"
)
_ANSWER = (
    "insert into appointment_answers (tenant_id, id, salt, appointment_id, added_by, answer_of,"
    " is_yes, grounds, said_by, answered_by, answered_at) values (:tenant, gen_random_uuid(), '',"
    " :id, :added_by, :of, true, '', '', :by, now())"
)


class Injected:
    """Plain SQL in the context of one person of ours."""

    def __init__(self, world, actor):
        self.world, self.actor, self.id = world, actor, uuid4()
        self.engine = working_for(world.engine, world.ours.partnership_id, actor.person_id)
        self.address = f"{self.id}@x.example"

    def run(self, *statements, **said):
        told = {
            "tenant": self.world.ours.partnership_id,
            "id": self.id,
            "address": self.address,
            "added_by": self.actor.person_id,
            "by": self.actor.person_id,
            **said,
        }
        with self.engine.begin() as link:
            results = [link.execute(text(one), told) for one in statements]
            return results[-1].scalar() if results[-1].returns_rows else None

    @property
    def made(self):
        return self.run("select sec.appoint(:id)")


def test_raw_sql_as_the_application_gives_nobody_a_membership(world, second):
    for role in (Role.BUSINESS_MANAGER, ADMINISTRATOR):
        one = Injected(world, world.ours.actor(role))
        one.address = world.ours.email(role)
        with pytest.raises(DBAPIError, match="permission denied"):
            one.run(
                "insert into memberships (tenant_id, id, person_id, role, authority, decides,"
                " accountable_to, from_on) values (:tenant, :id, :by, 'business_manager', '', '',"
                " '', '2020-01-01')"
            )
        one.run(_APPOINTMENT)
        with pytest.raises(DBAPIError, match="row-level security"):
            one.run(_APPOINTMENT, id=uuid4(), added_by=second.person_id)
        with pytest.raises(IntegrityError, match="two_people"):
            one.run(_ANSWER, of="second_person")
        with pytest.raises(DBAPIError, match="row-level security"):
            one.run(_ANSWER, of="second_person", by=second.person_id)
        with pytest.raises(DBAPIError, match="row-level security"):
            one.run(_ANSWER, of="second_person", by=None)
        with pytest.raises(IntegrityError, match="two_people"):
            one.run(_ANSWER, of="appointed")
        with pytest.raises(DBAPIError, match="row-level security"):
            one.run(
                "insert into appointment_links (tenant_id, id, appointment_id, answer_of,"
                " address_sha256, written_at, closes_at) values (:tenant, gen_random_uuid(), :id,"
                " 'appointed', 'x', now(), now())"
            )
        assert one.made is False


def test_raw_sql_of_two_people_makes_none_where_one_is_no_administrator(world):
    """A manager enters for an accomplice, who accepts, and even an administrator says yes."""
    manager, chair = (world.ours.actor(role) for role in (Role.BUSINESS_MANAGER, ADMINISTRATOR))
    accomplice = world.ours.actor(Role.NOTIFIER)
    one = Injected(world, manager)
    one.run(_APPOINTMENT, address=world.ours.email(Role.NOTIFIER))
    two = Injected(world, accomplice)
    two.id = one.id
    two.run(_ANSWER, of="appointed", added_by=manager.person_id)
    three = Injected(world, chair)
    three.id = one.id
    three.run(_ANSWER, of="second_person", added_by=manager.person_id)
    assert three.made is False
    assert roles_of(world, world.ours.email(Role.NOTIFIER)) == [Role.NOTIFIER]


def test_only_an_administrators_review_ends_a_membership_and_none_of_theirs(world):
    with world.act(ADMINISTRATOR) as work:
        chair = world.ours.actor(Role.REVIEW_GROUP_CHAIR).person_id
        held = work.session.exec(select(Membership).where(Membership.person_id == chair)).one()
        work.session.expunge(held)
    review = (
        "insert into membership_reviews (tenant_id, id, salt, membership_id, last_day, reasons,"
        " left_empty_because, added_by, added_at) values (:tenant, :id, '', :held, '2026-01-01',"
        " '', '', :by, now())"
    )
    for role, ends in ((Role.BUSINESS_MANAGER, False), (ADMINISTRATOR, True)):
        one = Injected(world, world.ours.actor(role))
        one.run(review, held=held.id)
        assert one.run("select sec.end_membership(:id)") is ends
        assert one.run("select sec.shut_out_guest(:held, '2026-01-01')", held=held.id) is False


def test_the_administrator_alone_is_told_whether_an_address_has_an_account(world):
    for role in (ADMINISTRATOR, Role.BUSINESS_MANAGER):
        one = Injected(world, world.ours.actor(role))
        known = world.theirs.email(Role.NOTIFIER)
        assert one.run("select sec.has_account(:a)", a=known) is (role is ADMINISTRATOR)
        assert one.run("select sec.has_account(:a)", a="nobody@x.example") is False
        assert one.run("select sec.drafts_of(:by)") == 0
