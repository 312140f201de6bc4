"""What the Panel answers, and how partners reconsider, uphold or change their decision."""

import pytest

from services.casework.steps.rapid_review import (
    lateness,
    panel,
    panel_reply,
    rapid_review,
    record_writing,
    submission,
)
from services.casework.steps.sign_off import sign_off
from services.domain.dispatches import Notice
from services.domain.errors import AnswerRefused, RuleBroken, StepNotOpen
from services.domain.roles import Role, Seat
from services.domain.workflow import Outcome, PanelAnswer, Stage, Step
from tests import factories as say
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import AGENCIES, ATTENDEES, NATIONAL, PARTNERS, Traces, dispatches, emails
from tests.panel_factories import lodge_challenge
from tests.reached import reach
from tests.sent_out import make_papers

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
PARTNER = Role.SAFEGUARDING_PARTNER
FIRST_TWO = (Seat.LOCAL_AUTHORITY, Seat.INTEGRATED_CARE_BOARD)
LOCAL, NONE, AWAY = Outcome.LOCAL_REVIEW, Outcome.NO_FURTHER_REVIEW, Outcome.NATIONAL_REVIEW


def test_lateness_is_told_each_time_to_the_secretariat_alone(case_at, left_by):
    case = case_at(Stage.RAPID_REVIEW)
    for number in (1, 2):
        told = left_by(
            case, lateness.tell_lateness, say.tell_lateness(), who=MANAGER, when="2026-01-07"
        )
        assert told == Traces(
            entries=["lateness_told"],
            ordered=[f"submit | lateness_notice | v{number}"],
            dispatches=["lateness_forecast | panel_secretariat | being_made"],
        )


@pytest.mark.parametrize(
    ("outcome", "opened", "closed"),
    [
        (Outcome.LOCAL_REVIEW, [], []),
        (Outcome.NO_FURTHER_REVIEW, [], []),
        (Outcome.NO_LONGER_MET, [], []),
        (
            Outcome.NATIONAL_REVIEW,
            ["end_national_review | business_manager"],
            ["propose_plan | review_group_chair"],
        ),
    ],
)
def test_the_panels_agreement_leaves_what_is_asked_for_since_the_submission(
    outcome, opened, closed, case_at, left_by
):
    """GOV-14: what was decided is asked for already; only a national review is waited for."""
    case = case_at(Stage.RAPID_REVIEW).review(outcome)
    left = left_by(case, panel.record_answer, say.record_answer(), who=MANAGER, when="2026-01-19")
    assert left == Traces(
        entries=["panel_answered"],
        opened=opened,
        closed=["record_panel_answer | business_manager", *closed],
        emails=emails("panel_answered", *PARTNERS, "review.group.chair"),
    )


def is_queried(case: Driven) -> None:
    case.answer(PanelAnswer.QUERIES)


def reconsidered(case: Driven, outcome: Outcome) -> Driven:
    return case.propose(outcome, "2026-02-02").sign(sign_off.sign_rapid_review, "2026-02-04")


def test_an_upheld_review_goes_on_and_keeps_its_first_date(case_at):
    case = case_at(Stage.WITH_PANEL, is_queried)
    reconsidered(case, LOCAL)
    assert case.stage() is Stage.COMMISSIONING
    clock = case.clock("K11")
    assert (clock["anchored_on"], clock["due"]) == ("2026-01-05", "2026-07-05")
    assert str(case.row().decided_on) == "2026-01-05"


def test_a_review_given_up_after_a_query_has_no_clock_left(case_at):
    case = case_at(Stage.WITH_PANEL, is_queried)
    assert reconsidered(case, NONE).stage() is Stage.EMBEDDING
    assert case.clock("K11")["ended_on"] == "2026-02-04"


def test_a_review_taken_up_after_a_query_counts_from_the_new_decision(case_at, left_by):
    case = case_at(Stage.RAPID_REVIEW).review(NONE).answer(PanelAnswer.QUERIES)
    case.propose(LOCAL, "2026-02-02").sign(sign_off.sign_rapid_review, "2026-02-04", *FIRST_TWO)
    left = left_by(
        case,
        sign_off.sign_rapid_review,
        say.sign(round=2),
        who=Role.SAFEGUARDING_PARTNER,
        when="2026-02-04",
        seat=Seat.POLICE,
    )
    assert left.clocks == ["K11 due 2026-08-04"]
    everybody = {*AGENCIES, *ATTENDEES, "review.group.member"}
    assert left.emails == emails("decided_again", *sorted(everybody))  # RR-36, RR-50, RR-51
    told = dispatches("commissioning_decided", "being_made", *NATIONAL)
    assert left.dispatches == [*told, "rapid_review_decided_again | panel | being_made"]
    assert case.stage() is Stage.COMMISSIONING


def test_a_national_review_recommended_after_a_query_waits_for_the_panel_again(case_at):
    case = case_at(Stage.WITH_PANEL, is_queried)
    reconsidered(case, AWAY)
    assert (case.stage(), case.clock("K11")["ended_on"]) == (Stage.WITH_PANEL, "2026-02-04")
    asked = {"record_panel_answer", "reply_to_panel", "propose_plan"}
    assert {one.todo for one in case.turns()} == asked
    case.answer(PanelAnswer.RUNS_NATIONAL, "2026-02-16")
    assert case.stage() is Stage.NATIONAL_REVIEW


def test_a_national_review_that_the_partners_recommended_ends_in_its_learning(case_at, left_by):
    case = case_at(Stage.RAPID_REVIEW).review(AWAY).answer(PanelAnswer.RUNS_NATIONAL)
    ended = say.end_national_review()
    left = left_by(case, panel.end_national_review, ended, who=MANAGER, when="2026-02-02")
    assert left == Traces(
        entries=["national_review_ended"],
        opened=["propose_plan | review_group_chair"],
        closed=["end_national_review | business_manager"],
    )


def test_a_challenge_goes_to_the_panel_and_waits_for_its_answer(case_at, left_by):
    case = case_at(Stage.WITH_PANEL, is_queried)
    words = lodge_challenge(new_information="The second report is in.")
    left = left_by(case, panel_reply.lodge_challenge, words, who=PARTNER, when="2026-01-20")
    assert left == Traces(
        entries=["challenge_lodged"],
        opened=["record_panel_answer | business_manager"],
        closed=["propose_decision | review_group_chair", "reply_to_panel | safeguarding_partner"],
        ordered=["submit | challenge_record | v1"],
        emails=emails("challenge_lodged", "business.manager", "review.group.chair"),
        dispatches=["challenge_lodged | panel | being_made"],
    )
    desk = Desk(case.world)
    desk.carry(case.case_id, Step.SUBMIT)
    (text,) = desk.read_pdfs(case.case_id, "challenge_record")
    assert "The second report is in." in text
    case.answer(PanelAnswer.AGREES, "2026-02-02")
    assert case.stage() is Stage.COMMISSIONING


def test_what_the_panel_has_not_answered_or_partners_decide_again_is_not_challenged(case_at):
    case, by = case_at(Stage.WITH_PANEL), {"who": PARTNER, "when": "2026-02-03"}
    with pytest.raises(StepNotOpen, match="no answer of the Panel"):
        case.do(panel_reply.lodge_challenge, lodge_challenge(), **by)
    case.answer(PanelAnswer.QUERIES)
    with pytest.raises(AnswerRefused, match="all partners"):
        case.do(panel_reply.lodge_challenge, lodge_challenge(all_agree=False), **by)
    case.propose(LOCAL, "2026-02-02")
    with pytest.raises(StepNotOpen, match="deciding again"):
        case.do(panel_reply.lodge_challenge, lodge_challenge(), **by)


def test_while_partners_reconsider_the_panels_answer_stands(case_at):
    case = case_at(Stage.WITH_PANEL, is_queried)
    with pytest.raises(RuleBroken, match="on record"):
        case.answer(PanelAnswer.AGREES, "2026-01-20")


@pytest.mark.parametrize(
    "row",
    [
        ("key_lines", "LC-07", LOCAL, {"key_lines": say.key_lines(5)}),
        ("key_lines", "RR-05", LOCAL, {"key_lines": ()}),
        ("actions", "RR-31", NONE, {"actions": ()}),
    ],
)
def test_a_decision_that_does_not_hold_together_is_refused(row, one_reviewed):
    """RR-05, RR-31, LC-07, G4: key lines where there is an LCSPR, else an action plan."""
    field, saying, outcome, but = row
    command = say.propose_decision(outcome, **but)
    with pytest.raises(AnswerRefused, match=saying) as error:
        one_reviewed.do(rapid_review.propose_decision, command, CHAIR, "2026-01-02")
    assert error.value.field == field


def test_an_alternative_learning_review_cannot_be_chosen(one_reviewed):
    command = say.propose_decision(Outcome.ALTERNATIVE_REVIEW)
    with pytest.raises(RuleBroken, match="LC-09"):
        one_reviewed.do(rapid_review.propose_decision, command, CHAIR, "2026-01-02")


@pytest.fixture(scope="module")
def one_reviewed(one_world) -> Driven:
    """A case whose record and criteria are written, on which nothing is decided."""
    case = reach(one_world, Stage.RAPID_REVIEW).meet()
    by = {"who": CHAIR, "when": "2026-01-02"}
    with pytest.raises(StepNotOpen, match="record written"):
        case.do(rapid_review.propose_decision, say.propose_decision(), **by)
    case.do(record_writing.write_record, say.write_record(), **by)
    with pytest.raises(StepNotOpen, match="criteria answered"):
        case.do(rapid_review.propose_decision, say.propose_decision(), **by)
    case.do(rapid_review.answer_criteria, say.answer_criteria(), **by)
    return case


@pytest.mark.parametrize(("group", "left"), [("must", 3), ("regard", 3)])
def test_all_eight_criteria_are_answered_in_their_two_groups(group, left, one_reviewed):
    """DEC-01, DEC-02, DEC-03: four that must be considered, four to have regard to."""
    command = say.answer_criteria()
    fewer = command.model_copy(update={group: getattr(command, group)[:left]})
    with pytest.raises(AnswerRefused) as error:
        one_reviewed.do(rapid_review.answer_criteria, fewer, CHAIR, "2026-01-02")
    assert error.value.field == group


def test_a_signed_decision_is_not_proposed_again_before_the_panel_has_answered(one_signed):
    with pytest.raises(StepNotOpen, match="no longer changes"):
        one_signed.propose(NONE, "2026-01-06")


@pytest.fixture(scope="module")
def one_signed(one_world) -> Driven:
    """A case whose rapid review is signed and not sent."""
    case = reach(one_world, Stage.RAPID_REVIEW).meet().propose()
    case.sign(sign_off.sign_rapid_review, "2026-01-05")
    make_papers(one_world, case.case_id, "2026-01-05", Notice.RAPID_REVIEW_SUBMITTED)
    return case


@pytest.mark.parametrize(
    ("field", "but", "when"),
    [
        ("submitted_at", {"submitted_at": "2026-01-07 11:01"}, "2026-01-07 11:00"),
        ("submitted_at", {"submitted_at": "2026-01-04"}, "2026-01-07 11:00"),
        ("reference", {"reference": None}, "2026-01-07 11:00"),
        ("late_reason", {"submitted_at": "2026-01-09 00:00"}, "2026-01-09 11:00"),
    ],
)
def test_a_submission_that_cannot_be_so_is_refused(field, but, when, one_signed):
    case = one_signed
    with pytest.raises(AnswerRefused) as error:
        case.do(submission.submit, say.submit(**but), MANAGER, when)
    assert error.value.field == field
