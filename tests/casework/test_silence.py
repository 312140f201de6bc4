"""An agency that does not answer: up the ladder step by step, or more time, until it answers."""

import pytest

from services.casework.steps.local_review import agency_report_judgement, agency_reports
from services.casework.steps.scoping import extension, scoping, scoping_returns, silence
from services.domain.agency_requests import Asked
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.errors import AnswerRefused, NotFound, NotPermitted
from services.domain.escalation import Rung
from services.domain.roles import Role
from services.domain.workflow import Stage, Step
from services.web.view_models.said_before import said_before
from tests import factories as say
from tests import silence_factories as on_silence
from tests.desk import Desk
from tests.directory import contacted, placed
from tests.driven import Driven
from tests.silent import (
    CHAIR,
    MANAGER,
    PARTNER,
    climb,
    emails_on,
    request_of,
    round_on,
    told,
    turns,
)
from tests.world import HOSPITAL, SCHOOL

DUE = "2025-12-22"  # asked on Monday 15 December, five working days


@pytest.fixture
def asked(case_at) -> Driven:
    """The school is asked for its scoping return on Monday 15 December 2025."""
    case = case_at(Stage.TO_BE_NOTIFIED, Driven.notify)
    command = say.request_returns(case.agency(SCHOOL))
    case.do(scoping.request_returns, command, MANAGER, "2025-12-15")
    return case


def test_an_unanswered_return_goes_up_the_ladder_each_step_asked_for_on_its_day(asked):
    """INF-06: the review group, the agency's strategic lead, the partners, formal action."""
    assert round_on(asked, DUE) == []
    assert round_on(asked, "2025-12-23") == [("refer_silence", "None")]
    climb(asked, ("2025-12-23", "2025-12-24"))
    assert turns(asked) == [("reach_strategic_lead", "2025-12-24")], "the group is asked at once"
    refused = on_silence.put_silence_to_partners(asked.agency(SCHOOL))
    with pytest.raises(AnswerRefused, match="taken up with its strategic lead"):
        asked.do(silence.put_silence_to_partners, refused, CHAIR, "2025-12-23")
    said = on_silence.reach_strategic_lead(asked.agency(SCHOOL), by_when="2025-12-29")
    asked.do(silence.reach_strategic_lead, said, CHAIR, "2025-12-23 15:00")
    assert round_on(asked, "2025-12-29") == [], "the agency has until the day agreed"
    assert round_on(asked, "2025-12-30") == [("put_silence_to_partners", "None")]
    said = on_silence.put_silence_to_partners(asked.agency(SCHOOL), by_when="2025-12-31")
    asked.do(silence.put_silence_to_partners, said, CHAIR, "2025-12-30")
    assert turns(asked) == [("act_formally", "2025-12-31")], "the partners are asked at once"
    said = on_silence.act_formally(asked.agency(SCHOOL), by_when="2026-01-05")
    asked.do(silence.act_formally, said, PARTNER, "2025-12-30 15:00")
    assert round_on(asked, "2026-01-05") == []
    assert round_on(asked, "2026-01-06") == [("act_formally", "None")], "it is not the end"
    assert request_of(asked).rung is Rung.FORMAL_ACTION


def test_who_takes_each_step_is_written_to_and_once_a_day_that_was_said(asked):
    """INF-06: the chair and the group, the agency and its lead; once for each day."""
    agency = OrganisationKind.RELEVANT_AGENCY
    place = placed(asked.world, name=SCHOOL, kind=agency, valid_from="2025-01-01")
    other = placed(asked.world, name=HOSPITAL, kind=agency, valid_from="2025-01-01")
    for one, holder in ((place, "lead@school.example"), (other, "lead@hospital.example")):
        contacted(
            asked.world,
            one,
            role=ContactRole.STRATEGIC_LEAD,
            address=holder,
            valid_from="2025-01-01",
            verified_on="2025-01-01",
        )
    climb(asked, ("2025-12-23", "2025-12-24"))
    assert told(asked, "silence_escalated") == [
        "review.group.chair 2025-12-24 reach_strategic_lead",
        "review.group.member - -",
    ]
    climb_one = on_silence.reach_strategic_lead(asked.agency(SCHOOL), by_when="2025-12-29")
    asked.do(silence.reach_strategic_lead, climb_one, CHAIR, "2025-12-24")
    assert told(asked, "formal_notice") == [
        "lead 2025-12-29 submit_return",
        "school.desk 2025-12-29 submit_return",
    ]
    assert {one.address for one in emails_on(asked)} >= {"lead@school.example"}
    assert "lead@hospital.example" not in {one.address for one in emails_on(asked)}
    for day in ("2025-12-30", "2025-12-31"):
        round_on(asked, day)
    assert told(asked, "silence_step_due") == [
        "review.group.chair 2025-12-29 put_silence_to_partners"
    ]


@pytest.mark.parametrize("rungs", [0, 1, 2, 3, 4])
def test_the_answer_ends_it_wherever_it_has_come(rungs, asked):
    """INF-06: nobody is asked about an agency any more that has answered, or is excused."""
    days = [(f"2025-12-{23 + one}", f"2025-12-{23 + one}") for one in range(rungs)]
    climb(asked, *days)
    assert round_on(asked, "2025-12-30")
    returned = say.submit_return()
    asked.do(scoping_returns.submit_return, returned, Role.AGENCY_LEAD, "2025-12-30", agency=SCHOOL)
    assert round_on(asked, "2026-01-20") == []
    assert request_of(asked).rung is None
    again = on_silence.refer_silence(asked.agency(SCHOOL))
    with pytest.raises(AnswerRefused, match="owes no scoping return"):
        asked.do(silence.refer_silence, again, MANAGER, "2026-01-20")


def test_an_agency_that_is_excused_is_asked_about_no_longer(asked):
    """RR-13, INF-06: why it is missing is on record; the ladder ends."""
    climb(asked, ("2025-12-23", "2025-12-24"))
    excused = say.excuse_return(asked.agency(SCHOOL))
    asked.do(scoping_returns.excuse_return, excused, MANAGER, "2025-12-24")
    assert round_on(asked, "2026-01-20") == []


def test_a_step_is_taken_by_the_person_whose_it_is_and_by_nobody_else(asked):
    """INF-06: the manager refers, the chair resolves, a partner acts formally."""
    said = on_silence.refer_silence(asked.agency(SCHOOL))
    for who in (CHAIR, PARTNER, Role.AGENCY_LEAD):
        with pytest.raises(NotPermitted):
            asked.do(silence.refer_silence, said, who, "2025-12-23")
    climb(asked, ("2025-12-23", "2025-12-24"))
    said = on_silence.reach_strategic_lead(asked.agency(SCHOOL))
    with pytest.raises(NotPermitted):
        asked.do(silence.reach_strategic_lead, said, MANAGER, "2025-12-24")
    early = on_silence.reach_strategic_lead(asked.agency(SCHOOL), by_when="2025-12-23")
    with pytest.raises(AnswerRefused, match="from today on"):
        asked.do(silence.reach_strategic_lead, early, CHAIR, "2025-12-24")


def test_a_report_that_does_not_come_goes_up_the_same_ladder(case_at):
    """INF-06: in the local review too, by its lead reviewer, and by no other lead reviewer."""
    case = case_at(Stage.LOCAL_REVIEW)
    asking = say.request_reports(case.agency(SCHOOL), due="2026-03-02")
    case.do(agency_reports.request_reports, asking, MANAGER, "2026-02-09")
    assert round_on(case, "2026-03-02") == []
    assert round_on(case, "2026-03-03") == [("refer_silence", "None")]
    said = on_silence.refer_silence(case.agency(SCHOOL), asked=Asked.REPORT, by_when="2026-03-06")
    with pytest.raises(NotFound):
        case.do(silence.refer_silence, said, case.world.ours.second_reviewer(), "2026-03-03")
    case.do(silence.refer_silence, said, Role.LEAD_REVIEWER, "2026-03-03")
    assert turns(case) == [("reach_strategic_lead", "2026-03-06")]
    sent = say.submit_report()
    case.do(agency_reports.submit_report, sent, Role.AGENCY_LEAD, "2026-03-05", agency=SCHOOL)
    assert round_on(case, "2026-03-09") == []
    back = say.return_report(case.agency(SCHOOL), by_when="2026-03-20")
    case.do(agency_report_judgement.return_report, back, Role.LEAD_REVIEWER, "2026-03-09")
    assert round_on(case, "2026-03-20") == [], "it has until the day that was said with it"
    assert round_on(case, "2026-03-23") == [("refer_silence", "None")]


def test_who_acts_formally_reads_the_steps_of_each_silence_that_lasts_and_of_no_other(case_at):
    """INF-06: neither what has ended, nor what was said of the return for what is said of a report.

    Each step up to the one before is shown, of the agency and of what it was asked for.
    """
    case = case_at(Stage.LOCAL_REVIEW)
    asking = say.request_reports(case.agency(SCHOOL), due="2026-03-02")
    case.do(agency_reports.request_reports, asking, MANAGER, "2026-02-09")
    three = [(f"2026-03-{day:02}", f"2026-03-{day + 1:02}") for day in (3, 4, 5)]
    climb(case, *three, kind=Asked.REPORT)
    assert shown_to_partner(case) == 3
    sent = say.submit_report()
    case.do(agency_reports.submit_report, sent, Role.AGENCY_LEAD, "2026-03-06", agency=SCHOOL)
    assert shown_to_partner(case) == 0, "it has answered"
    back = say.return_report(case.agency(SCHOOL), by_when="2026-03-20")
    case.do(agency_report_judgement.return_report, back, Role.LEAD_REVIEWER, "2026-03-09")
    assert shown_to_partner(case) == 0, "it owes an answer anew, and no step was taken yet"
    climb(case, ("2026-03-23", "2026-03-24"), kind=Asked.REPORT)
    assert shown_to_partner(case) == 1


def shown_to_partner(case: Driven) -> int:
    """Return how many steps are told on the page of formal action."""
    with case.world.act(PARTNER, "2026-03-23") as work:
        return len(said_before(work, silence.ACT_FORMALLY, case.row()))


def test_more_time_moves_the_agencys_own_day_and_keeps_the_first_one_in_sight(asked):
    """RR-40: a local clock; the reason is on record, and what was counted first stays."""
    k6 = (asked.agency(SCHOOL), "2025-12-29")
    said = on_silence.extend_day(k6[0], new_day=k6[1], reasons="The school is closed.")
    asked.do(extension.extend_day, said, MANAGER, "2025-12-19")
    clock, request = asked.clock("K6", str(k6[0])), request_of(asked)
    assert (clock["due"], clock["first_due"]) == ("2025-12-29", DUE)
    assert (str(request.due), str(request.first_due)) == ("2025-12-29", DUE)
    assert [str(one.last_day) for one in asked.turns() if one.todo.value == "submit_return"] == [
        "2025-12-29"
    ]
    assert told(asked, "answer_extended") == ["school.desk 2025-12-29 submit_return"]
    assert round_on(asked, "2025-12-29") == []
    assert round_on(asked, "2025-12-30") == [("refer_silence", "None")]


def test_more_time_goes_on_from_the_step_that_was_taken(asked):
    """INF-06: an agency does not come off the ladder by asking for time."""
    climb(asked, ("2025-12-23", "2025-12-24"), ("2025-12-23", "2025-12-24"))
    said = on_silence.extend_day(asked.agency(SCHOOL), new_day="2025-12-31")
    asked.do(extension.extend_day, said, MANAGER, "2025-12-29")
    assert round_on(asked, "2025-12-31") == []
    assert round_on(asked, "2026-01-02") == [("put_silence_to_partners", "None")]


@pytest.mark.parametrize(
    ("day", "why"),
    [(DUE, "after Mon 22 Dec"), ("2026-01-09", "by the end of Thu 8 Jan")],
)
def test_more_time_is_a_later_day_that_leaves_the_national_one(day, why, asked):
    """RR-02, RR-34, K10: the rapid review's last day does not move, and is not passed by."""
    before = asked.due("K10")
    said = on_silence.extend_day(asked.agency(SCHOOL), new_day=day)
    with pytest.raises(AnswerRefused, match=why) as refused:
        asked.do(extension.extend_day, said, MANAGER, "2025-12-19")
    assert refused.value.field == "new_day"
    assert asked.due("K10") == before == "2026-01-08"


def test_the_formal_notice_says_the_law_the_first_day_and_what_follows(asked):
    """INF-01, INF-03, INF-04: to the agency; the partners' action as they decided it."""
    climb(
        asked,
        *(("2025-12-23", "2025-12-24"), ("2025-12-23", "2025-12-29"), ("2025-12-30", "2025-12-31")),
    )
    action = "The partners ask the court for an order."
    said = on_silence.act_formally(asked.agency(SCHOOL), by_when="2026-01-05", action=action)
    asked.do(silence.act_formally, said, PARTNER, "2025-12-31")
    desk = Desk(asked.world)
    desk.carry(asked.case_id, Step.SCOPE)
    first, second = desk.read_pdfs(asked.case_id, "formal_notice")
    for notice in (first, second):
        assert "section 16H of the Children Act 2004" in notice
        assert "all records of care that the NHS commissions" in notice
        assert "The lawful basis of this request" in notice
        assert "Monday 22 December 2025" in notice
        assert "Robin Example" not in notice, "it tells nothing of the family"
    assert "goes to the safeguarding partners for formal action" in first
    assert action in second
    assert action not in first


def test_every_request_says_the_law_and_its_lawful_basis(case_at):
    """INF-01, INF-03, INF-04: the letter for the rapid review, and the one for the local review."""
    case = case_at(Stage.TO_BE_NOTIFIED, Driven.notify)
    basis = "Legal obligation and public task; the Commissioner's code was considered."
    asking = say.request_returns(case.agency(SCHOOL), lawful_basis=basis)
    case.do(scoping.request_returns, asking, MANAGER, "2025-12-15")
    reviewed = case_at(Stage.LOCAL_REVIEW)
    asking = say.request_reports(reviewed.agency(SCHOOL), lawful_basis=basis)
    reviewed.do(agency_reports.request_reports, asking, MANAGER, "2026-02-09")
    for one, step, kind in (
        (case, Step.SCOPE, "scoping_letter"),
        (reviewed, Step.COMMISSION, "report_request"),
    ):
        desk = Desk(one.world)
        desk.carry(one.case_id, step)
        letter = desk.read_pdfs(one.case_id, kind)[-1]
        for words in (
            basis,
            "This is a formal request for information",
            "section 16H of the Children Act 2004",
            "can take legal action",
            "under the NHS or in the independent or voluntary sector",
        ):
            assert words in letter, (kind, words)
