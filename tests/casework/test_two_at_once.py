"""Two people act at once: one act stands, the other is told plainly, and nothing is half kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from services.casework.access.cases import case_in_sight
from services.casework.steps.notification import notification_decision
from services.casework.steps.referral import referral
from services.casework.steps.scoping import scoping, scoping_returns
from services.casework.steps.sign_off import sign_off
from services.database.cases import list_cases
from services.domain.errors import AlreadyDone, CaseworkError, RuleBroken
from services.domain.roles import Role, Seat
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.kept import kept_of
from tests.reached import reach
from tests.servers import app_engine_on
from tests.world import SCHOOL, World, make_world

# The short form tries each a few times, and the whole form more often.
ROUNDS = [pytest.param(number, marks=[pytest.mark.whole] * (number > 4)) for number in range(20)]
FEWER = [pytest.param(number, marks=[pytest.mark.whole] * (number > 1)) for number in range(5)]
WHEN = "2025-12-15"


@pytest.fixture(scope="module")
def engines(app_database):
    """Two processes' worth of engines."""
    both = [app_engine_on(app_database.app_url) for _one in range(2)]
    yield both
    for engine in both:
        engine.dispose()


@pytest.fixture(scope="module")
def busy(app_engine) -> World:
    return make_world(app_engine)


def at_once(engines: list[Engine], world: World, *acts: Callable) -> list[CaseworkError | None]:
    """Let each act run in a thread and on an engine of its own, all from the same moment."""
    start = Barrier(len(acts))

    def run(engine: Engine, act: Callable) -> CaseworkError | None:
        start.wait()
        try:
            act(World(engine, world.ours, world.theirs))
        except CaseworkError as refused:
            return refused
        return None

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(run, engines, acts))


def one_stood(answers: list[CaseworkError | None]) -> CaseworkError:
    """Return what the one who came second was told."""
    (refused,) = [answer for answer in answers if answer is not None]
    assert isinstance(refused, RuleBroken)
    return refused


def decides(case: Driven, both_have_looked: Barrier, *, notify: bool) -> Callable:
    def act(world: World) -> None:
        """Decide as the page does: look at the case, keep it in hand, then act on it."""
        with world.act(Role.NOTIFIER, WHEN) as work:
            seen = case_in_sight(work, case.case_id)
            both_have_looked.wait()
            command = say.decide_to_notify(notify=notify)
            assert notification_decision.decide_to_notify(work, case.case_id, command) is seen

    return act


@pytest.mark.parametrize("_round", ROUNDS)
def test_one_of_two_decisions_stands(_round, engines, busy, admin_engine):
    case = Driven(busy, say.refer(aware_at="2025-12-11")).be_aware(WHEN)
    looked = Barrier(2)
    both = (decides(case, looked, notify=True), decides(case, looked, notify=False))
    one_stood(at_once(engines, busy, *both))
    kept = kept_of(admin_engine, case)
    assert kept.entries.count("notify_decided") == 1
    notified = case.stage() is Stage.TO_BE_NOTIFIED
    assert ("notify | decision_not_to_notify | v1" in kept.ordered) is not notified
    assert any("not_notified" in one for one in kept.emails) is not notified
    assert any("record_notification" in one for one in kept.opened) is notified


def test_a_double_click_is_one_decision(engines, busy, admin_engine):
    case, form = Driven(busy, say.refer(aware_at="2025-12-11")).be_aware(WHEN), uuid4()

    def click(world: World) -> None:
        with world.act(Role.NOTIFIER, WHEN, once=form) as work:
            notification_decision.decide_to_notify(work, case.case_id, say.decide_to_notify())

    assert type(one_stood(at_once(engines, busy, click, click))) is AlreadyDone
    kept = kept_of(admin_engine, case)
    assert kept.entries.count("notify_decided") == 1


@pytest.mark.parametrize("_round", FEWER)
def test_a_double_clicked_referral_is_one_case(_round, engines, app_engine):
    world, form = make_world(app_engine), uuid4()

    def click(at: World) -> None:
        with at.act(Role.AGENCY_LEAD, WHEN, once=form) as work:
            referral.refer(work, say.refer())

    assert type(one_stood(at_once(engines, world, click, click))) is AlreadyDone
    with world.act(Role.BUSINESS_MANAGER) as work:
        assert len(list_cases(work.session)) == 1


@pytest.mark.parametrize("_round", FEWER)
def test_two_referrals_at_once_are_two_cases_with_two_references(_round, engines, app_engine):
    world = make_world(app_engine)

    def refer(at: World) -> None:
        with at.act(Role.AGENCY_LEAD, WHEN) as work:
            referral.refer(work, say.refer())

    assert at_once(engines, world, refer, refer) == [None, None]
    with world.act(Role.BUSINESS_MANAGER) as work:
        references = {case.reference[-3:] for case in list_cases(work.session)}
    assert references == {"001", "002"}


def test_chair_and_delegate_in_one_seat_at_once(engines, busy, admin_engine):
    case = reach(busy, Stage.RAPID_REVIEW).meet().propose()

    def sign(position: str) -> Callable:
        def act(world: World) -> None:
            with world.act(Role.SAFEGUARDING_PARTNER, "2026-01-05", seat=Seat.POLICE) as work:
                command = say.sign(position=position)
                sign_off.sign_rapid_review(work, case.case_id, command)

        return act

    refused = one_stood(at_once(engines, busy, sign("agrees"), sign("disagrees")))
    assert "signed already" in str(refused)
    assert kept_of(admin_engine, case).entries.count("signed_off") == 1


def test_the_last_two_signatures_at_once_date_the_decision_once(engines, busy, admin_engine):
    case = reach(busy, Stage.RAPID_REVIEW).meet().propose()
    case.sign(sign_off.sign_rapid_review, "2026-01-05", Seat.POLICE)

    def sign(seat: Seat) -> Callable:
        def act(world: World) -> None:
            with world.act(Role.SAFEGUARDING_PARTNER, "2026-01-05", seat=seat) as work:
                sign_off.sign_rapid_review(work, case.case_id, say.sign())

        return act

    both = (sign(Seat.LOCAL_AUTHORITY), sign(Seat.INTEGRATED_CARE_BOARD))
    assert at_once(engines, busy, *both) == [None, None]
    kept = kept_of(admin_engine, case)
    assert kept.clocks.count("K11 due 2026-07-05") == 1
    assert [one for one in kept.opened if "submit" in one] == [
        "submit | business_manager | 2026-01-08"
    ]


def test_a_return_and_its_excuse_at_once(engines, busy, admin_engine):
    case = Driven(busy).decide().notify()
    asked = say.request_returns(case.agency(), case.agency(SCHOOL))
    case.do(scoping.request_returns, asked, Role.BUSINESS_MANAGER, WHEN)

    def returns(world: World) -> None:
        with world.act(Role.AGENCY_LEAD, WHEN, agency=SCHOOL) as work:
            scoping_returns.submit_return(work, case.case_id, say.submit_return())

    def excuses(world: World) -> None:
        with world.act(Role.BUSINESS_MANAGER, WHEN) as work:
            scoping_returns.excuse_return(
                work, case.case_id, say.excuse_return(case.agency(SCHOOL))
            )

    answers = at_once(engines, busy, returns, excuses)
    kept = kept_of(admin_engine, case)
    assert "return_submitted" in kept.entries
    if answers[1] is not None:
        assert type(answers[1]) is AlreadyDone
        assert "return_excused" not in kept.entries
    assert answers[0] is None
