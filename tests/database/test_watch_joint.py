"""A joint review is one case to those who carry it: the leading one, with everybody's work."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.casework.engine.case_leases import acquire, release
from services.casework.engine.transactions import acting
from services.database import leases, watch
from services.database.joint_reviews import JointMembership, membership_of
from services.domain.workflow import Stage, Step
from tests.carried_cases import (
    HERE,
    OURS,
    THEIRS,
    ToyNeighbours,
    a_case,
    leased,
    make_record,
    the_case,
)
from tests.joint_cases import a_joint_review, change_lead, join, leave, take_part, two_cases

RUN, OTHER_RUN, THIRD_RUN = (UUID(int=number) for number in (7, 8, 9))
NO_CASE = UUID(int=0)


@pytest.fixture(scope="module")
def around(platform_postgres):
    around = ToyNeighbours(make_record(platform_postgres))
    yield around
    around.engine.dispose()


@pytest.fixture
def review(around):
    return a_joint_review(around)


def carried_by(around, case_id):
    return watch.case_of(around.engine, case_id)


def members(around, case_id):
    found = watch.members_of(around.engine, case_id)
    return [(one.partnership_id, one.case_id) for one in found]


def link_run(around, partnership_id, case_id, run_id):
    with the_case(around, case_id, partnership_id) as (_work, case):
        case.flow_run_id = run_id


def test_an_act_of_either_side_names_the_leading_case(around, review):
    for case_id in (review.leading, review.joining):
        case = carried_by(around, case_id)
        assert case.case_id == review.leading
        assert case.partnerships == (OURS, THEIRS)
        assert members(around, case_id) == [(OURS, review.leading), (THEIRS, review.joining)]


def test_a_case_alone_is_its_own(around):
    case_id = a_case(around)
    assert carried_by(around, case_id).partnerships == (OURS,)
    assert members(around, case_id) == [(OURS, case_id)]


def test_until_the_other_side_knows_of_it_each_goes_alone(around):
    review = two_cases(around)
    take_part(review, THEIRS, review.joining, is_lead=False)
    assert carried_by(around, review.joining).case_id == review.joining
    take_part(review, OURS, review.leading, is_lead=True)
    assert carried_by(around, review.joining).case_id == review.leading


def test_the_work_of_a_joining_case_is_due_on_the_leading_one_and_on_no_other(around, review):
    assert not carried_by(around, review.leading).has_due_work
    review.order(THEIRS, Step.SCOPE, "letter")
    assert carried_by(around, review.leading).has_due_work
    listed = list(watch.look(around.engine).cases)
    assert review.leading in listed
    assert review.joining not in listed
    rounds = [case.case_id for case in watch.cases_after(around.engine, NO_CASE, 10_000)]
    assert review.leading in rounds
    assert review.joining not in rounds


def test_work_of_a_case_whose_own_run_is_still_under_way_waits_for_that_runs_rest(around, review):
    lease = leased(around, review.joining)
    review.order(THEIRS, Step.SCOPE, "letter")
    assert not carried_by(around, review.leading).has_due_work
    release(around, lease)
    assert carried_by(around, review.leading).has_due_work


def test_a_run_is_ended_at_its_rest_once_and_only_when_another_is_there(around):
    review, own, shared = two_cases(around), RUN, OTHER_RUN
    link_run(around, THEIRS, review.joining, own)
    join(review)
    assert to_end(around, review) == [], "the leading case has no run yet"
    link_run(around, OURS, review.leading, shared)
    lease = leased(around, review.joining)
    assert to_end(around, review) == [], "it is under way"
    release(around, lease)
    assert to_end(around, review) == [(own, shared)]
    with acting(around, THEIRS) as work:
        leases.mark_continued(work, review.joining, own)
    assert to_end(around, review) == []
    leased(around, review.joining)
    assert to_end(around, review) == [], "the shared run's leases change nothing"


def to_end(around, review):
    ours = (review.leading, review.joining)
    found = watch.runs_to_end(around.engine)
    return [(one.run_id, one.goes_on_in) for one in found if one.case_id in ours]


def test_under_a_new_lead_the_old_run_waits_for_the_new_one(around):
    review = two_cases(around)
    link_run(around, OURS, review.leading, OTHER_RUN)
    link_run(around, THEIRS, review.joining, RUN)
    join(review)
    with acting(around, THEIRS) as work:
        leases.mark_continued(work, review.joining, RUN)
    change_lead(review)
    assert carried_by(around, review.leading).case_id == review.joining
    assert carried_by(around, review.leading).partnerships == (THEIRS, OURS)
    assert to_end(around, review) == [], "the new lead's own run ended long ago"
    listed = list(watch.look(around.engine).cases)
    assert review.joining in listed, "it is to have its next attempt"
    link_run(around, THEIRS, review.joining, THIRD_RUN)
    assert to_end(around, review) == [(OTHER_RUN, THIRD_RUN)]


@pytest.mark.parametrize("ends", ["leaves", "lead leaves", "lead closes"])
def test_when_what_is_shared_has_ended_a_case_that_is_open_goes_alone(around, ends):
    review = two_cases(around)
    link_run(around, OURS, review.leading, OTHER_RUN)
    link_run(around, THEIRS, review.joining, RUN)
    join(review)
    with acting(around, THEIRS) as work:
        leases.mark_continued(work, review.joining, RUN)
    if ends == "lead closes":
        with the_case(around, review.leading) as (_work, case):
            case.stage = Stage.CLOSED
    else:
        leave(review, THEIRS if ends == "leaves" else OURS)
    assert carried_by(around, review.joining).case_id == review.joining
    assert carried_by(around, review.leading).partnerships == (OURS,)
    listed = list(watch.look(around.engine).cases)
    assert review.joining in listed, "it is to have its next attempt"


def test_a_closed_joining_case_is_carried_as_long_as_the_other_leads(around, review):
    with the_case(around, review.joining, THEIRS) as (_work, case):
        case.stage = Stage.CLOSED
    review.order(THEIRS, Step.EMBED, "letter")
    case = carried_by(around, review.joining)
    assert (case.case_id, case.closed, case.has_due_work) == (review.leading, False, True)
    assert review.joining not in watch.look(around.engine).cases


def test_a_process_that_died_with_a_joining_case_is_seen_on_the_leading_one(around, review):
    acquire(around, review.joining, HERE, timedelta(0))
    assert carried_by(around, review.leading).holder_died
    assert review.leading in watch.look(around.engine).cases


def test_each_side_is_told_the_run_and_with_whom_it_shares_it(around):
    review, alone = two_cases(around), a_case(around)
    link_run(around, OURS, review.leading, OTHER_RUN)
    join(review)
    shared = watch.shared_runs(around.engine)
    assert shared[review.leading] == watch.SharedRun(OTHER_RUN, (THEIRS,))
    assert shared[review.joining] == watch.SharedRun(OTHER_RUN, (OURS,))
    assert alone not in shared


def test_while_the_lead_changes_a_third_case_is_carried_by_the_one_that_takes_over(around, review):
    third = a_case(around, stage=Stage.JOINT_REVIEW)
    with acting(around, OURS) as work:
        ours = membership_of(work.session, review.leading)
        later = {"id": uuid4(), "case_id": third, "is_lead": False}
        values = ours.model_dump() | later | {"from_at": ours.from_at + timedelta(seconds=1)}
        work.session.add(JointMembership(**values))
    with the_case(around, review.leading, OURS) as (_work, case):
        case.stage = Stage.JOINT_REVIEW
    assert carried_by(around, third).case_id == review.leading, "it still leads"
    with acting(around, THEIRS) as work:
        taking_over = membership_of(work.session, review.joining)
        taking_over.is_lead = True
        work.session.add(taking_over)
    with the_case(around, review.joining, THEIRS) as (_work, case):
        case.stage = Stage.RAPID_REVIEW
    assert carried_by(around, third).case_id == review.joining
    assert carried_by(around, review.leading).case_id == review.leading
