"""Somebody leaves: everything of theirs is shown, and nothing falls empty in silence."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from services.casework.administration.set_up_ending import ending_posts
from services.casework.engine.audit_checks import check_chain
from services.casework.people.deputies import AppointDeputy, appoint_deputy
from services.casework.people.ending import (
    EndRoles,
    KeepRole,
    end_everything,
    end_role,
    keep_role,
)
from services.casework.people.holdings import holdings
from services.casework.provisioning import PersonToFound, person_id_of
from services.database.appointments import reviews
from services.database.cases import get_case
from services.database.outbox import OutboxEmail
from services.database.people import Membership, memberships_on
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.errors import AnswerRefused, NotFound, NotPermitted, RuleBroken
from services.domain.roles import Role, Seat
from services.domain.workflow import Stage
from tests.appointed import ADMINISTRATOR, PASSWORD, a_post, accepted, confirmed_at
from tests.desk import Desk
from tests.post_office import Office
from tests.reached import reach
from tests.world import found_on, make_world

LAST = date(2026, 2, 2)
MANAGER = Role.BUSINESS_MANAGER


@pytest.fixture
def world(app_engine):
    return make_world(app_engine)


def reference_of(case):
    with case.world.act(MANAGER) as work:
        return get_case(work.session, case.case_id).reference


def leaves(world, person_id, **said):
    told = {"last_day": LAST, "reasons": "A new job."} | said
    with world.act(ADMINISTRATOR, once=uuid4()) as work:
        end_everything(work, person_id, EndRoles(**told))


def successor(world, role):
    """Have somebody else in the same post, from long ago on."""
    email = f"{uuid4()}@next.example"
    found = PersonToFound(email=email, name="Next One", role=role, password=PASSWORD)
    found_on(world.engine, replace(world.ours.founding(), people=(found,)))
    return person_id_of(email)


def test_everything_of_a_leaver_is_shown_and_refused_to_fall_empty(world):
    case = reach(world, Stage.RAPID_REVIEW)
    manager = world.ours.actor(MANAGER).person_id
    with world.act(ADMINISTRATOR) as work:
        theirs = holdings(work, manager, LAST)
    (post,) = theirs.posts
    assert (post.name, post.goes_on_with, post.falls_empty) == ("business manager", (), True)
    assert {one.reference for one in (*theirs.todos, *theirs.clocks)} == {reference_of(case)}
    assert theirs.todos
    assert theirs.clocks
    assert theirs.is_left_open
    with pytest.raises(AnswerRefused, match="fall empty"):
        leaves(world, manager)
    successor(world, MANAGER)
    with world.act(ADMINISTRATOR) as work:
        after = holdings(work, manager, LAST)
    assert {one.goes_on_with for one in (*after.todos, *after.clocks)} == {("Next One",)}
    leaves(world, manager)
    with world.act(ADMINISTRATOR, "2026-02-03") as work:
        serving = {held.person_id for held, _person in memberships_on(work.session, work.today)}
    assert manager not in serving


def test_a_post_is_left_empty_with_a_reason_and_the_person_is_told(world):
    manager = world.ours.actor(MANAGER).person_id
    leaves(world, manager, left_empty_because="The chair covers until March.")
    with world.act(ADMINISTRATOR) as work:
        (review,) = reviews(work.session)
        assert review.left_empty_because == "The chair covers until March."
        (email,) = work.session.exec(select(OutboxEmail).where(OutboxEmail.event == "role_ends"))
        assert (email.address, email.content["due"]) == (world.ours.email(MANAGER), "2026-02-02")
        whole = check_chain(Desk(world), world.ours.partnership_id)
    assert list(whole.findings) == []
    with pytest.raises(NotFound):
        leaves(world, manager, left_empty_because="x")


def test_who_has_gone_holds_nothing_from_now_on_and_no_day_before_yesterday_is_taken(world):
    chair = world.ours.actor(Role.REVIEW_GROUP_CHAIR).person_id
    with pytest.raises(AnswerRefused, match="yesterday"):
        leaves(world, chair, last_day=date(2026, 1, 31), left_empty_because="x")
    leaves(world, chair, last_day=date(2026, 2, 1), left_empty_because="x")
    with world.act(ADMINISTRATOR) as work:
        serving = {held.person_id for held, _person in memberships_on(work.session, work.today)}
    assert chair not in serving


def test_one_role_ends_alone_and_a_member_of_the_group_leaves_no_post_empty(world):
    member = world.ours.actor(Role.REVIEW_GROUP_MEMBER).person_id
    with world.act(ADMINISTRATOR) as work:
        held = work.session.exec(select(Membership.id).where(Membership.person_id == member)).one()
    command = EndRoles(last_day=LAST, reasons="Moved.")
    for _again in range(2):
        with world.act(ADMINISTRATOR, once=held) as work:
            end_role(work, held, command)
    with world.act(ADMINISTRATOR) as work:
        assert len(reviews(work.session)) == 1
        assert work.session.get_one(Membership, (world.ours.partnership_id, held)).to_on == LAST


def test_nobody_ends_or_confirms_their_own_and_only_administrators_do(world):
    mine = world.ours.actor(ADMINISTRATOR).person_id
    with world.act(ADMINISTRATOR) as work:
        held = work.session.exec(select(Membership.id).where(Membership.person_id == mine)).one()
    with pytest.raises(RuleBroken, match="yourself"):
        leaves(world, mine, left_empty_because="x")
    with pytest.raises(RuleBroken, match="your own"), world.act(ADMINISTRATOR, once=held) as work:
        keep_role(work, held, KeepRole(reasons="I need it."))
    for role in (MANAGER, Role.REVIEW_GROUP_CHAIR, Role.DATA_PROTECTION_CONTACT):
        with pytest.raises(NotPermitted), world.act(role, once=uuid4()) as work:
            end_everything(work, mine, EndRoles(last_day=LAST, reasons="x"))
    with (
        pytest.raises(NotFound),
        world.act(world.theirs.actor(ADMINISTRATOR), once=uuid4()) as work,
    ):
        end_role(work, held, EndRoles(last_day=LAST, reasons="x"))


def test_a_lead_reviewers_cases_are_shown_as_left_with_nobody(world):
    case = reach(world, Stage.LOCAL_REVIEW)
    reviewer = world.ours.actor(Role.LEAD_REVIEWER).person_id
    with world.act(ADMINISTRATOR) as work:
        theirs = holdings(work, reviewer, LAST)
    assert [(one.reference, one.what) for one in theirs.cases] == [
        (reference_of(case), "lead reviewer")
    ]
    with pytest.raises(AnswerRefused):
        leaves(world, reviewer)


def test_an_administrator_is_told_of_a_post_that_ends_soon_while_nobody_takes_it(world):
    chair, until = Role.REVIEW_GROUP_CHAIR, LAST
    with world.act(ADMINISTRATOR, "2026-02-02", once=uuid4()) as work:
        theirs = world.ours.actor(chair).person_id
        (held,) = [
            one for one, _ in memberships_on(work.session, work.today) if one.person_id == theirs
        ]
        before = said_to_end(work)
        left = "The deputy chair sees to it."
        end_role(work, held.id, EndRoles(last_day=until, reasons="x", left_empty_because=left))
    with world.act(ADMINISTRATOR, "2026-02-02") as work:
        (told,) = set(said_to_end(work)) - set(before)
    assert told.startswith("Review group chair: held until ")
    with world.act(ADMINISTRATOR, "2026-01-01") as work:
        assert told not in said_to_end(work)


def said_to_end(work):
    return [one.what for one in ending_posts(work)]


def a_deputy(world, person_id, until):
    """Have a deputy of the partner until that day: entered, confirmed and accepted."""
    address = a_post(world, ContactRole.LEAD_SAFEGUARDING_PARTNER, OrganisationKind.POLICE)
    deputy = f"{uuid4()}@police.example"
    with world.act(ADMINISTRATOR, "2026-02-02", once=uuid4()) as work:
        mine = select(Membership.id).where(Membership.person_id == person_id)
        said = {"address": deputy, "name": "A Deputy", "reasons": "On leave"}
        days = {"from_on": LAST, "to_on": until}
        appoint_deputy(work, work.session.exec(mine).one(), AppointDeputy(**said, **days))
    office = Office(world, when="2026-02-02")
    assert confirmed_at(office, address)
    assert accepted(office, deputy, "A Deputy")


def test_a_deputy_of_a_few_days_is_no_successor(world):
    partner = world.ours.partner(Seat.POLICE).person_id
    a_deputy(world, partner, LAST + timedelta(days=3))
    with pytest.raises(AnswerRefused, match="fall empty") as refused:
        leaves(world, partner)
    assert refused.value.field == "left_empty_because"
    leaves(world, partner, left_empty_because="The deputy has three days more.")
