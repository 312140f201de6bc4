"""Where a disagreement ends otherwise than by the partners: nobody is asked what cannot be done."""

from dataclasses import replace
from datetime import date

import pytest

from services.casework.steps import reopening
from services.casework.steps.notification import notification
from services.casework.steps.notification.notification_withdrawn import record_withdrawal
from services.casework.steps.rapid_review import record_writing
from services.casework.steps.rapid_review.supplement import supplement_review
from services.casework.steps.referral import referral_from_log
from services.casework.steps.review_request import request_consideration
from services.casework.steps.sign_off import dialogue, replacement, sign_off
from services.database.cases import get_case
from services.database.decisions import signed_on_case
from services.database.outbox import case_emails
from services.domain.delegation import is_named_in
from services.domain.dissent import DialogueResult
from services.domain.emails import EmailTrigger
from services.domain.errors import AnswerRefused, CaseworkError, RuleBroken, StepNotOpen
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position, SignOffMatter
from services.domain.todos import ON_DISSENT, Todo
from services.domain.workflow import Outcome, Stage
from tests import factories as say
from tests import panel_factories
from tests.death_factories import record_withdrawal as withdrawn
from tests.dissent_factories import NO, given_by, record_dialogue, replace_position, unresolved
from tests.driven import Driven
from tests.holidays import platform_of
from tests.joint_stages import join_a_review
from tests.kept import nothing_changes
from tests.policy_factories import FOLLOWS_PANEL
from tests.put_terms import put_terms
from tests.reached import decision_put, reach
from tests.world import World, make_world

__all__ = ["platform_of"]
MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
LA, POLICE, ICB = Seat.LOCAL_AUTHORITY, Seat.POLICE, Seat.INTEGRATED_CARE_BOARD
WHEN = "2026-01-05"


@pytest.fixture
def put(case_at) -> Driven:
    return case_at(Stage.RAPID_REVIEW, decision_put)


def asked(case: Driven) -> list[tuple[Todo, str, date | None]]:
    return [(one.todo, one.subject, one.last_day) for one in case.turns() if one.todo in ON_DISSENT]


def disagree(case: Driven, seat: Seat = POLICE, when: str = WHEN, act=sign_off.sign_rapid_review):
    case.sign(act, when, seat, **NO)


def speak(case: Driven, when: str = WHEN, **said: object) -> None:
    case.do(dialogue.record_dialogue, record_dialogue(**{"held_on": when} | said), CHAIR, when)


def replaced(case: Driven, seat: Seat = POLICE, when: str = WHEN, **said: object) -> None:
    command = replace_position(given_by(case, seat), **said)
    case.do(replacement.replace_position, command, MANAGER, when)


def told(case: Driven, address: str = "review.group.chair") -> int:
    """Return how many emails told the chair of our group of a disagreement."""
    with case.world.act(MANAGER) as work:
        found = case_emails(work.session, case.case_id)
        events = [one for one in found if one.event is EmailTrigger.DISAGREEMENT_TOLD]
        return sum(one.address.startswith(address) for one in events)


def test_a_lead_reviewer_replaces_no_position_on_their_own_report(case_at, admin_of):
    """Whoever wrote the report decides on it in no seat, by no way, and records it for no lead."""
    case = case_at(Stage.LOCAL_REVIEW).report().draft()
    reviewer, when = case.world.ours.actor(Role.LEAD_REVIEWER), "2026-06-01"
    disagree(case, POLICE, when, sign_off.sign_report)
    speak(case, when, matter=SignOffMatter.REPORT)
    with case.world.act(MANAGER) as work:
        found = signed_on_case(work.session, case.case_id, SignOffMatter.REPORT)
        (no,) = [one.id for one in found if one.position is Position.DISAGREES]
    partner = replace(reviewer, role=Role.SAFEGUARDING_PARTNER, seat=POLICE)
    manager = replace(reviewer, role=MANAGER)
    with nothing_changes(admin_of(case), case.world):
        for who in (partner, manager):
            with pytest.raises(RuleBroken, match="their own report"):
                case.do(replacement.replace_position, replace_position(no), who, when)
        named = replace_position(no, named_lead="Example lead.reviewer, chief constable")
        with pytest.raises(AnswerRefused, match="their own report"):
            case.do(replacement.replace_position, named, MANAGER, when)


def test_a_request_that_is_referred_on_leaves_no_disagreement_to_resolve(case_at):
    case = case_at(Stage.REQUESTED)
    case.do(request_consideration.consider_request, say.consider_request(), CHAIR, "2025-12-15")
    disagree(case, POLICE, "2025-12-15", sign_off.sign_request)
    assert [one[0] for one in asked(case)] == [Todo.RESOLVE_DISAGREEMENT]
    case.do(referral_from_log.refer_on, say.refer_on(), MANAGER, "2025-12-16")
    assert asked(case) == []
    with case.world.act(MANAGER, "2025-12-16") as work:
        assert not dialogue.is_disputed(work, get_case(work.session, case.case_id))


def test_terms_of_a_review_that_is_given_up_leave_no_disagreement_to_resolve(case_at):
    """RR-36: later information reopens the decision, and no local review follows from it."""
    case = case_at(Stage.COMMISSIONING)
    put_terms(case, "2026-01-20")
    disagree(case, POLICE, "2026-01-20", sign_off.sign_terms)
    assert [one[1] for one in asked(case)] == ["terms_of_reference"]
    case.do(supplement_review, panel_factories.supplement_review(), CHAIR, "2026-01-21")
    case.propose(Outcome.NO_FURTHER_REVIEW, "2026-01-22")
    case.sign(sign_off.sign_rapid_review, "2026-01-22")
    assert case.stage() is not Stage.COMMISSIONING
    assert asked(case) == []


@pytest.mark.parametrize("is_spoken_about", [False, True])
def test_rr_30_words_that_changed_or_were_reopened_are_put_again_before_they_are_resolved(
    put, is_spoken_about
):
    """RR-30: the words that a partner disagreed with stand no longer, until the next round."""
    disagree(put)
    if is_spoken_about:
        speak(put)
    put.do(record_writing.write_record, say.write_record(), CHAIR, WHEN)
    assert asked(put) == []
    with pytest.raises(AnswerRefused, match="No partner disagrees"):
        speak(put)


def test_rr_36_a_decision_that_is_reopened_leaves_no_disagreement_to_resolve(case_at):
    case = case_at(Stage.WITH_PANEL)
    case.do(supplement_review, panel_factories.supplement_review(), CHAIR, "2026-01-15")
    case.propose(Outcome.NO_FURTHER_REVIEW, "2026-01-16")
    disagree(case, POLICE, "2026-01-16")
    assert len(asked(case)) == 1
    case.do(supplement_review, panel_factories.supplement_review(), CHAIR, "2026-01-19")
    assert asked(case) == []
    with pytest.raises(AnswerRefused, match="No partner disagrees"):
        speak(case, "2026-01-19")


def following(world: World) -> Driven:
    return reach(make_world(world.engine, FOLLOWS_PANEL), Stage.RAPID_REVIEW).meet().propose()


def test_a_notification_that_is_withdrawn_leaves_no_disagreement_and_none_comes_back(ready_by):
    """RR-01, GOV-11: what was said of the review that ended counts for no review that follows."""
    case = ready_by(following)
    unresolved(case)
    assert [one[0] for one in asked(case)] == [Todo.HEAR_NAMED_LEADS]
    case.do(record_withdrawal, withdrawn(), Role.NOTIFIER, "2026-01-06")
    assert asked(case) == []
    before = told(case)
    case.do(reopening.reopen, say.reopen(), MANAGER, "2026-01-07")
    case.decide("2026-01-07 12:00")
    again = say.record_notification(sent_at="2026-01-07 14:00", late_reason="It was withdrawn.")
    case.do(notification.record_notification, again, Role.NOTIFIER, "2026-01-07 14:00")
    assert case.stage() is Stage.RAPID_REVIEW
    with pytest.raises(AnswerRefused, match="No partner disagrees"):
        speak(case, "2026-01-08")
    with pytest.raises(CaseworkError, match="put to the partners again first"):
        replaced(case, when="2026-01-08")
    assert told(case) == before


def test_a_case_that_joins_leaves_its_own_disagreement_to_what_the_lead_puts(put):
    """RR-29: the lead's case has the dialogue, on the round that the lead puts."""
    unresolved(put)
    join_a_review(put.world, put.case_id)
    assert put.stage() is Stage.JOINT_REVIEW
    assert asked(put) == []


def test_gov_11_a_dialogue_before_a_disagreement_is_no_dialogue_about_it(put, admin_of):
    """GOV-11: every disagreement that stands is spoken about before a lead takes its place."""
    disagree(put, POLICE, "2026-01-05")
    disagree(put, LA, "2026-01-07")
    with (
        nothing_changes(admin_of(put), put.world),
        pytest.raises(AnswerRefused, match="from the newest disagreement"),
    ):
        speak(put, "2026-01-08", held_on="2026-01-06")
    speak(put, "2026-01-08", held_on="2026-01-07")
    assert [one[0] for one in asked(put)] == [Todo.HEAR_NAMED_LEADS]


def test_once_nobody_disagrees_nothing_is_put_to_the_leads_although_a_seat_is_silent(put):
    """GOV-11: the seat that has not signed is still asked; there is nothing to replace."""
    disagree(put)
    speak(put)
    replaced(put)
    assert asked(put) == []
    assert put.row().decided_on is None
    with pytest.raises(StepNotOpen, match="No partner disagrees any more"):
        replaced(put)


def test_gov_11_each_disagreement_is_told_and_each_dialogue_that_did_not_resolve_it(put):
    """GOV-11: a step that is opened again is told again, by a lead or by another seat."""
    disagree(put)
    assert told(put) == 1
    speak(put)
    assert told(put) == 2
    replaced(put, **NO)
    assert told(put) == 3
    speak(put)
    assert told(put) == 4
    disagree(put, LA)
    assert told(put) == 5
    speak(put, result=DialogueResult.NEW_VERSION)
    assert told(put) == 5


def test_what_waits_for_a_disagreement_follows_the_day_of_what_waits(put, platform_of):
    """RR-37: a bank holiday moves K10, and with it the day before it and the leads' last day."""
    platform = platform_of(put.world)

    def moved(day: date, **change: str) -> list[tuple[Todo, str, date | None]]:
        platform.change(**change)
        platform.recount("2026-01-06")
        assert put.due("K10") == day.isoformat()
        return asked(put)

    eighth, ninth = date(2026, 1, 8), date(2026, 1, 9)
    disagree(put, POLICE, "2026-01-06")
    resolve = (Todo.RESOLVE_DISAGREEMENT, "rapid_review")
    assert asked(put) == [(*resolve, date(2026, 1, 7))]
    assert moved(ninth, held="2026-01-07") == [(*resolve, eighth)]
    assert moved(eighth, struck_out="2026-01-07") == [(*resolve, date(2026, 1, 7))]
    speak(put, "2026-01-06")
    leads = (Todo.HEAR_NAMED_LEADS, "rapid_review")
    assert asked(put) == [(*leads, eighth)]
    assert moved(ninth, held="2026-01-07") == [(*leads, ninth)]
    assert moved(eighth, struck_out="2026-01-07") == [(*leads, eighth)]


@pytest.mark.parametrize(
    ("words", "is_named"),
    [
        ("Ann Lee, chief officer", True),
        ("the chief officer, ann  lee", True),
        ("Joann Leeson", False),
        ("Ann Lee-Smith, chief officer", False),
        ("Ann Lee's deputy", False),
        ("", False),
    ],
)
def test_gov_12_somebody_is_named_by_whole_words(words, is_named):
    """GOV-12: the register names the lead by name, and not somebody whose name holds it."""
    assert is_named_in("Ann Lee", words) is is_named
    assert not is_named_in("", words)
