"""In a demonstration the practice clocks of a joint review move together (decision 0007)."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from services.casework.practice_clock import MovePracticeClock, move_practice_clock
from services.database import audit
from services.database.joint_reviews import JointMembership
from services.domain.errors import NotPermitted, RuleBroken
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role
from tests.desk import Desk
from tests.driven import Driven
from tests.world import Side, World, at, make_world

TODAY, LATER = "2026-02-02", "2026-06-01 09:00"


@pytest.fixture
def three(world) -> tuple[World, Side, Side, Side]:
    """Ours in a review with theirs, theirs in another one with a third; a fourth left a third."""
    more = make_world(world.engine)
    sides = (world.ours, world.theirs, more.ours)
    first, second = uuid4(), uuid4()
    take_part(world, world.ours, first)
    take_part(world, world.theirs, first)
    take_part(world, world.theirs, second)
    take_part(world, more.ours, second)
    take_part(world, more.theirs, first, has_left=True)
    return world, *sides


def take_part(world: World, side: Side, review: UUID, *, has_left: bool = False) -> None:
    """Let a new case of the side take part in the review."""
    case = Driven(replace(world, ours=side))
    with world.act(side.actor(Role.BUSINESS_MANAGER), TODAY) as work:
        work.session.add(
            JointMembership(
                tenant_id=side.partnership_id,
                case_id=case.case_id,
                joint_review_id=review,
                part=JointPart.CONTRIBUTING,
                is_lead=False,
                parties=[],
                from_at=work.now,
                until_at=work.now if has_left else None,
            )
        )


def move(world: World, side: Side, to: str, who: Role = Role.BUSINESS_MANAGER) -> None:
    desk = Desk(world, when=TODAY)
    move_practice_clock(side.actor(who), desk, MovePracticeClock(to=at(to)))


def time_at(world: World, side: Side) -> str:
    with world.act(side.actor(Role.BUSINESS_MANAGER), TODAY) as work:
        return f"{work.now:%Y-%m-%d %H:%M}"


def last_link(world: World, side: Side) -> dict:
    with world.act(side.actor(Role.BUSINESS_MANAGER), TODAY) as work:
        (link,) = list(audit.all_links(work.session, up_to=10**9))[-1:]
    return link.body


def test_moving_one_moves_every_one_beside_it_whoever_leads(three):
    world, *sides = three
    move(world, sides[0], LATER)
    assert {time_at(world, one) for one in sides} == {"2026-06-01 09:00"}
    move(world, sides[2], "2026-03-02 09:00")
    assert {time_at(world, one) for one in sides} == {"2026-03-02 09:00"}


def test_each_chain_has_a_link_by_who_moved_it_or_by_keyline_for_whom(three):
    world, ours, theirs, third = three
    move(world, ours, LATER)
    manager = ours.actor(Role.BUSINESS_MANAGER)
    own = last_link(world, ours)
    assert (own["what"], own["person"]) == ("practice_clock_moved", str(manager.person_id))
    assert "partnership" not in own
    for side in (theirs, third):
        body = last_link(world, side)
        assert body["what"] == "practice_clock_moved"
        assert body["seconds"] == own["seconds"]
        assert body["partnership"] == str(ours.partnership_id)
        assert body["role"] == "service"


def test_who_left_the_review_and_who_is_in_none_keeps_its_own_time(three, world):
    _, ours, *_ = three
    stranger = make_world(world.engine)
    move(world, ours, LATER)
    assert time_at(world, stranger.ours) == "2026-02-02 10:00"
    move(world, stranger.ours, "2026-04-01 09:00")
    assert time_at(world, ours) == "2026-06-01 09:00"


def test_a_refused_move_moves_nobody(three):
    world, ours, theirs, _ = three
    with pytest.raises(NotPermitted):
        move(world, ours, LATER, who=Role.REVIEW_GROUP_CHAIR)
    with world.act(Role.BUSINESS_MANAGER, TODAY) as work:
        work.partnership.is_demonstration = False
        work.session.add(work.partnership)
    with pytest.raises(RuleBroken, match="demonstration"):
        move(world, ours, LATER)
    assert time_at(world, theirs) == "2026-02-02 10:00"
