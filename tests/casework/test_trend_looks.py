"""EMB-10: the review group looks at the trends, and is asked again by the day that it sets."""

from dataclasses import replace
from uuid import uuid4

import pytest

from services.casework.partnership_learning.trend_looks import look_at_trends, trend_looks
from services.casework.partnership_learning.waiting import GroupTask, waits_for_group
from services.database.learning import learning_records
from services.domain.clocks.policy import NATIONAL
from services.domain.clocks.policy_json import policy_from_json, policy_to_json
from services.domain.errors import AnswerRefused, FormUsedOtherwise, NotPermitted
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.policy_factories import put_in_force
from tests.shared_learning import MANAGER, a_look, with_learning
from tests.world import World

CHAIR, WHEN = Role.REVIEW_GROUP_CHAIR, "2026-02-02"
EVERY_THREE_MONTHS = replace(NATIONAL, version="2026-02", trends_reviewed_every=3)


def look(world: World, when: str = WHEN, who: Role = CHAIR, **but) -> None:
    with world.act(who, when) as work:
        look_at_trends(work, a_look(**but))


def asked(world: World, when: str, who: Role = MANAGER) -> list[GroupTask]:
    with world.act(who, when) as work:
        return waits_for_group(work)


def test_a_look_says_what_was_seen_and_decided_and_the_next_is_asked_for_by_its_day(world):
    """EMB-10: the group periodically considers the trends; its next look stands among its work."""
    look(world)
    with world.act(CHAIR, WHEN) as work:
        (one,) = trend_looks(learning_records(work.session))
    assert one.said == a_look()
    assert one.added_by == world.ours.actor(CHAIR).person_id
    assert asked(world, "2026-04-01") == []
    (task,) = asked(world, "2026-04-03")
    assert str(task.by) == "2026-05-01"
    look(world, "2026-04-20", looked_on="2026-04-20", next_on="2026-10-01")
    assert asked(world, "2026-05-02") == []


def test_the_first_look_is_asked_for_once_there_is_a_notification(case_at):
    """EMB-10: nothing is asked for while there is nothing to see."""
    case = case_at(Stage.REFERRED)
    assert asked(case.world, WHEN) == []
    case = case_at(Stage.RAPID_REVIEW)
    assert asked(case.world, WHEN) == [GroupTask()]


def test_a_policy_says_how_often_and_the_first_look_is_asked_for_by_it(world):
    """EMB-10, 5A: the interval is the partnership's own, and none names a later day."""
    put_in_force(world, EVERY_THREE_MONTHS, "2026-01-20")
    assert asked(world, WHEN) == [GroupTask()]
    with pytest.raises(AnswerRefused, match="looked at again by 2 May 2026") as refused:
        look(world, next_on="2026-05-03")
    assert refused.value.field == "next_on"
    look(world, next_on="2026-05-02")


def test_a_policy_says_it_only_where_it_was_chosen():
    """EMB-10: the release before knows no such word in a policy."""
    assert "trends_reviewed_every" not in policy_to_json(NATIONAL)
    assert policy_from_json(policy_to_json(EVERY_THREE_MONTHS)) == EVERY_THREE_MONTHS


@pytest.mark.parametrize(
    ("but", "field"),
    [
        ({"looked_at": ()}, "looked_at"),
        ({"looked_on": "2026-02-03"}, "looked_on"),
        ({"next_on": WHEN}, "next_on"),
    ],
)
def test_a_look_at_nothing_or_without_a_day_to_come_is_refused(world, but, field):
    """EMB-10: it says what was looked at, and when the group looks again."""
    with pytest.raises(AnswerRefused) as refused:
        look(world, **but)
    assert refused.value.field == field


def test_a_look_from_before_the_one_on_record_is_refused(world):
    """EMB-10: the newest look is the last that was made."""
    look(world)
    with pytest.raises(AnswerRefused, match="2 February 2026 or a later day"):
        look(world, "2026-03-02", looked_on="2026-02-01")


def test_who_runs_the_learning_records_it_and_a_form_is_acted_on_once(world):
    """EMB-10: a partner, the scrutineer and an agency record none, and are asked for none."""
    for role in (Role.SAFEGUARDING_PARTNER, Role.INDEPENDENT_SCRUTINEER, Role.AGENCY_LEAD):
        with pytest.raises(NotPermitted):
            look(world, who=role)
    once = uuid4()
    for _ in range(2):
        with world.act(CHAIR, WHEN, once=once) as work:
            look_at_trends(work, a_look())
    with pytest.raises(FormUsedOtherwise), world.act(CHAIR, WHEN, once=once) as work:
        look_at_trends(work, a_look(decided="Something else."))
    with world.act(CHAIR, WHEN) as work:
        assert len(learning_records(work.session)) == 1
    assert asked(world, "2026-06-01", Role.SAFEGUARDING_PARTNER) == []


def test_another_partnership_reads_nothing_of_it(world):
    """EMB-10, EMB-11: what a group decided is its partnership's own."""
    with_learning(world)
    with world.act(world.theirs.actor(MANAGER), "2026-12-01") as work:
        assert learning_records(work.session) == []
