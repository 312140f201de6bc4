"""The matrix between partnerships: each act on a case of ours, tried by their people.

Whatever is shown to them, nobody writes another partnership's row: each act answers as for a case
that never was, and leaves no row: what is on record before an act is tried is there after it was
tried under every tie, and no more.
"""

from dataclasses import replace
from uuid import uuid4

import pytest

from deployments.checks.figures import tell
from services.casework.act import Act
from services.domain.identifiers import CaseId
from services.domain.roles import ROLE_PERMISSIONS, Actor
from tests.casework.test_matrix import Place, door, each_act, place, tried
from tests.driven import Driven
from tests.kept import nothing_changes
from tests.matrix import AtTheDoor, Relation, Tally, people, row_counts, some
from tests.ties import OneSide, Tie, tied
from tests.world import World

__all__ = ["place"]


@pytest.fixture(scope="module")
def theirs(one_world) -> OneSide:
    """A case of theirs, from which ours is looked at."""
    swapped = replace(one_world, ours=one_world.theirs, theirs=one_world.ours)
    return OneSide(one_world.theirs.partnership_id, Driven(swapped).case_id)


@pytest.fixture(scope="module")
def tally() -> Tally:
    return Tally()


def those_who_may(world: World, act: Act) -> list[Actor]:
    """Return their people who may do the act, and one who may not."""
    strangers = [*people(world.theirs).values()]
    may = [one for one in strangers if act.permission in ROLE_PERMISSIONS[one.role]]
    return [*may, *[one for one in strangers if one not in may][:1]]


@pytest.mark.in_turns
@each_act
def test_what_is_shown_to_others_lets_nobody_act_on_it(act, place: Place, theirs, tally, is_whole):
    ours = place.world.ours.partnership_id
    case_id = place.at_stage[min(act.stages)].case_id
    known: dict[Actor, tuple[type, str]] = {}
    before = row_counts(place.admin)
    with nothing_changes(place.admin, place.world):
        for how in Tie:
            asked = some(those_who_may(place.world, act), f"{act.name} {how}", whole=is_whole)
            with tied(place.admin, OneSide(ours, case_id), theirs, how):
                for actor in asked:
                    error = tried(place, act, (actor, Relation.OTHER_PARTNERSHIP), case_id)
                    may = act.permission in ROLE_PERMISSIONS[actor.role]
                    due = AtTheDoor.NO_SUCH_CASE if may else AtTheDoor.NO_PERMISSION
                    assert door(error, act) is due, (act.name, actor, how, error)
                    if actor not in known:
                        who = (actor, Relation.OTHER_PARTNERSHIP)
                        none = tried(place, act, who, CaseId(uuid4()))
                        known[actor] = (type(none), str(none))
                    assert (type(error), str(error)) == known[actor]
                    tally.counts[f"tried as {how}"] += 1
                    tally.counts[f"refused: {due}"] += 1
    assert row_counts(place.admin) == before
    tally.acts.add(act.name)


@pytest.mark.slow
def test_the_matrix_says_what_it_tried(tally, capsys, record_property):
    if not tally.acts:
        pytest.skip("none of the acts was tried")
    with capsys.disabled():
        tell(f"matrix of acts between partnerships: {tally.said()}")
    record_property("matrix", tally.said())
    assert {f"tried as {one}" for one in Tie} <= tally.counts.keys()
