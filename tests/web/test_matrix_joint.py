"""The matrix at the pages between partnerships: what is shown is shown, and nothing else is known.

Each address of a case is asked for by people of the other partnership while its case is in a joint
review with theirs: with a grant in force, one that has run out, one that was revoked, and one for
another section.
"""

from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import text

from deployments.checks.figures import tell
from deployments.demo.partnerships import PLACES
from services.bootstrap import wall_clock
from services.web.pages import ROUTERS
from tests.matrix import PNG, Tally, some
from tests.ties import OneSide, Tie, tied
from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.test_matrix import (
    INSIDE,
    KEPT,
    LEADS_ON,
    UNASKED,
    Place,
    each_route,
    ids_below,
)
from tests.web.visitors import Reader

HERE, THERE = 0, 1
SHOWN = sorted(
    route.path
    for router in ROUTERS
    for route in router.routes
    if route.path.startswith("/shown/{case_id}")
)
NOBODYS = "5b0f2c1e-7a5c-4c1d-9d9e-0d5a5b1c2d3e"
OF_THE_FACTS = b"Incident referred"
each_tie = pytest.mark.parametrize("how", Tie)
each_shown = pytest.mark.parametrize("path", SHOWN)


@dataclass(frozen=True)
class Between:
    """A case of ours with a document, one of theirs, and their people."""

    place: Place
    ours: OneSide
    theirs: OneSide
    inside: dict[str, Reader]
    unasked: dict[str, Reader]
    undeclared: Reader

    def tied(self, how: Tie):
        return tied(self.place.world.admin, self.ours, self.theirs, how)

    def shown(self, path: str, case: str) -> str:
        ids = self.place.ids | {"{case_id}": case}
        for name, value in ids.items():
            path = path.replace(name, value)
        return path


@pytest.fixture(scope="module", autouse=True)
def _today(world: World) -> None:
    """What is shared ends by the database's own clock, so the pages are on the same day."""
    world.now = wall_clock()


@pytest.fixture(scope="module")
def between(world: World) -> Between:
    def person(who: str) -> Reader:
        return Reader(world.app, world.person(who, THERE).cookies, declares=False)

    manager = world.person("manager")
    case, theirs = refer(manager), refer(world.person("manager", THERE))
    manager.upload(f"{case}/documents", {"title": "A scan"}, "scan.png", PNG)
    for who in INSIDE:
        assert world.person(who, THERE).get(theirs).status == 200  # declares
    sides = [
        OneSide(PLACES[place].partnership_id, UUID(one[-36:]))
        for place, one in ((HERE, case), (THERE, theirs))
    ]
    inside = {who: person(who) for who in INSIDE}
    ids = ids_below(world, case)
    there = Place(world, case, theirs, ids, inside, {}, person("council"), person("icb"))
    return Between(there, *sides, inside, {who: person(who) for who in UNASKED}, there.undeclared)


@pytest.fixture(scope="module")
def tally() -> Tally:
    return Tally()


@pytest.mark.in_turns
@each_route
def test_every_address_of_our_own_pages_is_unknown_to_them(path, method, between, tally, is_whole):
    place, reader = between.place, between.inside["manager"]
    nobodys = reader.bytes_of(method, place.address(path, f"/cases/{NOBODYS}"))
    for how in some(Tie, path, whole=is_whole):
        with between.tied(how), place.no_row_changes():
            hidden = reader.bytes_of(method, place.address(path, place.case))
        assert hidden == nobodys, how
        assert hidden[0] in {403, 404} or path in LEADS_ON
        tally.counts[f"tried as {how}"] += 1
        tally.counts["equal to the answer for a random id"] += 1
    tally.acts.add(path)


@pytest.mark.in_turns
@each_tie
@each_shown
def test_what_is_shown_is_read_by_those_who_may_read_their_own_case(
    path, how, between, tally, is_whole
):
    address, nobodys = (between.shown(path, one) for one in (str(between.ours.case_id), NOBODYS))
    with between.tied(how):
        for who, reader in some(between.inside.items(), f"{path} {how}", whole=is_whole):
            before = between.place.views()
            with between.place.no_row_changes(KEPT | {"viewings"}):
                status, body = reader.bytes_of("GET", address)
            assert (status == 200) == shows(path, how), (who, status)
            assert between.place.views() - before == (status == 200)
            if status == 200:
                assert (OF_THE_FACTS in body) == (how is Tie.JOINT) or path != SHOWN[0]
            else:
                assert (status, body) == reader.bytes_of("GET", nobodys)
            tally.counts[f"tried as {how}"] += 1
            tally.counts[f"answered {status}"] += 1
        for reader in between.unasked.values():
            assert reader.bytes_of("GET", address) == reader.bytes_of("GET", nobodys)
            tally.counts["equal to the answer for a random id"] += 1
        undeclared = between.undeclared.bytes_of("GET", address)
        is_led_on = undeclared[0] == 303
        assert is_led_on == bool(how.shows)
        assert is_led_on or undeclared == between.undeclared.bytes_of("GET", nobodys)
    tally.acts.add(path)


def shows(path: str, how: Tie) -> bool:
    """Tell whether the address answers with something: the scan that was added is internal."""
    return bool(how.shows) and "{document_id}" not in path


def test_a_document_is_sent_while_its_section_is_shown(between, tally):
    """The added file is put into the section of the meeting, which both grants show."""
    world, [path] = between.place.world, [one for one in SHOWN if "{document_id}" in one]
    address = between.shown(path, str(between.ours.case_id))
    reader = between.inside["manager"]
    with world.admin.begin() as link:
        moved = text("update documents set section = :to where case_id = :case")
        link.execute(moved, {"to": "meeting", "case": between.ours.case_id})
    answered = {}
    for how in Tie:
        with between.tied(how):
            answered[how] = reader.bytes_of("GET", address)[0]
            tally.counts[f"answered {answered[how]}"] += 1
    assert answered == {how: 200 if how.shows else 404 for how in Tie}


@pytest.mark.slow
def test_the_matrix_says_what_it_tried(tally, capsys, record_property):
    if not tally.acts:
        pytest.skip("none of the pages was tried")
    with capsys.disabled():
        tell(f"matrix of pages between partnerships: {tally.said()}")
    record_property("matrix", tally.said())
    assert {f"tried as {one}" for one in Tie} <= tally.counts.keys()
    assert tally.counts["answered 200"]
