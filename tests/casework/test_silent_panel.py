"""Nothing waits for the Panel: what was decided begins, and its answer is handled when it comes."""

from functools import partial

import pytest

from services.casework.steps.embedding.action_plan import propose_plan
from services.casework.steps.local_review.reviewer_appointment import appoint_reviewer
from services.casework.steps.local_review.terms_of_reference import agree_terms
from services.casework.steps.publication.publication_query import record_publication_query
from services.casework.steps.rapid_review.panel import record_answer
from services.casework.steps.rapid_review.panel_reply import lodge_challenge, reply_to_panel
from services.casework.steps.rapid_review.rapid_review import answer_criteria, propose_decision
from services.casework.steps.rapid_review.supplement import supplement_review
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.domain.errors import AnswerRefused, RuleBroken, StepNotOpen
from services.domain.roles import Role
from services.domain.workflow import Outcome, PanelAnswer, PanelQuery, Stage
from services.web.act_pages.registry import ACT_PAGES
from tests import factories
from tests import panel_factories as say
from tests.driven import ASKED, Driven
from tests.kept import PARTNERS, Traces, emails
from tests.put_terms import put_terms
from tests.reached import carry_on

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
PARTNER = Role.SAFEGUARDING_PARTNER
LOCAL, NONE = Outcome.LOCAL_REVIEW, Outcome.NO_FURTHER_REVIEW
K11 = "K11 2026-07-05"
LATE = {
    Stage.COMMISSIONING: "2026-02-16",
    Stage.LOCAL_REVIEW: "2026-03-02",
    Stage.PUBLICATION: "2026-06-02",
    Stage.EMBEDDING: "2026-07-06",
    Stage.CLOSED: "2026-10-02",
}
"""A day at each stage on which the Panel answers at last."""


def todos(case: Driven) -> set[str]:
    return {one.todo.value for one in case.turns()}


def k11(case: Driven) -> list[str]:
    return [one for one in case.running() if one.startswith("K11")]


def begun(case: Driven) -> None:
    """Draw up the terms while the Panel has not answered; it never has in these tests."""
    put_terms(case, "2026-01-12").sign(sign_off.sign_terms, "2026-02-02")


def opened(case: Driven) -> None:
    """Open the local review besides."""
    case.commission()


def carried_on(case: Driven, stage: Stage) -> None:
    """Carry the local review on to a later stage."""
    opened(case)
    carry_on(case, stage)


# What makes the case at each stage: by it the case is known again, and lent another time.
UNANSWERED = {
    Stage.COMMISSIONING: begun,
    Stage.LOCAL_REVIEW: opened,
    **{
        stage: partial(carried_on, stage=stage)
        for stage in (Stage.PUBLICATION, Stage.EMBEDDING, Stage.CLOSED)
    },
}


def none_decided(case: Driven) -> None:
    case.review(NONE)


def plan_put(case: Driven) -> None:
    case.review(NONE).agree_on(factories.propose_plan(case.agency()), "2026-01-12")


@pytest.fixture
def unanswered(case_at):
    """Return a case that came to the stage while the Panel's answer was open."""

    return lambda stage: case_at(Stage.WITH_PANEL, UNANSWERED[stage])


def test_what_follows_the_rapid_review_is_asked_for_from_its_submission_on(case_at):
    """GOV-14, G6: the terms, the reviewer and the plan wait for no answer."""
    local = {"record_panel_answer", "agree_terms", "appoint_reviewer"}
    assert todos(case_at(Stage.WITH_PANEL)) == local
    none = {"record_panel_answer", "propose_plan"}
    assert todos(case_at(Stage.RAPID_REVIEW, none_decided)) == none


def test_a_local_review_that_the_panel_never_answers_goes_to_the_end_of_its_learning(unanswered):
    """GOV-14: commissioning, publication and embedding, and the close; K11 is met as ever."""
    case = unanswered(Stage.EMBEDDING)
    assert case.clock("K11")["met_on"] == "2026-07-03"
    assert "record_panel_answer" in todos(case)
    assert carry_on(case, Stage.CLOSED).row().panel_answered_on is None
    assert todos(case) == set()


def test_terms_begin_the_commissioning_and_the_answer_is_still_awaited(case_at, left_by):
    """GOV-14: no clock moves by it, and the answer is still asked for."""
    case = case_at(Stage.WITH_PANEL)
    terms = factories.agree_terms(*map(case.agency, ASKED))
    left = left_by(case, agree_terms, terms, who=CHAIR, when="2026-01-12")
    assert (left.entries, left.clocks) == (["terms_agreed"], [])
    assert left.closed == ["agree_terms | review_group_chair"]
    assert case.stage() is Stage.COMMISSIONING
    assert todos(case) == {"record_panel_answer", "appoint_reviewer", "oversee_commissioning"}


def test_a_reviewer_begins_it_as_well(case_at):
    case = case_at(Stage.WITH_PANEL)
    reviewer = case.world.ours.actor(Role.LEAD_REVIEWER).person_id
    case.do(appoint_reviewer, factories.appoint_reviewer(reviewer), MANAGER, "2026-01-12")
    assert case.stage() is Stage.COMMISSIONING
    assert todos(case) == {"record_panel_answer", "agree_terms", "declare"}


def test_a_plan_begins_the_learning_and_the_answer_is_still_awaited(case_at):
    """GOV-14: what was learned is shared and acted on without waiting."""
    case = case_at(Stage.RAPID_REVIEW, none_decided)
    plan = factories.propose_plan(case.agency())
    case.do(propose_plan, plan, CHAIR, "2026-01-12")
    assert case.stage() is Stage.EMBEDDING
    assert todos(case) == {"record_panel_answer", "sign_proposed_plan"}


def test_a_plan_is_in_force_where_there_is_no_local_review(case_at):
    case = case_at(Stage.RAPID_REVIEW, plan_put)
    assert (case.stage(), case.actions()) == (Stage.EMBEDDING, ["OPEN"])
    assert case.clock("K14", "1")["due"]
    assert todos(case) == {"record_panel_answer", "update_actions", "review_plan"}


def test_only_what_was_decided_begins(case_at):
    """GOV-11: what is proposed and not signed by every seat begins nothing."""
    case, other = case_at(Stage.WITH_PANEL), case_at(Stage.RAPID_REVIEW, none_decided)
    with pytest.raises(StepNotOpen, match="local review: its learning comes first"):
        case.do(propose_plan, factories.propose_plan(case.agency()), CHAIR, "2026-01-12")
    with pytest.raises(StepNotOpen, match="no local review that could begin"):
        put_terms(other, "2026-01-12")
    other.do(supplement_review, say.supplement_review(), CHAIR, "2026-01-15")
    other.propose(LOCAL, "2026-01-15")
    with pytest.raises(StepNotOpen, match="no local review that could begin"):
        put_terms(other, "2026-01-16")


@pytest.mark.parametrize("stage", LATE)
@pytest.mark.parametrize("answer", [PanelAnswer.AGREES, PanelAnswer.LOCAL_MORE_APPROPRIATE])
def test_an_answer_that_comes_late_moves_and_ends_nothing(stage, answer, unanswered, left_by):
    """GOV-14: it is put on record, and told to partners and chair."""
    case, when = unanswered(stage), LATE[stage]
    before, ran = todos(case), case.running()
    said = factories.record_answer(answer, received_on=when)
    left = left_by(case, record_answer, said, who=MANAGER, when=when)
    asked = stage is not Stage.CLOSED
    assert left == Traces(
        entries=["panel_answered"],
        closed=["record_panel_answer | business_manager"] if asked else [],
        emails=emails("panel_answered", *PARTNERS, "review.group.chair"),
    )
    assert (case.stage(), case.running()) == (stage, ran)
    assert todos(case) == before - {"record_panel_answer"}
    with pytest.raises(RuleBroken, match="on record"):
        case.do(record_answer, said, MANAGER, when)


@pytest.mark.parametrize("stage", LATE)
def test_a_query_that_comes_late_is_replied_to_where_the_case_stands(stage, unanswered):
    """GOV-14: partners who keep to their decision reply, and all that has begun goes on."""
    case, when = unanswered(stage), LATE[stage]
    before, ran = todos(case), case.running()
    case.answer(PanelAnswer.QUERIES, when)
    asks = {
        Stage.COMMISSIONING: {"propose_decision", "reply_to_panel"},
        Stage.LOCAL_REVIEW: {"propose_decision", "reply_to_panel"},
        Stage.PUBLICATION: {"reply_to_panel"},
        Stage.EMBEDDING: {"reply_to_panel"},
        Stage.CLOSED: {"reply_to_panel"},
    }
    assert todos(case) == before - {"record_panel_answer"} | asks[stage]
    case.do(reply_to_panel, say.reply_to_panel(), PARTNER, when)
    assert (case.stage(), case.running()) == (stage, ran)
    assert todos(case) == before - {"record_panel_answer"}


def test_a_query_that_comes_late_is_challenged_and_answered_again(unanswered):
    """GOV-17: the challenge waits for an answer, and the review for none."""
    case = unanswered(Stage.LOCAL_REVIEW)
    before = todos(case)
    case.answer(PanelAnswer.QUERIES, "2026-03-02")
    case.do(lodge_challenge, say.lodge_challenge(), PARTNER, "2026-03-03")
    assert (case.stage(), todos(case), k11(case)) == (Stage.LOCAL_REVIEW, before, [K11])
    case.answer(PanelAnswer.AGREES, "2026-03-16")
    assert todos(case) == before - {"record_panel_answer"}


def test_partners_may_decide_otherwise_on_a_query_that_comes_late(unanswered):
    """GOV-14, K11: every seat ends the review that has begun, and no answer of the Panel does."""
    case = unanswered(Stage.LOCAL_REVIEW).answer(PanelAnswer.QUERIES, "2026-03-02")
    case.propose(NONE, "2026-03-04")
    with pytest.raises(StepNotOpen, match="deciding again"):
        case.do(lodge_challenge, say.lodge_challenge(), PARTNER, "2026-03-04")
    assert k11(case) == [K11]
    case.sign(sign_off.sign_rapid_review, "2026-03-05")
    assert (case.stage(), k11(case)) == (Stage.EMBEDDING, [])
    with pytest.raises(StepNotOpen, match="decided again since"):
        case.do(lodge_challenge, say.lodge_challenge(), PARTNER, "2026-03-06")
    case.do(reply_to_panel, say.reply_to_panel(), PARTNER, "2026-03-06")
    assert todos(case) == {"propose_plan"}


def test_a_review_is_taken_up_on_a_query_after_the_plan_was_agreed(case_at):
    """GOV-14, DEC-04: the actions run on, and the six months begin with that decision."""
    case = case_at(Stage.RAPID_REVIEW, plan_put)
    case.answer(PanelAnswer.LOCAL_MORE_APPROPRIATE, "2026-02-02")
    assert (case.stage(), case.actions()) == (Stage.EMBEDDING, ["OPEN"])
    preferred = factories.answer_criteria(panel_prefers_local=True)
    case.do(answer_criteria, preferred, CHAIR, "2026-02-04")
    case.do(propose_decision, factories.propose_decision(LOCAL), CHAIR, "2026-02-04")
    case.sign(sign_off.sign_rapid_review, "2026-02-05")
    assert (case.stage(), k11(case)) == (Stage.COMMISSIONING, ["K11 2026-08-05"])
    assert case.actions() == ["OPEN"]


def test_the_decision_and_its_publication_may_both_be_queried(unanswered):
    """GOV-14, GOV-17: each is answered by itself, in whichever order; none is chosen for them."""
    case = unanswered(Stage.PUBLICATION).answer(PanelAnswer.QUERIES, "2026-06-02").plan()
    asked = say.record_publication_query()
    case.do(record_publication_query, asked, MANAGER, "2026-06-15")
    for act, words in (
        (lodge_challenge, say.lodge_challenge),
        (reply_to_panel, say.reply_to_panel),
    ):
        with pytest.raises(AnswerRefused, match="choose which one"):
            case.do(act, words(), PARTNER, "2026-06-16")
    challenge = say.lodge_challenge(query=PanelQuery.PUBLICATION)
    case.do(lodge_challenge, challenge, PARTNER, "2026-06-16")
    assert "reply_to_panel" in todos(case)
    assert "record_panel_answer" not in todos(case), "the rapid review's query is not challenged"
    with pytest.raises(AnswerRefused, match="waits for no answer"):
        case.do(reply_to_panel, say.reply_to_panel(query="publication"), PARTNER, "2026-06-17")
    case.do(reply_to_panel, say.reply_to_panel(), PARTNER, "2026-06-17")
    with pytest.raises(StepNotOpen, match="nothing that waits"):
        case.do(reply_to_panel, say.reply_to_panel(), PARTNER, "2026-06-18")
    assert case.publish().stage() is Stage.EMBEDDING


def test_an_open_query_of_the_review_does_not_keep_back_the_answer_on_publication(unanswered):
    """GOV-17: each of the two is a decision of its own; the page says which is answered."""
    case = unanswered(Stage.PUBLICATION).answer(PanelAnswer.QUERIES, "2026-06-02")
    notes = [note_of_reply(case)]
    case.plan()
    case.do(record_publication_query, say.record_publication_query(), MANAGER, "2026-06-15")
    notes.append(note_of_reply(case))
    case.do(reply_to_panel, say.reply_to_panel(query="publication"), PARTNER, "2026-06-16")
    case.do(lodge_challenge, say.lodge_challenge(query="rapid_review"), PARTNER, "2026-06-17")
    assert "record_panel_answer" in todos(case)
    review, publication = "its query of the rapid review", "its query of the decision on publica"
    assert [(review in one, publication in one) for one in notes] == [(True, False), (True, True)]


def note_of_reply(case: Driven) -> str:
    note = ACT_PAGES["reply_to_panel"].note
    assert note is not None
    with case.world.act(PARTNER, "2026-06-15") as work:
        return note(work, get_case(work.session, case.case_id))


def test_a_query_that_is_open_at_the_close_still_has_its_reply_asked_for(unanswered):
    """GOV-14: the close ends what was asked about the learning, and no question of the Panel's."""
    case = unanswered(Stage.EMBEDDING).answer(PanelAnswer.QUERIES, "2026-07-06")
    carry_on(case, Stage.CLOSED)
    assert todos(case) == {"reply_to_panel"}
    case.do(reply_to_panel, say.reply_to_panel(), PARTNER, "2026-10-02")
    assert (case.stage(), todos(case)) == (Stage.CLOSED, set())


def test_a_local_review_the_panel_prefers_on_a_closed_case_is_replied_to(case_at):
    """GOV-14, DEC-04: what the Panel concludes late is not left with nobody."""
    case = case_at(Stage.RAPID_REVIEW, none_decided).embed().close()
    case.answer(PanelAnswer.LOCAL_MORE_APPROPRIATE, "2026-10-02")
    assert (case.stage(), todos(case)) == (Stage.CLOSED, {"reply_to_panel"})
    case.do(reply_to_panel, say.reply_to_panel(), PARTNER, "2026-10-03")
    assert todos(case) == set()
