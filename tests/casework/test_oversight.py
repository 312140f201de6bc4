"""The review group oversees the commissioning, and the partners endorse terms on its advice."""

import pytest

from services.casework.steps.local_review.oversight import (
    OVERSEE_COMMISSIONING,
    oversee_commissioning,
)
from services.casework.steps.local_review.oversight_said import AGREED_BY_GROUP, OverseenMatter
from services.casework.steps.local_review.reviewer_appointment import APPOINT_REVIEWER
from services.casework.steps.local_review.terms_of_reference import AGREE_TERMS, agree_terms
from services.casework.steps.rapid_review import submission
from services.casework.steps.rounds.group_advice import AdviceOnTerms
from services.casework.steps.sign_off.sign_off import SIGN_TERMS, sign_terms
from services.database.cases import get_case
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken, StepNotOpen
from services.domain.roles import Role, Seat
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.view_models.review_group import review_group_view
from services.web.view_models.said_before import said_before
from services.web.view_models.sign_offs import matter_lines
from tests import factories as say
from tests.driven import ASKED, Driven
from tests.joint_changes import Changing, put_to_both
from tests.joint_publishing import Publishing
from tests.oversight_factories import advise as endorsed
from tests.put_terms import advice, advise

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
FIRST, SECOND, THIRD = "2026-02-02", "2026-02-09", "2026-02-10"
CHANGE = {"on_terms": AdviceOnTerms.CHANGE_FIRST, "advice": "Ask about the school first."}


def draw_up(case: Driven, when: str) -> None:
    case.do(agree_terms, say.agree_terms(*map(case.agency, ASKED)), CHAIR, when)


def todos(case: Driven) -> set[str]:
    return {one.todo.value for one in case.turns()} - {"appoint_reviewer", "record_panel_answer"}


@pytest.fixture
def case(case_at) -> Driven:
    """A review whose terms wait for the group's advice."""
    found = case_at(Stage.COMMISSIONING)
    draw_up(found, FIRST)
    return found


def test_the_partners_are_asked_on_the_groups_advice_and_about_changed_terms_on_new_advice(case):
    """DEC-15, G6, LC-03: nobody signs before it; what the group has changed is considered anew."""
    assert todos(case) == {"oversee_commissioning"}
    advise(case, FIRST, **CHANGE)
    assert todos(case) == {"agree_terms"}, "the terms are changed first"
    draw_up(case, SECOND)
    assert todos(case) == {"oversee_commissioning"}
    with pytest.raises(StepNotOpen, match="has not advised the partners"):
        case.sign(sign_terms, SECOND, Seat.POLICE)
    with pytest.raises(AnswerRefused, match="version that these terms change"):
        advise(case, SECOND, considered_on="2026-02-01")
    assert [one.waits_for_advice for one in lines(case)][-1]
    advise(case, SECOND)
    assert todos(case) == {"sign_terms"}
    assert not [one.waits_for_advice for one in lines(case)][-1]
    case.sign(sign_terms, SECOND, Seat.POLICE)
    draw_up(case, THIRD)
    assert todos(case) == {"oversee_commissioning"}, "nobody signs the former version any more"
    advise(case, THIRD).sign(sign_terms, THIRD, *Seat)
    assert "sign_terms" not in todos(case)


def lines(case: Driven):
    with case.world.act(MANAGER, THIRD) as work:
        return matter_lines(work, get_case(work.session, case.case_id))


def test_all_that_the_group_advised_stands_newest_first_where_it_is_acted_on(case):
    """DEC-15, G6: on the case, beside the endorsement, and where the reviewer is appointed."""
    advise(case, FIRST, **CHANGE)
    draw_up(case, SECOND)
    advise(case, SECOND, advice="Endorse them.", concerns=CONCERNS)
    progress = {"matters": (OverseenMatter.PROGRESS,), "on_terms": None, "advice": "Go on."}
    advise(case, THIRD, **progress)
    with case.world.act(CHAIR, THIRD) as work:
        row = get_case(work.session, case.case_id)
        group = review_group_view(work, row)
        shown = [said_before(work, act, row) for act in (SIGN_TERMS, APPOINT_REVIEWER)]
    assert group is not None
    for told in (group.on_record, *shown):
        said = [answer.text for one in told for answer in one.said]
        at = [said.index(one) for one in ("Go on.", "Endorse them.", "Ask about the school first.")]
        assert at == sorted(at)
        assert {"No reviewer is free.", "The manager asks two more."} <= {*said}


CONCERNS = ({"concern": "No reviewer is free.", "course": "The manager asks two more."},)


@pytest.mark.parametrize(
    ("field", "says", "said"),
    [
        ("considered_on", "not in the future", {"considered_on": "2026-02-03"}),
        ("considered_on", "not before the decision", {"considered_on": "2026-01-04"}),
        ("took_part", "of those who served", {"took_part": ()}),
        ("matters", "what the group considered", {"matters": (), **CHANGE}),
        ("matters", "LC-03", {"matters": tuple(sorted(AGREED_BY_GROUP))[1:]}),
        ("on_terms", "terms that wait", {"on_terms": None}),
    ],
)
def test_an_oversight_says_when_by_whom_of_what_and_what_is_advised(case, field, says, said):
    """DEC-15, G6: the group considered it since the decision, and advises on terms that wait."""
    with pytest.raises(AnswerRefused, match=says) as refused:
        advise(case, FIRST, **said)
    assert refused.value.field == field
    assert todos(case) == {"oversee_commissioning"}


def test_advice_is_on_the_version_that_was_read_and_on_none_that_does_not_wait(case):
    """G6: a page that was opened before the terms were drawn up again puts nothing."""
    before = advice(case, FIRST)
    draw_up(case, FIRST)
    with pytest.raises(RuleBroken, match="drawn up again"):
        case.do(oversee_commissioning, before, CHAIR, FIRST)
    advise(case, FIRST)
    with pytest.raises(AnswerRefused, match="No terms of reference wait"):
        advise(case, FIRST)


def test_the_chair_alone_records_it_and_only_of_a_review_that_was_decided_on(case, case_at):
    """DEC-15: the manager draws up terms and appoints, and does not speak for the group."""
    for who in (MANAGER, Role.REVIEW_GROUP_MEMBER, Role.SAFEGUARDING_PARTNER):
        with pytest.raises(NotPermitted):
            case.do(oversee_commissioning, advice(case, FIRST), who, FIRST)
    early = case_at(Stage.WITH_PANEL)
    first = {"on_terms": None, "considered_on": "2026-01-08", "versions": 0}
    advise(early, "2026-01-08", **first)
    assert early.stage() is Stage.WITH_PANEL
    assert "agree_terms" in todos(early)


def test_in_a_joint_review_the_leads_group_advises_before_either_side_is_asked(ready_by):
    """DEC-15, G6, GOV-11: theirs neither is asked nor signs before it, nor between two versions."""
    both = ready_by(Publishing, Publishing.begun, Publishing.sent_to_panel)
    terms = say.agree_terms(*map(both.driven.agency, ASKED))
    both.do(AGREE_TERMS, terms, CHAIR, "2026-02-02 10:00")
    both.at("2026-02-02 10:00")
    assert Todo.SIGN_TERMS not in both.todos(both.own) | both.todos(both.driven)
    with pytest.raises(StepNotOpen, match="has not advised the partners"):
        both.sign_theirs(SIGN_TERMS, "2026-02-02 11:00", Seat.POLICE)
    oversee(both, "2026-02-02 12:00")
    assert Todo.SIGN_TERMS in both.todos(both.own) & both.todos(both.driven)
    both.do(AGREE_TERMS, terms, CHAIR, "2026-02-03 10:00")
    both.at("2026-02-03 10:00")
    assert Todo.SIGN_TERMS not in both.todos(both.own) | both.todos(both.driven)
    oversee(both, "2026-02-03 12:00")
    assert Todo.SIGN_TERMS in both.todos(both.own) & both.todos(both.driven)
    both.both(SIGN_TERMS, "2026-02-04 10:00")
    assert Todo.SIGN_TERMS not in both.todos(both.own) | both.todos(both.driven)


def test_the_group_of_a_new_lead_advises_on_the_terms_that_it_is_handed(ready_by):
    """DEC-15, G6: what waited for the former lead's group waits for its own."""
    both = ready_by(put_to_both, Changing.shared_back)
    both.sign_ours()
    both.sign_theirs()
    both.settle()
    both.when = "2026-01-07 12:00"
    both.driven.do(submission.submit, say.submit(), MANAGER, both.when)
    draw_up(both.driven, both.when)
    both.change_lead()
    assert Todo.OVERSEE_COMMISSIONING in both.todos(both.theirs, both.theirs_case)
    assert Todo.SIGN_TERMS not in both.todos(both.theirs, both.theirs_case)
    chair = both.theirs.actor(CHAIR)
    with both.world.act(chair, both.when) as work:
        advised = endorsed(chair.person_id, considered_on=both.when[:10])
        oversee_commissioning(work, both.theirs_case, advised)
    assert Todo.SIGN_TERMS in both.todos(both.theirs, both.theirs_case)


def oversee(both: Publishing, when: str) -> None:
    both.do(OVERSEE_COMMISSIONING, advice(both.driven, when), CHAIR, when)
    both.at(when)
