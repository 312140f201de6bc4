"""Doc 18, EMB-04, EMB-06, EMB-09: a plan is rated, reviewed, audited, and done again if need be."""

import pytest

from services.casework.steps import closing
from services.casework.steps.embedding import action_plan, action_progress, audits, plan_review
from services.casework.steps.sign_off import sign_off
from services.domain.actions import Progress
from services.domain.errors import AnswerRefused, NotFound, RuleBroken, StepNotOpen
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.web.view_models.said_before import said_before
from tests import factories as say
from tests.driven import Driven
from tests.families_at_work import papers
from tests.kept import PARTNERS, Traces, emails, turns
from tests.kept import SEATS as EACH_SEAT
from tests.plan_factories import (
    ask_for_audit,
    not_carried_out,
    not_sustained,
    rated,
    record_audit,
    review_plan,
)
from tests.world import HOSPITAL, SCHOOL

AGENCY, CHAIR, MANAGER = Role.AGENCY_LEAD, Role.REVIEW_GROUP_CHAIR, Role.BUSINESS_MANAGER
PARTNER = Role.SAFEGUARDING_PARTNER
WHEN, LATER = "2026-09-01", "2026-10-01"


def two_planned(case: Driven) -> None:
    """Agree on a plan of two actions of the hospital."""
    case.agree_on(say.propose_plan(case.agency(), case.agency()), WHEN)


@pytest.fixture
def planned(case_at) -> Driven:
    return case_at(Stage.EMBEDDING, two_planned)


def complete(case: Driven, *numbers: int, when: str = WHEN) -> Driven:
    """Have the hospital complete these actions."""
    for number in numbers:
        case.do(action_progress.update_action, say.update_action(number), AGENCY, when)
    return case


def audit(case: Driven, command, when: str = WHEN) -> None:
    case.do(audits.record_audit, command, MANAGER, when)


def todos(case: Driven) -> set[str]:
    return {one.todo.value for one in case.turns()}


def must_refuse_close(case: Driven, because: str) -> None:
    with pytest.raises(RuleBroken, match=because):
        case.do(closing.close, say.close(), PARTNER, LATER)


def test_a_plan_of_any_number_of_actions_is_put_and_each_runs(case_at):
    """Doc 18: each action has its owner's post and agency, and a clock."""
    case = case_at(Stage.EMBEDDING)
    case.agree_on(say.propose_plan(*[case.agency()] * 15), WHEN)
    assert case.actions() == ["OPEN"] * 15
    assert case.due("K14", "15") == "2026-12-01"


def test_each_open_action_is_rated_at_a_review_and_the_next_one_is_set(planned, left_by):
    """EMB-04: the group is asked again by the day that the review set; the plan says it."""
    complete(planned, 2)
    said = review_plan(1, next_on="2027-01-11")
    left = left_by(planned, plan_review.review_plan, said, who=CHAIR, when=WHEN)
    assert left == Traces(
        entries=["plan_reviewed"],
        opened=["review_plan | review_group_chair | 2027-01-11"],
        closed=["review_plan | review_group_chair"],
        ordered=["embed | action_plan | v3"],
    )
    (turn,) = (one for one in planned.turns() if one.todo == "review_plan")
    assert str(turn.last_day) == "2027-01-11"
    complete(planned, 1)
    assert "review_plan" not in todos(planned)


@pytest.mark.parametrize(
    ("but", "field"),
    [
        ({"ratings": (rated(1),)}, "ratings"),
        ({"ratings": (rated(1), rated(1))}, "ratings"),
        ({"ratings": (rated(1), rated(2), rated(3))}, "ratings"),
        ({"reviewed_on": "2026-09-02"}, "reviewed_on"),
        ({"next_on": WHEN}, "next_on"),
    ],
)
def test_a_review_that_leaves_out_an_open_action_or_names_no_day_is_refused(planned, but, field):
    """EMB-04: each action that is open is rated once, and the plan is reviewed again."""
    with pytest.raises(AnswerRefused) as refused:
        planned.do(plan_review.review_plan, review_plan(1, 2, **but), CHAIR, WHEN)
    assert refused.value.field == field


def test_an_audit_that_is_asked_for_holds_the_signing_and_the_close_back(planned, left_by):
    """G11, EMB-06: the case is not closed while an action that needs an audit has none."""
    asked = left_by(planned, audits.ask_for_audit, ask_for_audit(), who=PARTNER, when=WHEN)
    assert asked == Traces(entries=["audit_asked"])
    complete(planned, 1, 2)
    assert todos(planned) == {"audit_action"}
    with pytest.raises(RuleBroken, match="G11"):
        planned.do(sign_off.sign_plan, say.sign(round=2), planned.world.ours.actor(PARTNER), WHEN)
    must_refuse_close(planned, "The audit of these actions comes first")
    left = left_by(planned, audits.record_audit, record_audit(), who=MANAGER, when=WHEN)
    assert left == Traces(
        entries=["action_audited"],
        opened=turns("sign_plan", *EACH_SEAT),
        closed=["audit_action | business_manager"],
        ordered=["embed | action_plan | v3", "embed | audit_report | v1"],
        emails=emails("sign_off_needed", *PARTNERS),
    )
    planned.sign(sign_off.sign_plan, WHEN).close(LATER)
    assert planned.stage() is Stage.CLOSED


def test_what_does_not_last_is_open_again_and_audited_again(planned):
    """EMB-09: its owner does it again by the day that the audit names; then it is audited anew."""
    complete(planned, 1, 2)
    audit(planned, not_sustained(1))
    assert planned.actions() == ["OPEN", "COMPLETE"]
    assert planned.due("K14", "1") == "2026-12-01"
    assert todos(planned) == {"update_actions", "review_plan"}
    must_refuse_close(planned, "Every action is completed")
    complete(planned, 1)
    assert todos(planned) == {"audit_action"}
    must_refuse_close(planned, "audit")
    audit(planned, record_audit(1))
    planned.sign(sign_off.sign_plan, WHEN).close(LATER)


def test_after_the_partners_signed_an_audit_that_fails_takes_their_decision_back(planned):
    """G11, EMB-05: no one partner closes on signatures that were given before it."""
    complete(planned, 1, 2).sign(sign_off.sign_plan, WHEN)
    assert todos(planned) == {"close", "see_practice"}
    audit(planned, not_sustained(2))
    complete(planned, 2)
    audit(planned, record_audit(2))
    assert todos(planned) == {"sign_plan"}
    must_refuse_close(planned, "decide to close")
    planned.sign(sign_off.sign_plan, WHEN).close(LATER)


def test_a_recheck_is_asked_for_by_its_day_and_the_close_waits_for_it(planned):
    """EMB-09: in 3, 6 or 12 months from the audit, or it is said why not."""
    complete(planned, 1, 2)
    audit(planned, record_audit(1, recheck="after_6_months", no_recheck=None))
    (turn,) = planned.turns()
    assert (turn.todo, turn.subject, str(turn.last_day)) == ("audit_action", "1", "2027-03-01")
    must_refuse_close(planned, "audit of these actions comes first.*: 1")
    audit(planned, record_audit(1, audited_on="2027-03-01"), "2027-03-01")
    assert todos(planned) == {"sign_plan"}


def test_where_the_partners_accept_the_risk_no_audit_is_owed(planned):
    """G11: what was not done has no effect to audit."""
    complete(planned, 1, 2)
    audit(planned, not_sustained(1))
    accepted = say.update_action(1, progress=Progress.RISK_ACCEPTED)
    planned.do(action_progress.update_action, accepted, MANAGER, WHEN)
    assert todos(planned) == {"sign_plan"}


def test_an_action_opened_again_after_its_audit_is_audited_again(planned):
    """EMB-09: an audit tells of the effect of what was done before it."""
    complete(planned, 1, 2)
    audit(planned, record_audit(1))
    for progress in (Progress.OPEN, Progress.COMPLETE):
        said = say.update_action(1, progress=progress)
        planned.do(action_progress.update_action, said, AGENCY, WHEN)
    assert todos(planned) == {"audit_action"}


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (record_audit(1, audited_on="2026-08-31"), "audited_on"),
        (record_audit(1, audited_on="2026-09-02"), "audited_on"),
        (record_audit(1, audited_on=None), "audited_on"),
        (record_audit(1, auditors=None), "auditors"),
        (record_audit(1, sample=None), "sample"),
        (not_carried_out(1), "finding"),
        (record_audit(1, recheck=None), "recheck"),
        (record_audit(1, no_recheck=None), "no_recheck"),
        (not_sustained(1, again_by=None), "again_by"),
        (not_sustained(1, again_by="2026-08-31"), "again_by"),
    ],
)
def test_an_audit_says_when_it_was_and_what_follows(planned, command, field):
    """EMB-09: it is of what was completed before, and leaves open nothing that follows."""
    complete(planned, 1)
    with pytest.raises(AnswerRefused) as refused:
        audit(planned, command)
    assert refused.value.field == field


def test_an_audit_is_of_a_completed_action_of_the_plan(planned):
    with pytest.raises(StepNotOpen, match="once the action is completed"):
        audit(planned, record_audit(1))
    with pytest.raises(NotFound, match="no action with that number"):
        audit(planned, record_audit(3))
    asked = ask_for_audit(by_when="2026-08-31")
    with pytest.raises(AnswerRefused, match="not in the past"):
        planned.do(audits.ask_for_audit, asked, CHAIR, WHEN)


def test_further_actions_may_be_put_while_an_audit_is_awaited(planned):
    complete(planned, 1, 2)
    planned.do(audits.ask_for_audit, ask_for_audit(), CHAIR, WHEN)
    planned.do(action_plan.propose_plan, say.propose_plan(planned.agency()), CHAIR, WHEN)
    audit(planned, record_audit(1))
    assert "sign_plan" not in todos(planned)


def test_no_audit_is_asked_of_an_action_whose_risk_is_accepted(planned):
    """G11: what was not done has no effect to audit, so nothing holds the signing back."""
    complete(planned, 1)
    accepted = say.update_action(2, progress=Progress.RISK_ACCEPTED)
    planned.do(action_progress.update_action, accepted, MANAGER, WHEN)
    with pytest.raises(AnswerRefused, match="risk is accepted"):
        planned.do(audits.ask_for_audit, ask_for_audit(2), PARTNER, WHEN)
    assert todos(planned) == {"sign_plan"}


def test_evidence_added_after_an_audit_was_carried_out_does_not_make_its_day_too_early(planned):
    """EMB-09: the action has been completed since before it; done again, it counts from then."""
    complete(planned, 1, 2)
    complete(planned, 1, when="2026-09-20")
    audit(planned, not_sustained(1, audited_on="2026-09-10"), "2026-09-21")
    complete(planned, 1, when="2026-09-25")
    with pytest.raises(AnswerRefused, match="since it was completed"):
        audit(planned, record_audit(1, audited_on="2026-09-21"), "2026-09-26")


def test_the_owner_of_an_action_reads_beside_its_form_why_it_is_done_again_and_by_when(case_at):
    """EMB-09: what the audit found and the new day; another agency reads nothing of it."""
    case = case_at(Stage.EMBEDDING)
    case.agree_on(say.propose_plan(case.agency(HOSPITAL), case.agency(SCHOOL)), WHEN)
    complete(case, 1)
    audit(case, not_sustained(1, found="Half of the records."))

    def beside(who: Role, agency: str | None = None) -> str:
        with case.world.act(who, WHEN, agency=agency) as work:
            told = said_before(work, action_progress.UPDATE_ACTION, case.row())
        return " ".join(one.text for each in told for one in each.said)

    for words in (beside(AGENCY, HOSPITAL), beside(MANAGER)):
        assert "Half of the records." in words
        assert "1 December 2026" in words
    assert beside(AGENCY, SCHOOL) == ""
    complete(case, 1)
    assert beside(AGENCY, HOSPITAL) == ""


def test_an_audit_asked_in_error_is_recorded_as_not_carried_out_and_the_partners_sign(planned):
    """G11, EMB-06: it is owed no more; the reason stands in the plan."""
    complete(planned, 1, 2)
    planned.do(audits.ask_for_audit, ask_for_audit(), PARTNER, WHEN)
    assert todos(planned) == {"audit_action"}
    with pytest.raises(AnswerRefused, match="Leave this empty"):
        audit(planned, not_carried_out(audited_on=WHEN))
    audit(planned, not_carried_out(found="Asked of the wrong action."))
    assert todos(planned) == {"sign_plan"}
    newest = papers(planned, "action_plan")[-1]
    rows = [row for one in newest.sections if one.table for row in one.table.rows]
    assert any("Asked of the wrong action." in row for row in rows)
    planned.sign(sign_off.sign_plan, WHEN).close(LATER)


def test_what_is_not_carried_out_takes_no_promised_recheck_away(planned):
    """EMB-09: only the audit that was asked for is owed no more."""
    complete(planned, 1, 2)
    audit(planned, record_audit(1, recheck="after_6_months", no_recheck=None))
    planned.do(audits.ask_for_audit, ask_for_audit(), PARTNER, WHEN)
    audit(planned, not_carried_out())
    (turn,) = planned.turns()
    assert (turn.todo, str(turn.last_day)) == ("audit_action", "2027-03-01")
