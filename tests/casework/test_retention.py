"""How long records are kept, who says so, and what holds them."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from services.casework.effects import as_counted
from services.casework.engine.disposal_rounds import settle_disposals
from services.casework.engine.periodic_jobs import remind_all
from services.casework.information_requests.closing import close_request
from services.casework.retention.holds import hold_case, hold_partnership, release_hold
from services.casework.retention.records import Schedule, kept_records, kept_until, record_of
from services.casework.retention.reviews import (
    AnswerDisposal,
    KeepLonger,
    answer_disposal,
    keep_longer,
    propose_disposal,
)
from services.casework.retention.schedules import (
    AnswerSchedule,
    ProposeLeaving,
    answer_schedule,
    propose_leaving,
    propose_schedule,
)
from services.database.cases import Case
from services.database.clocks import open_of_kind
from services.database.retention import RetentionProposal, holds
from services.domain.clocks.rules import ClockId
from services.domain.email_matters import EmailMatter
from services.domain.emails import EmailTrigger
from services.domain.errors import AnswerRefused, NotFound, NotPermitted, RuleBroken
from services.domain.retention import (
    Holding,
    HoldingKind,
    RecordClass,
    RetentionMatter,
    RetentionStanding,
    Years,
    years_after,
)
from services.domain.roles import Role
from tests.desk import Desk
from tests.driven import Driven
from tests.information_requests import a_closing, entered
from tests.post_office import Office
from tests.retained import (
    CONTACT,
    DISPOSE,
    HOLD,
    LATER,
    MANAGER,
    RELEASE,
    YEARS,
    YES,
    adopt_years,
    closed_unreviewed,
    propose,
)
from tests.statements import sent_by

NO = AnswerDisposal(is_approved=False, reasons="An appeal is open.")
EARLIER = "2030-03-02"
LEAVES = ProposeLeaving(reasons="The county keeps its records.", agreed="The executive")


@pytest.fixture
def case(world) -> Driven:
    return closed_unreviewed(world)


def record(case: Driven, when: str = LATER):
    with case.world.act(MANAGER, when) as work:
        return record_of(work, case.case_id)


def refused(case: Driven, proposal, kind=RuleBroken) -> str:
    """Try to dispose of the case as a second person; return why it was refused."""
    with pytest.raises(kind) as error, case.world.act(CONTACT, LATER) as work:
        answer_disposal(work, proposal, YES)
    return str(error.value)


def test_a_schedule_is_adopted_by_a_second_person_and_moves_the_days(case):
    """K15: the clock counts by the years of the record's class, as the page does."""
    world = case.world
    assert record(case).review_on == date(2061, 1, 20)  # the policy's 35 years
    assert case.due("K15") == "2061-01-20"
    with world.act(CONTACT) as work:
        schedule = propose_schedule(work, YEARS)
    answer = AnswerSchedule(is_approved=True)
    with pytest.raises(NotPermitted, match="Another person"), world.act(CONTACT) as work:
        answer_schedule(work, schedule, answer)
    with pytest.raises(NotPermitted), world.act(MANAGER) as work:
        answer_schedule(work, schedule, answer)
    assert record(case).review_on == date(2061, 1, 20)
    with world.act(Role.SAFEGUARDING_PARTNER) as work:
        answer_schedule(work, schedule, answer)
    found = record(case, EARLIER)
    assert (found.record_class, found.review_on) == (RecordClass.NOT_REVIEWED, date(2032, 1, 20))
    assert found.standing is RetentionStanding.KEPT
    assert record(case).standing is RetentionStanding.DUE
    assert case.due("K15") == "2032-01-20"
    with pytest.raises(RuleBroken, match="nothing would change"), world.act(MANAGER) as work:
        propose_schedule(work, YEARS)
    assert years_after(date(2024, 2, 29), 1) == date(2025, 3, 1)


def test_only_who_is_named_sees_the_list_and_it_says_references(case):
    may = {Role.BUSINESS_MANAGER, Role.DATA_PROTECTION_CONTACT, Role.SAFEGUARDING_PARTNER}
    for role in (*may, Role.PARTNERSHIP_ADMINISTRATOR):
        with case.world.act(role) as work:
            assert [one.reference for one in kept_records(work)]
    with pytest.raises(NotPermitted), case.world.act(Role.REVIEW_GROUP_MEMBER) as work:
        kept_records(work)
    with pytest.raises(NotPermitted), case.world.act(Role.PARTNERSHIP_ADMINISTRATOR) as work:
        hold_case(work, case.case_id, HOLD)


def test_a_case_that_is_closed_after_the_adoption_is_counted_in_the_next_round(world):
    """K15: by the schedule, and its email comes once, by that day; a leaving moves no clock."""
    adopt_years(world)
    case = closed_unreviewed(world)
    assert case.due("K15") == "2061-01-20"
    office = Office(world, when="2032-01-20")
    assert told_of_retention(office, case) == []
    with world.act(MANAGER) as work:
        (clock,) = open_of_kind(work.session, ClockId.K15)
        assert "Due 6 years after day 0: Tue 20 Jan 2032" in as_counted(clock).explain()
    assert (case.due("K15"), case.clock("K15")["first_due"]) == ("2032-01-20", "2061-01-20")
    office.when = "2032-01-21"
    told = [EmailTrigger.DEADLINE_PASSED, EmailTrigger.LAST_DAY_MISSED_TOLD]
    assert told_of_retention(office, case) == told
    with world.act(MANAGER) as work:
        leaving = propose_leaving(work, LEAVES)
    with world.act(CONTACT) as work:
        answer_schedule(work, leaving, AnswerSchedule(is_approved=True))
    with sent_by(office.engine) as sent:
        assert told_of_retention(office, case) == told
    assert not [one for one in sent if "UPDATE running_clocks" in one]
    assert case.due("K15") == "2032-01-20"


def told_of_retention(office: Office, case: Driven) -> list[str]:
    """Make the round; return what the manager was written to of the record of the case."""
    remind_all(office)
    found = office.emails(case.case_id)
    return [one.event for one in found if one.content.get("matter") == EmailMatter.REVIEW_RETENTION]


def test_a_record_is_kept_longer_and_nothing_goes_by_age_alone(case):
    """K15: its clock runs to the day that was said."""
    adopt_years(case.world)
    with pytest.raises(RuleBroken, match="20 January 2032"), case.world.act(MANAGER) as work:
        propose_disposal(work, case.case_id, DISPOSE)
    longer = KeepLonger(review_on=date(2075, 1, 1), reasons="A sibling may ask.")
    with pytest.raises(AnswerRefused), case.world.act(MANAGER, LATER) as work:
        keep_longer(work, case.case_id, longer.model_copy(update={"review_on": date(2069, 1, 1)}))
    with case.world.act(MANAGER, LATER) as work:
        keep_longer(work, case.case_id, longer)
    assert record(case).review_on == date(2075, 1, 1)
    assert case.due("K15") == "2075-01-01"
    desk = Desk(case.world, when="2099-01-01")
    settle_disposals(desk)
    assert record(case, "2099-01-01").standing is RetentionStanding.DUE


@pytest.mark.parametrize(("years", "comes_up"), [(6, "2040-05-01"), (35, "2061-01-20")])
def test_a_later_day_that_was_said_is_never_nearer_than_the_schedule(years, comes_up):
    """K15: a schedule with more years, adopted afterwards, moves a record that is kept longer."""
    closed = Case(id=uuid4(), closed_at=datetime(2026, 1, 20, tzinfo=UTC))
    said = RetentionProposal(
        matter=RetentionMatter.KEEP,
        case_id=closed.id,
        review_on=date(2040, 5, 1),
        proposed_at=datetime(2030, 3, 2, tzinfo=UTC),
    )
    found = kept_until(closed, Schedule(years=Years.alike(years)), [(said, None)])
    assert str(found.review_on) == comes_up


def test_a_second_person_decides_and_may_say_no(case):
    proposal = propose(case)
    assert record(case).standing is RetentionStanding.PROPOSED
    with pytest.raises(RuleBroken, match="second person"), case.world.act(MANAGER, LATER) as work:
        propose_disposal(work, case.case_id, DISPOSE)
    with pytest.raises(AnswerRefused), case.world.act(CONTACT, LATER) as work:
        answer_disposal(work, proposal, AnswerDisposal(is_approved=False))
    with case.world.act(CONTACT, LATER) as work:
        assert answer_disposal(work, proposal, NO) is None
    assert record(case).standing is RetentionStanding.DUE
    assert "already" in refused(case, proposal)
    with case.world.act(CONTACT, LATER) as work:
        own = propose_disposal(work, case.case_id, DISPOSE)
    assert "Another person" in refused(case, own, NotPermitted)


@pytest.mark.parametrize("of_all", [False, True])
def test_a_hold_stops_a_disposal_until_it_is_released(case, of_all):
    proposal = propose(case)
    with case.world.act(CONTACT, LATER) as work:
        hold = hold_partnership(work, HOLD) if of_all else hold_case(work, case.case_id, HOLD)
        hold_id = hold.id
    assert record(case).standing is RetentionStanding.HELD
    assert "held" in refused(case, proposal)
    with case.world.act(MANAGER, LATER) as work:
        release_hold(work, hold_id, RELEASE)
    with pytest.raises(RuleBroken, match="already"), case.world.act(MANAGER, LATER) as work:
        release_hold(work, hold_id, RELEASE)
    with case.world.act(CONTACT, LATER) as work:
        (placed,) = holds(work.session)
        assert (placed.reasons, placed.released_because) == (HOLD.reasons, RELEASE.reasons)
        assert answer_disposal(work, proposal, YES) is not None


@pytest.mark.parametrize("names_the_case", [False, True])
def test_an_open_request_holds_a_record_and_the_list_says_so_as_the_database_does(
    case, names_the_case
):
    proposal = propose(case)
    of = case.row().reference if names_the_case else None
    request_id = entered(case.world, LATER, case=of)
    found = record(case)
    assert found.standing is RetentionStanding.HELD
    assert found.held_by == (Holding(HoldingKind.INFORMATION_REQUEST, request_id),)
    assert "request for information" in refused(case, proposal)
    with case.world.act(CONTACT, LATER) as work:
        hold = Holding(HoldingKind.LEGAL_HOLD, hold_case(work, case.case_id, HOLD).id)
    assert record(case).held_by == (hold, Holding(HoldingKind.INFORMATION_REQUEST, request_id))
    with case.world.act(CONTACT, LATER) as work:
        release_hold(work, hold.id, RELEASE)
    assert record(case).standing is RetentionStanding.HELD
    with case.world.act(MANAGER, LATER, once=uuid4()) as work:
        close_request(work, request_id, a_closing())
    assert record(case).held_by == ()
    with case.world.act(CONTACT, LATER) as work:
        assert answer_disposal(work, proposal, YES) is not None


def test_an_open_case_is_not_disposed_of(world):
    case = Driven(world)
    with pytest.raises(NotFound), world.act(MANAGER, LATER) as work:
        propose_disposal(work, case.case_id, DISPOSE)
