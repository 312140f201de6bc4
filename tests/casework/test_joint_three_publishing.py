"""Publication in a review of three: by two of them, or by all; the clocks wait for the last."""

import pytest

from services.database.history import all_of
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken
from services.domain.joint_reviews import JointPart
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests.joint_publishing import ADDRESS, DAY, LAST_DAY, LATER, MANAGER
from tests.joint_three_publishing import THIRD_ADDRESS, PublishingOfThree


@pytest.fixture
def three(world) -> PublishingOfThree:
    return PublishingOfThree(world)


@pytest.mark.whole
def test_two_of_three_publish_and_nobody_waits_for_the_third(three):
    three.planned(JointPart.CONTRIBUTING)
    cases = (three.driven, three.own, three.of_third)
    assert [Todo.PRE_SEND in three.todos(one) for one in cases] == [True, True, False]
    with pytest.raises(RuleBroken, match="does not publish"):
        three.third_sends()
    three.send()
    assert three.driven.clock("K12")["met_on"] == ""
    three.send_theirs(LAST_DAY)
    assert three.driven.clock("K12")["met_on"] == LAST_DAY[:10]
    three.publish_theirs()
    assert three.driven.clock("K11")["met_on"] == ""
    three.publish(LATER)
    assert three.driven.clock("K11")["met_on"] == LATER[:10]
    assert [one.stage() for one in cases] == [Stage.EMBEDDING] * 3
    assert three.own.clock("K13")["due"] == "2027-07-03"
    with pytest.raises(IndexError):
        three.of_third.clock("K13")


@pytest.mark.whole
def test_where_all_three_publish_the_last_of_them_meets_the_clocks(three):
    three.planned(JointPart.JOINTLY_PUBLISHING)
    three.send()
    three.send_theirs()
    assert three.driven.clock("K12")["met_on"] == ""
    with pytest.raises(RuleBroken, match="Every publisher sends"):
        three.publish()
    three.third_sends(LAST_DAY)
    assert three.driven.clock("K12")["met_on"] == LAST_DAY[:10]
    three.publish()
    three.publish_theirs()
    assert three.driven.stage() is Stage.PUBLICATION
    three.third_publishes(LATER)
    assert three.driven.clock("K11")["met_on"] == LATER[:10]
    with three.world.act(MANAGER, LATER) as work:
        told = all_of(work.session, three.case_id, EntryType.PUBLISHER_PUBLISHED)
        found = {(one.command["address"], one.command["on"]) for one in told}
    assert found == {(ADDRESS, DAY[:10]), (THIRD_ADDRESS, LATER[:10])}
    for case in (three.driven, three.own, three.of_third):
        assert case.stage() is Stage.EMBEDDING
