"""A lost second factor: two administrators have it taken away, and never their own."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from services.casework.people.ending import EndRoles, end_everything
from services.casework.people.lost_factors import (
    OPEN_FOR,
    AnswerLostFactor,
    ReportLostFactor,
    answer_lost_factor,
    lost_factors_waiting,
    report_lost_factor,
)
from services.database.engine import working_for
from services.database.lost_factors import LostFactor
from services.database.people import Membership
from services.domain.errors import AlreadyDone, NotFound, NotPermitted, RuleBroken
from services.domain.roles import Role
from services.identity.actors import platform_administrator_in
from tests.appointed import ADMINISTRATOR, second_administrator
from tests.world import at, make_world

WHEN = "2026-02-02 10:00"
REPORT = ReportLostFactor(reasons="Rang them at the number on record.")
YES = AnswerLostFactor(is_confirmed=True, grounds="Saw them myself.")


INJECTED = text(
    "insert into lost_factors (tenant_id, id, salt, person_id, answers, asked_by, is_yes, reasons,"
    " added_by, added_at) values (sec.tenant(), gen_random_uuid(), '', :of, :one, :asked, true,"
    " 'x', :by, now())"
)


@pytest.fixture
def world(app_engine):
    return make_world(app_engine)


@pytest.fixture
def second(world):
    return second_administrator(world)


def held_by(work, person_id):
    return work.session.exec(select(Membership.id).where(Membership.person_id == person_id)).first()


def asked(world, who=ADMINISTRATOR, of=Role.BUSINESS_MANAGER, when=WHEN):
    """Ask for somebody's, and return its id."""
    once = uuid4()
    with world.act(who, when, once=once) as work:
        whose = of.person_id if not isinstance(of, Role) else world.ours.actor(of).person_id
        report_lost_factor(work, held_by(work, whose), REPORT)
    return once


def answer(world, asked_id, who, command=YES, **more):
    with world.act(who, **{"when": WHEN, "once": uuid4()} | more) as work:
        return answer_lost_factor(work, asked_id, command)


def test_two_administrators_have_it_taken_away_once(world, second):
    one, once = asked(world), uuid4()
    whose = world.ours.actor(Role.BUSINESS_MANAGER).person_id
    assert answer(world, one, second, once=once) == whose
    assert answer(world, one, second, once=once) is None, "the same form, sent again"
    with pytest.raises(AlreadyDone):
        answer(world, one, second)
    with world.act(ADMINISTRATOR) as work:
        assert lost_factors_waiting(work) == []


def test_nobody_is_both_of_the_two_and_nobody_the_person(world, second):
    with pytest.raises(RuleBroken, match="your own"):
        asked(world, of=world.ours.actor(ADMINISTRATOR))
    with pytest.raises(RuleBroken, match="You asked"):
        answer(world, asked(world), ADMINISTRATOR)
    with pytest.raises(RuleBroken, match="your own"):
        answer(world, asked(world, of=second), second)


def test_an_administrator_of_two_is_helped_by_the_other_and_the_platform(world, second):
    """The two of the partnership are the person and one more: the platform's is the second."""
    first = world.ours.actor(ADMINISTRATOR)
    elsewhere = world.theirs.actor(ADMINISTRATOR)
    platform = platform_administrator_in(
        replace(elsewhere, role=Role.PLATFORM_ADMINISTRATOR), world.ours.partnership_id
    )
    assert answer(world, asked(world, who=second, of=first), platform) == first.person_id
    one = asked(world, who=platform, of=second)
    assert answer(world, one, first) == second.person_id
    with pytest.raises(NotPermitted, match="administrators enough"):
        asked(world, who=platform)


def test_a_partnership_has_no_say_on_who_has_left_it(world, second):
    """A role that is held no more gives none, neither when it is asked nor when it is confirmed."""
    one = asked(world)
    manager = world.ours.actor(Role.BUSINESS_MANAGER)
    with world.act(ADMINISTRATOR, WHEN, once=uuid4()) as work:
        gone = EndRoles(last_day=at(WHEN).date(), reasons="x", left_empty_because="y")
        end_everything(work, manager.person_id, gone)
    later = "2026-02-04 10:00"
    with pytest.raises(RuleBroken, match="no role here today"):
        answer(world, one, second, when=later)
    no = AnswerLostFactor(is_confirmed=False, grounds="They have left.")
    assert answer(world, one, second, no, when=later) is None
    with pytest.raises(RuleBroken, match="no role here today"):
        asked(world, when=later)


def test_a_refusal_takes_nothing_away_and_another_may_ask_again(world, second):
    no = AnswerLostFactor(is_confirmed=False, grounds="They did not answer.")
    assert answer(world, asked(world), second, no) is None
    again = asked(world)
    with pytest.raises(AlreadyDone):
        asked(world)
    late = at(WHEN) + OPEN_FOR
    with pytest.raises(RuleBroken, match="too long ago"):
        answer(world, again, second, when=late)
    asked(world, when=late)


def test_only_an_administrator_of_the_partnership_says_so(world):
    with pytest.raises(NotPermitted):
        asked(world, who=Role.BUSINESS_MANAGER, of=Role.REVIEW_GROUP_CHAIR)
    one = asked(world)
    with pytest.raises(NotPermitted):
        answer(world, one, Role.REVIEW_GROUP_CHAIR)
    with pytest.raises(NotFound):
        answer(world, one, world.theirs.actor(ADMINISTRATOR))


@pytest.mark.parametrize("whose", ["asked", "another's name", "person"])
def test_the_database_takes_one_persons_word_for_nothing(world, second, whose):
    """What an injection could try, as the application's role in one person's context."""
    one = asked(world)
    first, manager = (world.ours.actor(who) for who in (ADMINISTRATOR, Role.BUSINESS_MANAGER))
    by = {"asked": first, "another's name": manager, "person": manager}[whose]
    told = {"of": manager.person_id, "one": one, "by": by.person_id, "asked": first.person_id}
    if whose == "another's name":
        told["by"] = second.person_id
    engine = working_for(world.engine, world.ours.partnership_id, by.person_id)
    with pytest.raises(DBAPIError), engine.begin() as link:
        link.execute(INJECTED, told)
    with world.act(ADMINISTRATOR) as work:
        assert len(work.session.exec(select(LostFactor)).all()) == 1
