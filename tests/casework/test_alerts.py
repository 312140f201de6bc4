"""Three refused reads in a row raise one alert, shown to who must look and to no one else."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from services.casework.access.cases import record_viewing
from services.casework.alerts import alerts_for, mark_seen, note_refused_read, raise_alert
from services.database.alerts import Alert, unseen_alerts
from services.database.cases import get_case
from services.domain.alerts import AlertCode
from services.domain.errors import NotFound, NotPermitted
from services.domain.roles import Actor, Role
from services.domain.viewings import Viewed
from services.domain.workflow import Stage
from tests.driven import Driven
from tests.reached import reach
from tests.world import World

MANAGER, CHAIR, SCRUTINEER = (
    Role.BUSINESS_MANAGER,
    Role.REVIEW_GROUP_CHAIR,
    Role.INDEPENDENT_SCRUTINEER,
)


@pytest.fixture
def case(world: World) -> Driven:
    return reach(world, Stage.REFERRED)


def refuse(world: World, who: Role | Actor, times: int, case_id: UUID | None = None) -> None:
    """Refuse a read to the person so many times, each in a transaction of its own."""
    for _ in range(times):
        with world.act(who) as work:
            note_refused_read(work, case_id)


def read(case: Driven, who: Role) -> None:
    """Leave what an allowed read leaves."""
    with case.world.act(who) as work:
        record_viewing(work, get_case(work.session, case.case_id), Viewed.CASE)


def shown(world: World, who: Role | Actor) -> list[Alert]:
    with world.act(who) as work:
        found = alerts_for(work)
        work.session.expunge_all()
        return found


@pytest.mark.parametrize(("times", "alerts"), [(2, 0), (3, 1), (4, 1), (30, 1)])
def test_a_run_of_three_or_more_raises_one_alert(world: World, times: int, alerts: int):
    refuse(world, SCRUTINEER, times)
    assert len(shown(world, MANAGER)) == alerts


def test_an_alert_holds_ids_and_a_code(case: Driven):
    refuse(case.world, SCRUTINEER, 3, case.case_id)
    (alert,) = shown(case.world, MANAGER)
    assert alert.code is AlertCode.REFUSED_READS
    assert alert.person_id == case.world.ours.actor(SCRUTINEER).person_id
    assert alert.case_id == case.case_id


def test_an_id_that_is_no_case_of_ours_is_not_kept(case: Driven):
    theirs = case.world.theirs.actor(SCRUTINEER)
    refuse(case.world, theirs, 3, case.case_id)
    refuse(case.world, SCRUTINEER, 3, uuid4())
    for who in (MANAGER, case.world.theirs.actor(MANAGER)):
        (alert,) = shown(case.world, who)
        assert alert.case_id is None


def test_an_allowed_read_between_them_begins_a_new_run(case: Driven):
    for _ in range(3):
        refuse(case.world, SCRUTINEER, 2)
        read(case, SCRUTINEER)
    assert shown(case.world, MANAGER) == []
    refuse(case.world, SCRUTINEER, 3)
    read(case, SCRUTINEER)
    refuse(case.world, SCRUTINEER, 3)
    assert len(shown(case.world, MANAGER)) == 2


def test_each_person_is_counted_alone(case: Driven):
    refuse(case.world, SCRUTINEER, 2)
    refuse(case.world, Role.NOTIFIER, 2)
    read(case, Role.NOTIFIER)
    assert shown(case.world, MANAGER) == []
    refuse(case.world, SCRUTINEER, 1)
    assert len(shown(case.world, MANAGER)) == 1


def test_a_run_that_goes_on_alerts_again_once_the_alert_was_seen(world: World):
    refuse(world, SCRUTINEER, 9)
    (alert,) = shown(world, MANAGER)
    with world.act(MANAGER) as work:
        mark_seen(work, alert.id)
    refuse(world, SCRUTINEER, 2)
    assert len(shown(world, MANAGER)) == 1
    refuse(world, SCRUTINEER, 1)
    newest, _seen = shown(world, MANAGER)
    assert (newest.seen_at, newest.id == alert.id) == (None, False)


def test_refusals_in_several_processes_at_one_time_are_each_counted(world: World):
    with ThreadPoolExecutor(6) as crowd:
        list(crowd.map(lambda _: refuse(world, SCRUTINEER, 1), range(6)))
    assert len(shown(world, MANAGER)) == 1
    refuse(world, SCRUTINEER, 2)
    assert len(shown(world, MANAGER)) == 1


def test_what_a_manager_was_refused_goes_to_the_chair(world: World):
    refuse(world, MANAGER, 3)
    assert shown(world, MANAGER) == []
    assert len(shown(world, CHAIR)) == 1


def test_what_anybody_else_was_refused_goes_to_the_manager_only(world: World):
    refuse(world, CHAIR, 3)
    assert len(shown(world, MANAGER)) == 1
    assert shown(world, CHAIR) == []


def test_a_wrong_digest_is_nobodys_conduct_and_goes_to_the_manager(case: Driven):
    for who in (MANAGER, CHAIR):
        with case.world.act(who) as work:
            raise_alert(work, AlertCode.DIGEST_MISMATCH, case.case_id)
    assert [alert.code for alert in shown(case.world, MANAGER)] == ["digest_mismatch"] * 2
    assert shown(case.world, CHAIR) == []


def test_alerts_are_for_the_manager_and_the_chair(world: World):
    refuse(world, SCRUTINEER, 3)
    for role in set(Role) - {MANAGER, CHAIR}:
        with pytest.raises(NotPermitted):
            shown(world, role)


def test_another_partnership_sees_no_alert_of_ours(world: World):
    refuse(world, SCRUTINEER, 3)
    (alert,) = shown(world, MANAGER)
    with world.act(world.theirs.actor(MANAGER)) as work:
        assert (alerts_for(work), unseen_alerts(work.session)) == ([], [])
        with pytest.raises(NotFound):
            mark_seen(work, alert.id)


def test_only_who_is_shown_an_alert_marks_it_and_the_first_who_looked_stays_named(world: World):
    refuse(world, SCRUTINEER, 3)
    (alert,) = shown(world, MANAGER)
    with pytest.raises(NotFound), world.act(CHAIR) as work:
        mark_seen(work, alert.id)
    for _ in range(2):
        with world.act(MANAGER) as work:
            mark_seen(work, alert.id)
            assert unseen_alerts(work.session) == []
    (seen,) = shown(world, MANAGER)
    assert seen.seen_by == world.ours.actor(MANAGER).person_id
