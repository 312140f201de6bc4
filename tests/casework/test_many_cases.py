"""No list leaves a case out because there are many, and none costs more for there being many."""

from dataclasses import replace
from uuid import uuid4

import pytest

from services.casework.access.cases import cases_seen
from services.casework.access.parts import todos_seen
from services.casework.access.reach import Reach
from services.database.cases import get_case, list_cases
from services.domain.identifiers import AgencyId
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.driven import Driven
from tests.many_cases import copy_case
from tests.world import HOSPITAL

MANY, MANAGER, WHEN = 520, Role.BUSINESS_MANAGER, "2026-02-02"


@pytest.fixture
def old(world, admin_engine) -> Driven:
    """A case before which more than five hundred newer ones stand in every list."""
    case = Driven(world)
    copy_case(admin_engine, case.case_id, MANY, ("declarations",))
    return case


def test_an_old_case_is_in_every_list_however_many_are_newer(old):
    """Its todos, what was begun on it and the case itself: nobody is told that it is not there."""
    with old.world.act(MANAGER, WHEN) as work:
        assert old.case_id in {one.id for one in cases_seen(work).open}
        assert len(cases_seen(work).open) == MANY + 1
        todos = todos_seen(work)
        assert {one.case_id for one in (*todos.mine, *todos.others)} == {old.case_id}
    with old.world.act(Role.AGENCY_LEAD, WHEN, agency=HOSPITAL) as work:
        assert len(cases_seen(work).open) == MANY + 1


def test_the_database_is_asked_for_the_cases_that_are_meant(old):
    with old.world.act(MANAGER, WHEN) as work:
        assert [one.id for one in cases_seen(work, among={old.case_id}).open] == [old.case_id]
        assert cases_seen(work, among=()).open == []
        assert cases_seen(work, stage=Stage.CLOSED).open == []
        assert [one.reference for one in cases_seen(work, reference="ex-519").open] == ["EX-519"]
        assert cases_seen(work, reference="%").open == []


@pytest.mark.parametrize(
    ("reach", "takes"),
    [
        (Reach(), False),
        (Reach(every=True), True),
        (Reach(publication=True), False),
        (Reach(ids=frozenset({uuid4()})), False),
        (Reach(referred_by=AgencyId(uuid4())), False),
    ],
)
def test_a_case_in_hand_is_within_reach_where_the_database_says_so(world, reach, takes):
    """Both are of one value, so that no list shows what its page would refuse, nor the reverse."""
    case = Driven(world)
    own = world.ours.agency(HOSPITAL)
    with world.act(MANAGER, WHEN) as work:
        row = get_case(work.session, case.case_id)
        for one, taken in (
            (reach, takes),
            (replace(reach, ids=reach.ids | {row.id}), True),
            (replace(reach, referred_by=row.referred_by_agency_id), True),
        ):
            assert one(row) is taken
            assert [row.id for row in list_cases(work.session, one.asked)] == [row.id] * taken
        row.stage = Stage.PUBLICATION
        work.session.flush()
        assert replace(reach, publication=True)(row)
        assert list_cases(work.session, replace(reach, publication=True).asked) == [row]
        assert own == row.referred_by_agency_id
        work.session.rollback()
