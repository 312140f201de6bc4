"""What the partners answer the Panel, and what they send again when they decide again."""

import pytest

from services.casework.steps.embedding import action_plan, action_progress
from services.casework.steps.publication.publication_query import record_publication_query
from services.casework.steps.rapid_review.local_course import propose_local_course
from services.casework.steps.rapid_review.panel_reply import lodge_challenge, reply_to_panel
from services.casework.steps.rapid_review.rapid_review import answer_criteria, propose_decision
from services.casework.steps.rapid_review.submission import submit
from services.casework.steps.rapid_review.supplement import supplement_review
from services.casework.steps.sign_off import sign_off
from services.database.clocks import clocks
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.roles import Role
from services.domain.workflow import Outcome, PanelAnswer, Stage, Step
from tests import factories
from tests import panel_factories as say
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import PARTNERS, Traces, emails
from tests.reached import decision_put

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
PARTNER = Role.SAFEGUARDING_PARTNER
LOCAL, NONE, AWAY = Outcome.LOCAL_REVIEW, Outcome.NO_FURTHER_REVIEW, Outcome.NATIONAL_REVIEW


def all_of_k11(case: Driven) -> list[tuple[str, str]]:
    """Return every K11 that was ever started: its last day, and when it was ended."""
    with case.world.act(MANAGER) as work:
        found = [one for one in clocks(work.session, case.case_id) if one.clock is ClockId.K11]
        return [(str(one.due), str(one.ended_on or "")) for one in found]


def queried(case: Driven, outcome: Outcome) -> None:
    case.review(outcome).answer(PanelAnswer.QUERIES)


def local_is_queried(case: Driven) -> None:
    queried(case, LOCAL)


def none_is_queried(case: Driven) -> None:
    queried(case, NONE)


def national_is_queried(case: Driven) -> None:
    queried(case, AWAY)


QUERIED = {LOCAL: local_is_queried, NONE: none_is_queried, AWAY: national_is_queried}


def decide(case: Driven, outcome: Outcome, when: str) -> Driven:
    return case.propose(outcome, when).sign(sign_off.sign_rapid_review, when)


@pytest.mark.parametrize(
    ("outcome", "after"), [(LOCAL, Stage.COMMISSIONING), (NONE, Stage.EMBEDDING)]
)
def test_a_reply_that_keeps_the_decision_goes_to_the_panel_and_the_case_goes_on(
    outcome, after, case_at, left_by
):
    """GOV-14: the Panel may question the decision either way, and has no power over it."""
    case = case_at(Stage.RAPID_REVIEW, QUERIED[outcome])
    reply = say.reply_to_panel(reply="The learning is known.")
    left = left_by(case, reply_to_panel, reply, who=PARTNER, when="2026-01-21")
    assert left.entries == ["panel_replied"]
    assert left.ordered == ["submit | panel_reply | v1"]
    assert left.dispatches == ["panel_replied | panel | being_made"]
    assert left.clocks == []
    assert case.stage() is after
    assert not {"propose_decision", "reply_to_panel"} & {one.todo for one in case.turns()}
    desk = Desk(case.world)
    desk.carry(case.case_id, Step.SUBMIT)
    (text,) = desk.read_pdfs(case.case_id, DocumentKind.PANEL_REPLY)
    assert "The learning is known." in text
    assert "queries the decision" in text


def test_a_query_that_changes_the_decision_is_answered_with_all_of_it_sent_again(case_at):
    """GOV-14: the record and the letter are made again, and the reply follows the signatures."""
    case = case_at(Stage.RAPID_REVIEW, none_is_queried)
    by = {"who": PARTNER, "when": "2026-02-04"}
    case.propose(LOCAL, "2026-02-02")
    with pytest.raises(StepNotOpen, match="deciding again"):
        case.do(reply_to_panel, say.reply_to_panel(), **by)
    case.sign(sign_off.sign_rapid_review, "2026-02-04")
    assert case.stage() is Stage.COMMISSIONING
    assert "reply_to_panel" in {one.todo for one in case.turns()}
    with pytest.raises(AnswerRefused, match="all partners"):
        case.do(reply_to_panel, say.reply_to_panel(all_agree=False), **by)
    case.do(reply_to_panel, say.reply_to_panel(), **by)
    assert case.stage() is Stage.COMMISSIONING
    with pytest.raises(StepNotOpen, match="nothing that waits"):
        case.do(reply_to_panel, say.reply_to_panel(), **by)
    desk = Desk(case.world)
    desk.carry(case.case_id, Step.SUBMIT)
    letters = desk.read(case.case_id, DocumentKind.COVERING_LETTER)
    assert sum("takes the place of what was sent" in text for text in letters) == 2  # PDF and Word


def test_partners_who_keep_to_a_national_review_wait_for_the_panel_again(case_at):
    case = case_at(Stage.RAPID_REVIEW, national_is_queried)
    case.do(reply_to_panel, say.reply_to_panel(), PARTNER, "2026-01-21")
    asked = {one.todo for one in case.turns()}
    assert asked == {"record_panel_answer", "propose_plan"}
    assert case.answer(PanelAnswer.AGREES, "2026-02-02").stage() is Stage.NATIONAL_REVIEW


def test_p4_a_new_round_that_keeps_the_review_keeps_its_six_months(case_at, left_by):
    """K11, RR-36, P4: a decision of all seats against it ends the clock, and none resets it."""
    case = case_at(Stage.RAPID_REVIEW, decision_put)
    case.sign(sign_off.sign_rapid_review, "2026-01-12")
    late = factories.submit(submitted_at="2026-01-12 12:00", late_reason="A late signature.")
    case.do(submit, late, MANAGER, "2026-01-12 13:00")
    case.mail("2026-01-12 13:01").answer(when="2026-01-26")
    first, reopens = case.clock("K11"), say.supplement_review()
    assert (first["due"], first["target"]) == ("2026-07-12", "2026-07-10")
    left = left_by(case, supplement_review, reopens, who=CHAIR, when="2026-03-09")
    assert left == Traces(
        entries=["review_supplemented"],
        opened=["propose_decision | review_group_chair"],
        ordered=["submit | supplement | v1"],
        dispatches=["rapid_review_supplemented | panel | being_made"],
    )
    decide(case, LOCAL, "2026-03-09")
    assert (case.clock("K11"), case.stage()) == (first, Stage.COMMISSIONING)
    assert str(case.row().decided_on) == "2026-01-12", "on which its six months hang"
    case.do(supplement_review, reopens, CHAIR, "2026-03-20")
    case.propose(NONE, "2026-03-20")
    assert case.clock("K11") == first, "what is proposed is not decided"
    case.sign(sign_off.sign_rapid_review, "2026-03-20")
    assert case.stage() is Stage.EMBEDDING
    assert case.clock("K11")["ended_on"] == "2026-03-20"
    case.do(supplement_review, reopens, CHAIR, "2026-05-01")
    decide(case, LOCAL, "2026-05-04")
    assert case.stage() is Stage.COMMISSIONING
    assert case.running() == ["K11 2026-11-04"]
    assert all_of_k11(case) == [("2026-07-12", "2026-03-20"), ("2026-11-04", "")]


def test_an_agreed_action_is_reported_on_while_the_case_is_reviewed_after_all(case_at):
    """K14, RR-36: its clock runs on, so its owner can meet it; the plan is signed at the end."""
    case = decide(case_at(Stage.RAPID_REVIEW, none_is_queried), NONE, "2026-01-20")
    case.agree_on(factories.propose_plan(case.agency()), "2026-02-02")
    case.do(supplement_review, say.supplement_review(), CHAIR, "2026-03-09")
    assert decide(case, LOCAL, "2026-03-10").stage() is Stage.COMMISSIONING
    assert "update_actions" in {one.todo for one in case.turns()}
    done = factories.update_action(1)
    case.do(action_progress.update_action, done, Role.AGENCY_LEAD, "2026-03-11")
    assert (case.clock("K14", "1")["met_on"], case.actions()) == ("2026-03-11", ["COMPLETE"])
    assert {"sign_plan", "update_actions"}.isdisjoint({one.todo for one in case.turns()})


def test_a_supplement_that_changes_nothing_goes_to_the_panel_and_leaves_the_case(case_at):
    """RR-36: later information may supplement the rapid review."""
    case = case_at(Stage.WITH_PANEL)
    before = [one.todo for one in case.turns()]
    case.do(supplement_review, say.supplement_review(reopens=False), CHAIR, "2026-01-15")
    assert [one.todo for one in case.turns()] == before
    with pytest.raises(StepNotOpen, match="no longer changes"):
        case.propose(NONE, "2026-01-15")


def test_the_panel_answers_while_the_partners_decide_again_and_their_decision_is_followed(case_at):
    """RR-36: what the Panel says of the earlier decision does not end the round."""
    case = case_at(Stage.WITH_PANEL)
    case.do(supplement_review, say.supplement_review(), CHAIR, "2026-01-15")
    case.answer(PanelAnswer.AGREES, "2026-01-19")
    assert case.stage() is Stage.WITH_PANEL
    assert decide(case, NONE, "2026-01-20").stage() is Stage.EMBEDDING


def test_what_is_decided_again_before_the_panel_has_answered_begins_in_place_of_the_first(case_at):
    case = case_at(Stage.WITH_PANEL)
    case.do(supplement_review, say.supplement_review(), CHAIR, "2026-01-15")
    decide(case, NONE, "2026-01-16")
    asked = {one.todo for one in case.turns()}
    assert asked == {"record_panel_answer", "propose_plan"}
    assert case.answer(PanelAnswer.AGREES, "2026-01-19").stage() is Stage.EMBEDDING


def test_the_panel_queries_what_was_decided_on_publication(case_at, left_by):
    """GOV-17: it is challenged, or replied to; the decision and its day stay the partners'."""
    case, asked = case_at(Stage.PUBLICATION), say.record_publication_query()
    by = {"who": PARTNER, "when": "2026-06-16"}
    with pytest.raises(StepNotOpen, match="not decided on publication"):
        case.do(record_publication_query, asked, MANAGER, "2026-06-15")
    case.plan()
    early = say.record_publication_query(received_on="2026-06-07")
    with pytest.raises(AnswerRefused, match="before the decision"):
        case.do(record_publication_query, early, MANAGER, "2026-06-15")
    with pytest.raises(StepNotOpen, match="no answer of the Panel"):
        case.do(lodge_challenge, say.lodge_challenge(), **by)
    left = left_by(case, record_publication_query, asked, who=MANAGER, when="2026-06-15")
    assert left == Traces(
        entries=["publication_queried"],
        opened=["reply_to_panel | safeguarding_partner"],
        emails=emails("panel_answered", *PARTNERS, "review.group.chair"),
    )
    lodged = left_by(case, lodge_challenge, say.lodge_challenge(), **by)
    assert lodged.dispatches == ["challenge_lodged | panel | being_made"]
    assert lodged.closed == ["reply_to_panel | safeguarding_partner"]
    case.do(record_publication_query, asked, MANAGER, "2026-06-17")
    case.do(reply_to_panel, say.reply_to_panel(), PARTNER, "2026-06-18")
    desk = Desk(case.world)
    desk.carry(case.case_id, Step.PUBLISH)
    for kind in (DocumentKind.CHALLENGE_RECORD, DocumentKind.PANEL_REPLY):
        (text,) = desk.read_pdfs(case.case_id, kind)
        assert "The report is published" in text, kind
    assert case.publish().stage() is Stage.EMBEDDING


def test_the_criteria_are_answered_again_once_the_panel_prefers_a_local_review(case_at):
    """DEC-04: not before the Panel has said so, and then with that taken into account."""
    case = case_at(Stage.RAPID_REVIEW, national_is_queried)
    by = {"who": CHAIR, "when": "2026-02-02"}
    yes, no = (factories.answer_criteria(panel_prefers_local=one) for one in (True, False))
    with pytest.raises(AnswerRefused, match="record its answer first"):
        case.do(answer_criteria, yes, **by)
    case.do(reply_to_panel, say.reply_to_panel(), PARTNER, "2026-01-20")
    case.answer(PanelAnswer.LOCAL_MORE_APPROPRIATE, "2026-02-02")
    with pytest.raises(StepNotOpen, match="answer the criteria again"):
        case.do(propose_decision, factories.propose_decision(LOCAL), **by)
    with pytest.raises(AnswerRefused, match="taken into account"):
        case.do(answer_criteria, no, **by)
    case.do(answer_criteria, yes, **by)
    case.do(propose_decision, factories.propose_decision(LOCAL), **by)
    assert case.sign(sign_off.sign_rapid_review, "2026-02-03").stage() is Stage.COMMISSIONING


def test_no_plan_is_put_or_agreed_while_the_decision_before_it_is_taken_again(case_at):
    """RR-36, GOV-11: also once its learning has begun; the plan that was put waits for it."""
    case = decide(case_at(Stage.RAPID_REVIEW, none_is_queried), NONE, "2026-01-20")
    plan = factories.propose_plan(case.agency())
    case.do(action_plan.propose_plan, plan, CHAIR, "2026-02-02")
    case.do(supplement_review, say.supplement_review(), CHAIR, "2026-03-09")
    with pytest.raises(StepNotOpen, match="decide again"):
        case.do(action_plan.propose_plan, plan, CHAIR, "2026-03-10")
    with pytest.raises(StepNotOpen, match="decide again"):
        case.sign(sign_off.sign_proposed_plan, "2026-03-10")
    decide(case, NONE, "2026-03-16")
    assert case.sign(sign_off.sign_proposed_plan, "2026-03-17").stage() is Stage.EMBEDDING
    assert "update_actions" in {one.todo for one in case.turns()}, "its owner is asked to act"


def test_a_decision_that_is_taken_again_is_not_passed_over(case_at):
    """RR-36: no course of the local review, and no report, takes its place."""
    case = case_at(Stage.WITH_PANEL).answer(PanelAnswer.RUNS_NATIONAL)
    case.do(supplement_review, say.supplement_review(), CHAIR, "2026-02-16")
    with pytest.raises(StepNotOpen, match="decide again"):
        case.do(propose_local_course, say.propose_local_course(), CHAIR, "2026-02-17")
    drafted = case_at(Stage.LOCAL_REVIEW).report().draft()
    drafted.do(supplement_review, say.supplement_review(), CHAIR, "2026-05-29")
    with pytest.raises(StepNotOpen, match="decide again"):
        drafted.sign(sign_off.sign_report, "2026-06-01")
