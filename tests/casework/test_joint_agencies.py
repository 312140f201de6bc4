"""In a joint review each partnership asks its own agencies for returns and reports (rules.md 4)."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from services.casework.act import Act
from services.casework.steps import declaration
from services.casework.steps.local_review.agency_report_judgement import (
    ACCEPT_REPORT,
    RETURN_REPORT,
)
from services.casework.steps.local_review.agency_reports import REQUEST_REPORTS, SUBMIT_REPORT
from services.casework.steps.local_review.draft_report import SUBMIT_DRAFT
from services.casework.steps.rapid_review import rapid_review, submission
from services.casework.steps.scoping import (
    return_confirmation,
    return_entered,
    scoping_returns,
)
from services.casework.steps.scoping.scoping import REQUEST_RETURNS
from services.casework.steps.sign_off import sign_off
from services.database.agency_requests import requests
from services.database.decisions import declaration as declared
from services.database.history import Entry, all_of
from services.database.shown import shown
from services.domain.agency_requests import Answered, Asked
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken, StepNotOpen
from services.domain.joint_changes import JointChange
from services.domain.joint_reviews import JointAnswer, JointPart
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Outcome, Stage
from services.web.view_models.todos import also_open, of_case
from tests import factories as say
from tests.driven import ASKED
from tests.joint import over_there
from tests.joint_changes import Changing
from tests.joint_publishing import (
    MANAGER,
    OPENED,
    Publishing,
    consulted,
    contributing,
    deciding,
)
from tests.listed import answered, listed
from tests.world import HOSPITAL, PROBATION, SCHOOL

CHAIR, AGENCY = Role.REVIEW_GROUP_CHAIR, Role.AGENCY_LEAD
REPORTED = "2026-03-02 10:00"


class Asking(Publishing, Changing):
    """A joint review whose partnerships ask their own agencies."""

    def ask_theirs(self, *names: str) -> None:
        """Have their manager ask their own agencies for reports."""
        chosen = [self.theirs.agency(one) for one in names or ASKED]
        command = say.request_reports(*chosen, due="2026-03-02")
        self.over_there(REQUEST_REPORTS, command, self.when)

    def agency_there(self, act: Act, command: Any, name: str = HOSPITAL) -> None:
        """Do an act over there as one of their agencies."""
        who = self.theirs.actor(AGENCY, agency=name)
        with self.world.act(who, self.when) as work:
            if declared(work.session, self.theirs_case, who.person_id) is None:
                declaration.declare(work, self.theirs_case, say.declare())
            act.perform(work, self.theirs_case, command)
        self.at(self.when)

    def judge_theirs(self, act: Act, command: Any) -> None:
        """Judge a report over there, as their chair."""
        self.do_theirs(act, self.theirs_case, command, CHAIR)
        self.at(self.when)

    def answered(self) -> list[Answered]:
        """Return how far the reports have come that are asked for over there."""
        with self.world.act(self.theirs.actor(MANAGER), self.when) as work:
            return [one.answered for one in requests(work.session, self.theirs_case, Asked.REPORT)]

    def offered(self, role: Role) -> set[str]:
        """Return what their person may do besides what is asked, as the case's page lists it."""
        with self.world.act(self.theirs.actor(role), self.when) as work:
            case = self.their_case(self.theirs_case)
            return {one.act.name for one in also_open(work, case, of_case(work, case))}


@pytest.fixture
def asking(ready_by) -> Asking:
    return ready_by(Asking)


@pytest.fixture
def opened(ready_by) -> Asking:
    """Its local review is open; their part is to contribute."""
    return opened_where(ready_by, contributing)


def opened_where(ready_by, they: Callable[[Publishing], object]) -> Asking:
    """Return a joint review that they joined so, whose local review is open."""
    sent = (Publishing, they, Publishing.sent_to_panel)
    return Asking.of(ready_by(*sent, Publishing.opened_locally))


def test_when_the_local_review_opens_the_joining_side_is_asked_for_its_own_agencies(opened):
    (asked,) = [one for one in opened.own.turns() if one.todo is Todo.REQUEST_REPORTS]
    assert str(asked.last_day) == opened.driven.due("K11")
    with opened.world.act(opened.theirs.actor(MANAGER), opened.when) as work:
        (told,) = all_of(work.session, opened.theirs_case, EntryType.REVIEW_OPENED_BY_LEAD)
        assert told.command["partnership"] == opened.lead_name(work)


def test_its_agencies_report_are_returned_and_accepted_on_its_own_case(opened):
    opened.ask_theirs()
    assert Todo.REQUEST_REPORTS not in opened.todos(opened.own)
    opened.when = REPORTED
    opened.agency_there(SUBMIT_REPORT, say.submit_report())
    (judge,) = [one for one in opened.own.turns() if one.todo is Todo.JUDGE_REPORT]
    assert judge.role is CHAIR, "it has no reviewer of its own"
    opened.judge_theirs(RETURN_REPORT, say.return_report(opened.theirs.agency()))
    opened.agency_there(SUBMIT_REPORT, say.submit_report())
    opened.judge_theirs(ACCEPT_REPORT, say.accept_report(opened.theirs.agency()))
    assert set(opened.answered()) == {Answered.ACCEPTED, Answered.ASKED}
    assert opened.papers("agency_report"), "the papers are made in its own name"


@pytest.mark.whole
def test_what_they_report_is_read_by_the_lead_where_it_is_granted(opened):
    opened.ask_theirs()
    opened.agency_there(SUBMIT_REPORT, say.submit_report(analysis="Seen too late."))
    question = select(Entry).where(Entry.entry_type == EntryType.REPORT_SUBMITTED)
    with opened.world.act(MANAGER, opened.when) as work:
        assert work.session.exec(shown(question)).all() == []
    opened.shared_back()
    with opened.world.act(MANAGER, opened.when) as work:
        (read,) = work.session.exec(shown(question)).all()
        assert read.command["analysis"] == "Seen too late."


@pytest.mark.whole
def test_the_lead_drafts_once_its_own_agencies_reports_are_settled(opened):
    opened.ask_theirs()
    opened.driven.report()
    opened.driven.do(
        SUBMIT_DRAFT.perform,
        say.submit_draft(),
        Role.LEAD_REVIEWER,
        "2026-05-01",
    )
    assert opened.answered() == [Answered.ASKED, Answered.ASKED]
    assert opened.driven.row().report_version == 1


@pytest.mark.whole
def test_reports_are_asked_for_once_the_local_review_is_open(ready_by):
    asking = Asking.of(ready_by(Publishing, contributing, Publishing.sent_to_panel))
    asking.driven.answer()
    with pytest.raises(StepNotOpen, match="not open yet"):
        asking.ask_theirs()
    assert "request_reports" not in asking.offered(MANAGER)


def test_a_partnership_that_is_consulted_asks_no_agency(ready_by):
    asking = opened_where(ready_by, consulted)
    assert Todo.REQUEST_REPORTS not in asking.todos(asking.own)
    returns = say.request_returns(asking.theirs.agency())
    for ask in (asking.ask_theirs, lambda: asking.over_there(REQUEST_RETURNS, returns, OPENED)):
        with pytest.raises(RuleBroken, match="asks no agency"):
            ask()
    assert not asking.offered(MANAGER) & {"request_reports", "request_returns"}


def test_a_consulted_partnerships_own_case_is_asked_for_no_returns_any_more(asking):
    own = over_there(asking).decide().notify()
    case_id = asking.invited(JointPart.CONSULTED)
    asking.answer(case_id, JointAnswer.ACCEPTED, own_case=own.row().reference)
    assert Todo.REQUEST_RETURNS not in {one.todo for one in own.turns()}
    assert own.clock("K5")["ended_on"] or own.clock("K5")["due"] < asking.when[:10]


def agree_on(asking: Asking, **change: Any) -> None:
    asking.propose_change(**change)
    asking.answer_change()
    asking.at(asking.when)


@pytest.mark.whole
def test_with_a_contributing_part_it_is_asked_as_well_and_without_it_no_more(ready_by):
    asking = opened_where(ready_by, consulted)
    agree_on(asking, change=JointChange.OTHER_PART, part=JointPart.CONTRIBUTING)
    assert Todo.REQUEST_REPORTS in asking.todos(asking.own)
    agree_on(asking, change=JointChange.OTHER_PART, part=JointPart.CONSULTED)
    assert Todo.REQUEST_REPORTS not in asking.todos(asking.own)


@pytest.mark.whole
def test_an_address_that_waits_is_answered_only_while_the_partnership_asks_agencies(opened):
    """RR-29: who is consulted asks no agency; with a contributing part the chair is asked again."""
    own, agency = opened.own, listed(opened.own, opened.when)
    agree_on(opened, change=JointChange.OTHER_PART, part=JointPart.CONSULTED)
    with pytest.raises(RuleBroken, match="asks no agency"):
        answered(own, agency, opened.when)
    assert Todo.ANSWER_LISTED_ADDRESS not in opened.todos(own)
    agree_on(opened, change=JointChange.OTHER_PART, part=JointPart.CONTRIBUTING)
    assert Todo.ANSWER_LISTED_ADDRESS in opened.todos(own)
    answered(own, agency, opened.when)


@pytest.mark.whole
def test_after_a_change_of_lead_the_former_leads_agencies_answer_and_it_judges(ready_by):
    asking = opened_where(ready_by, deciding)
    asked = say.request_reports(*map(asking.driven.agency, ASKED), due="2026-03-02")
    asking.do(REQUEST_REPORTS, asked, MANAGER, OPENED)
    asking.shared_back()
    asking.change_lead()
    assert asking.driven.stage() is Stage.JOINT_REVIEW
    reviewer = asking.world.ours.actor(Role.LEAD_REVIEWER)
    asking.driven.do(SUBMIT_REPORT.perform, say.submit_report(), AGENCY, REPORTED)
    back = say.return_report(asking.driven.agency())
    asking.driven.do(RETURN_REPORT.perform, back, reviewer, REPORTED)
    asking.driven.do(SUBMIT_REPORT.perform, say.submit_report(), AGENCY, REPORTED)
    accepted = say.accept_report(asking.driven.agency())
    asking.driven.do(ACCEPT_REPORT.perform, accepted, reviewer, REPORTED)
    assert Todo.REQUEST_REPORTS in asking.todos(asking.own), "the new lead asks its own"


@pytest.mark.whole
def test_a_new_lead_that_has_asked_its_agencies_is_not_asked_to_again(ready_by):
    asking = opened_where(ready_by, deciding)
    asking.ask_theirs()
    asking.shared_back()
    asking.change_lead()
    assert Todo.REQUEST_REPORTS not in asking.todos(asking.own)
    assert Todo.REQUEST_REPORTS in asking.todos(asking.driven), "the former lead asks its own"


@pytest.mark.whole
def test_what_agencies_were_asked_they_answer_when_the_joint_part_has_ended(world):
    asking = Asking(world)
    asking.begun(JointPart.CONTRIBUTING)
    returns = say.request_returns(*map(asking.theirs.agency, (*ASKED, PROBATION)))
    asking.over_there(REQUEST_RETURNS, returns, "2026-01-05 10:30")
    rang = say.enter_return(asking.theirs.agency(PROBATION), received_at="2026-01-05 10:32")
    asking.over_there(return_entered.ENTER_RETURN, rang, "2026-01-05 10:35")
    asking.driven.do(
        rapid_review.propose_decision,
        say.propose_decision(Outcome.NO_FURTHER_REVIEW),
        CHAIR,
        "2026-01-05 10:40",
    )
    asking.both(sign_off.SIGN_RAPID_REVIEW, "2026-01-05 11:00")
    asking.do(submission.SUBMIT, say.submit(), MANAGER, "2026-01-07 11:00")
    asking.driven.answer()
    asking.at("2026-01-20 10:00")
    assert asking.own.stage() is Stage.EMBEDDING
    assert Todo.SUBMIT_RETURN in asking.todos(asking.own)
    asking.agency_there(scoping_returns.SUBMIT_RETURN, say.submit_return())
    excused = say.excuse_return(asking.theirs.agency(SCHOOL))
    asking.do_theirs(scoping_returns.EXCUSE_RETURN, asking.theirs_case, excused, MANAGER)
    assert Todo.SUBMIT_RETURN not in asking.todos(asking.own)
    assert asking.offered(MANAGER) & {"chase", "excuse_return"} == {"chase"}
    assert Todo.CONFIRM_RETURN in asking.todos(asking.own), "what it said waits for it (RR-41)"
    asking.agency_there(return_confirmation.CONFIRM_RETURN, say.confirm_return(), PROBATION)
    assert not asking.offered(MANAGER) & {"chase", "excuse_return"}, "nothing is owed any more"
