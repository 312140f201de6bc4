"""A joint decision that is taken again: every side signs it, and nothing passes it over (RR-36)."""

import pytest

from services.casework.steps.embedding.action_plan import propose_plan
from services.casework.steps.rapid_review.local_course import PROPOSE_LOCAL_COURSE
from services.casework.steps.rapid_review.panel import END_NATIONAL_REVIEW
from services.casework.steps.rapid_review.rapid_review import ANSWER_CRITERIA
from services.casework.steps.rapid_review.supplement import SUPPLEMENT_REVIEW
from services.casework.steps.sign_off.sign_off import SIGN_RAPID_REVIEW, SIGN_REPORT
from services.domain.errors import RuleBroken, StepNotOpen
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position
from services.domain.todos import Todo
from services.domain.workflow import LocalCourse, Outcome, PanelAnswer, Stage
from tests import factories, panel_factories
from tests.joint_publishing import Publishing

CHAIR, MANAGER = Role.REVIEW_GROUP_CHAIR, Role.BUSINESS_MANAGER
LOCAL, NONE = Outcome.LOCAL_REVIEW, Outcome.NO_FURTHER_REVIEW


def none_sent(several: Publishing) -> None:
    """Have both sides decide against a local review, and the lead send that to the Panel."""
    several.theirs_case = several.joined(JointPart.JOINTLY_DECIDING)
    several.driven.scope().meet().propose(NONE)
    several.at("2026-01-05 10:00")
    several.sent_to_panel()


def put(several: Publishing) -> None:
    """Have the lead put a local review to the seats of both sides for the first time."""
    several.theirs_case = several.joined(JointPart.JOINTLY_DECIDING)
    several.driven.scope().meet().propose(LOCAL, "2026-01-02 09:00")
    several.at("2026-01-02 09:00")


def drafted(several: Publishing) -> None:
    """Carry the local review to its draft while the Panel's answer is open."""
    several.begun().sent_to_panel()
    several._commission("2026-02-02 10:00")
    several.drafted_by_lead()


@pytest.fixture
def without_lcspr(ready_by) -> Publishing:
    return ready_by(Publishing, none_sent)


@pytest.fixture
def proposed(ready_by) -> Publishing:
    return ready_by(Publishing, put)


@pytest.fixture
def reported(ready_by) -> Publishing:
    return ready_by(Publishing, drafted)


def reopen(several: Publishing, when: str) -> None:
    several.do(SUPPLEMENT_REVIEW, panel_factories.supplement_review(), CHAIR, when)


def put_again(several: Publishing, outcome: Outcome, when: str) -> None:
    several.driven.propose(outcome, when)
    several.at(when)


def end_national(several: Publishing, when: str) -> None:
    ended = factories.end_national_review(ended_on=when[:10])
    several.do(END_NATIONAL_REVIEW, ended, MANAGER, when)


def put_course(several: Publishing, course: LocalCourse, when: str) -> None:
    said = panel_factories.propose_local_course(course)
    several.do(PROPOSE_LOCAL_COURSE, said, CHAIR, when)


def has_k11(several: Publishing) -> bool:
    return any(one.startswith("K11") for one in several.driven.running())


def test_no_plan_of_the_lead_makes_three_seats_of_six(without_lcspr):
    """GOV-11, RR-29, RR-30: the joint part does not end while its decision is taken again."""
    both, driven = without_lcspr, without_lcspr.driven
    reopen(both, "2026-01-15 10:00")
    put_again(both, LOCAL, "2026-01-16 10:00")
    with pytest.raises(StepNotOpen, match="decide again"):
        driven.do(propose_plan, factories.propose_plan(driven.agency()), CHAIR, "2026-01-17")
    driven.sign(SIGN_RAPID_REVIEW.perform, "2026-01-18 10:00", *Seat)
    both.at("2026-01-18 10:00")
    assert not has_k11(both), "the seats of the lead alone decide nothing"
    both.sign_theirs(SIGN_RAPID_REVIEW, "2026-01-19 10:00")
    assert has_k11(both)
    assert both.todos(driven) >= {Todo.AGREE_TERMS, Todo.APPOINT_REVIEWER}


def test_no_end_of_the_national_review_makes_three_seats_of_six(without_lcspr):
    """GOV-11, RR-36: the case waits where it stands for the seats of both sides."""
    both, driven = without_lcspr, without_lcspr.driven
    driven.answer(PanelAnswer.RUNS_NATIONAL, "2026-01-26")
    reopen(both, "2026-02-02 10:00")
    end_national(both, "2026-03-02 10:00")
    put_again(both, NONE, "2026-03-03 10:00")
    driven.sign(SIGN_RAPID_REVIEW.perform, "2026-03-04 10:00", *Seat)
    both.at("2026-03-04 10:00")
    assert driven.stage() is Stage.NATIONAL_REVIEW
    both.sign_theirs(SIGN_RAPID_REVIEW, "2026-03-05 10:00")
    assert (driven.stage(), both.own.stage()) == (Stage.EMBEDDING, Stage.EMBEDDING)


def test_no_late_signature_ends_a_local_review_whose_report_all_have_signed(reported):
    """PUB-02, LC-13: there was a review, and its six months run on to its publication."""
    both, driven = reported, reported.driven
    driven.answer(PanelAnswer.RUNS_NATIONAL, "2026-06-01")
    put_course(both, LocalCourse.ENDS, "2026-06-02 10:00")
    driven.sign(SIGN_RAPID_REVIEW.perform, "2026-06-02 10:00", *Seat)
    one, another, last = Seat
    both.sign_theirs(SIGN_RAPID_REVIEW, "2026-06-02 10:30", one)
    end_national(both, "2026-06-02 12:00")
    both.both(SIGN_REPORT, "2026-06-03 11:00")
    assert driven.stage() is Stage.PUBLICATION
    assert Todo.SIGN_RAPID_REVIEW not in both.todos(both.own), "nobody is asked any more"
    for seat in (another, last):
        with pytest.raises(StepNotOpen, match="report of the local review is signed"):
            both.sign_theirs(SIGN_RAPID_REVIEW, "2026-06-04 10:00", seat)
    assert (driven.stage(), driven.row().outcome) == (Stage.PUBLICATION, LOCAL)
    assert has_k11(both)


@pytest.mark.parametrize("position", Position)
def test_a_signature_that_arrives_after_the_report_is_kept_and_decides_nothing(position, reported):
    """PUB-02: it was given before the other side knew, and its arrival is no error."""
    both, driven = reported, reported.driven
    driven.answer(PanelAnswer.RUNS_NATIONAL, "2026-06-01")
    put_course(both, LocalCourse.ENDS, "2026-06-02 10:00")
    driven.sign(SIGN_RAPID_REVIEW.perform, "2026-06-02 10:00", *Seat)
    both.at("2026-06-02 10:00")
    both.sign_theirs(SIGN_REPORT, "2026-06-03 10:00")
    both.sign_unsettled(SIGN_RAPID_REVIEW, "2026-06-03 11:00", position=position)
    driven.sign(SIGN_REPORT.perform, "2026-06-03 12:00", *Seat)
    both.at("2026-06-03 12:00")
    assert (driven.stage(), driven.row().outcome) == (Stage.PUBLICATION, LOCAL)
    assert has_k11(both)
    assert Todo.PROPOSE_LOCAL_COURSE not in both.todos(driven)


def test_no_side_signs_the_report_while_the_decision_is_taken_again(reported):
    """RR-36: the lead's supplement stops the signatures of both sides on the report."""
    both, driven = reported, reported.driven
    driven.sign(SIGN_REPORT.perform, "2026-06-02 10:00", *Seat)
    reopen(both, "2026-06-03 10:00")
    with pytest.raises(StepNotOpen, match="decide again"):
        both.sign_theirs(SIGN_REPORT, "2026-06-04 10:00")
    assert (driven.stage(), Todo.PROPOSE_DECISION in both.todos(driven)) == (
        Stage.LOCAL_REVIEW,
        True,
    )
    put_again(both, LOCAL, "2026-06-04 11:00")
    both.both(SIGN_RAPID_REVIEW, "2026-06-04 12:00")
    both.sign_theirs(SIGN_REPORT, "2026-06-05 10:00")
    assert driven.stage() is Stage.PUBLICATION


@pytest.mark.parametrize(("again", "stage"), [(LOCAL, Stage.PUBLICATION), (NONE, Stage.EMBEDDING)])
def test_a_report_signed_on_the_way_waits_for_the_decision_that_was_reopened(
    again, stage, reported
):
    """RR-36, PUB-02: the last signature on the decision takes the signed report on, or ends it."""
    both, driven = reported, reported.driven
    driven.sign(SIGN_REPORT.perform, "2026-06-02 10:00", *Seat)
    both.sign_unsettled(SIGN_REPORT, "2026-06-03 10:00")
    reopen(both, "2026-06-03 11:00")
    assert driven.stage() is Stage.LOCAL_REVIEW
    assert Todo.PROPOSE_DECISION in both.todos(driven)
    put_again(both, again, "2026-06-04 10:00")
    both.both(SIGN_RAPID_REVIEW, "2026-06-04 11:00")
    assert driven.stage() is stage
    assert Todo.PROPOSE_DECISION not in both.todos(driven)


def test_a_course_that_was_reopened_is_signed_on_no_side(reported):
    """RR-36: whoever was asked is asked no more, until the decision is put again."""
    both, driven = reported, reported.driven
    driven.answer(PanelAnswer.RUNS_NATIONAL, "2026-06-01")
    put_course(both, LocalCourse.ENDS, "2026-06-02 10:00")
    driven.sign(SIGN_RAPID_REVIEW.perform, "2026-06-02 10:00", *Seat)
    assert Todo.SIGN_RAPID_REVIEW in both.todos(both.own)
    both.sign_unsettled(SIGN_RAPID_REVIEW, "2026-06-03 10:00", Seat.POLICE)
    reopen(both, "2026-06-03 11:00")
    assert Todo.SIGN_RAPID_REVIEW not in both.todos(both.own)
    with pytest.raises(StepNotOpen, match="put to the partners again first"):
        both.sign_theirs(SIGN_RAPID_REVIEW, "2026-06-03 12:00", Seat.INTEGRATED_CARE_BOARD)
    put_again(both, LOCAL, "2026-06-04 10:00")
    assert Todo.SIGN_RAPID_REVIEW in both.todos(both.own)
    both.both(SIGN_RAPID_REVIEW, "2026-06-04 11:00")
    assert (driven.stage(), driven.row().outcome) == (Stage.LOCAL_REVIEW, LOCAL)
    assert has_k11(both)


def change_criteria(several: Publishing, when: str) -> None:
    several.do(ANSWER_CRITERIA, factories.answer_criteria(), CHAIR, when)


def test_words_changed_in_the_middle_of_a_round_are_put_to_both_sides_again(without_lcspr):
    """RR-30, GOV-11: whoever was asked there is asked no more, and signs the new words alone."""
    both = without_lcspr
    reopen(both, "2026-01-15 10:00")
    put_again(both, LOCAL, "2026-01-16 10:00")
    both.sign_theirs(SIGN_RAPID_REVIEW, "2026-01-17 10:00", Seat.POLICE)
    assert Todo.SIGN_RAPID_REVIEW in both.todos(both.own)
    change_criteria(both, "2026-01-18 10:00")
    assert Todo.SIGN_RAPID_REVIEW not in both.todos(both.own)
    with pytest.raises(RuleBroken, match="changed after it was put"):
        both.sign_theirs(SIGN_RAPID_REVIEW, "2026-01-19 10:00", Seat.INTEGRATED_CARE_BOARD)
    put_again(both, LOCAL, "2026-01-20 10:00")
    assert Todo.SIGN_RAPID_REVIEW in both.todos(both.own)
    both.both(SIGN_RAPID_REVIEW, "2026-01-21 10:00")
    assert has_k11(both)


def test_a_last_signature_on_the_way_agrees_to_no_words_that_were_changed_meanwhile(proposed):
    """RR-30, GOV-11: it is kept, decides nothing, and the new words are put and signed."""
    both, driven = proposed, proposed.driven
    driven.sign(SIGN_RAPID_REVIEW.perform, "2026-01-02 10:00", *Seat)
    both.at("2026-01-02 10:00")
    both.sign_unsettled(SIGN_RAPID_REVIEW, "2026-01-02 11:00")
    change_criteria(both, "2026-01-02 12:00")
    assert driven.row().decided_on is None, "nobody has signed the words that stand now"
    put_again(both, LOCAL, "2026-01-02 13:00")
    both.both(SIGN_RAPID_REVIEW, "2026-01-02 14:00")
    assert driven.row().decided_on is not None
    assert has_k11(both)
