"""An agency that does not answer: up the ladder step by step, or more time, until it answers."""

from collections.abc import Iterator

import pytest

from services.casework.engine.reminders import enqueue_reminders
from services.casework.steps.local_review import agency_report_judgement, agency_reports
from services.casework.steps.scoping import extension, scoping, scoping_returns, silence
from services.database.agency_requests import AgencyRequest, get_request
from services.database.outbox import OutboxEmail, case_emails
from services.domain.agency_requests import Asked
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.errors import AnswerRefused, NotFound, NotPermitted
from services.domain.escalation import Rung
from services.domain.roles import Role
from services.domain.todos import ON_SILENCE
from services.domain.workflow import Stage, Step
from services.identity.actors import KEYLINE_ITSELF, service_actor
from tests import factories as say
from tests import silence_factories as on_silence
from tests.desk import Desk
from tests.directory import contacted, placed
from tests.driven import Driven
from tests.world import HOSPITAL, SCHOOL

MANAGER, CHAIR, PARTNER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.SAFEGUARDING_PARTNER
DUE = "2025-12-22"  # asked on Monday 15 December, five working days


@pytest.fixture
def asked(case_at) -> Driven:
    """The school is asked for its scoping return on Monday 15 December 2025."""
    case = case_at(Stage.TO_BE_NOTIFIED, Driven.notify)
    command = say.request_returns(case.agency(SCHOOL))
    case.do(scoping.request_returns, command, MANAGER, "2025-12-15")
    return case


def turns(case: Driven) -> list[tuple[str, str]]:
    """Return what is asked about silence, each with its last day."""
    return sorted((one.todo.value, str(one.last_day)) for one in _on_silence(case))


def _on_silence(case: Driven) -> Iterator[object]:
    return (one for one in case.turns() if one.todo in ON_SILENCE)


def round_on(case: Driven, day: str) -> list[tuple[str, str]]:
    """Make the round of that day; return what is asked about silence then."""
    keyline = service_actor(case.world.ours.partnership_id, KEYLINE_ITSELF)
    with case.world.act(keyline, day) as work:
        enqueue_reminders(work)
    return turns(case)


def told(case: Driven, event: str) -> list[str]:
    """Return to whom the event's emails go, by the first part of the address, and their day."""
    return sorted(
        f"{one.address.partition('@')[0]} {one.content['due'] or '-'} {one.content['todo'] or '-'}"
        for one in _emails(case)
        if one.event.value == event
    )


def _emails(case: Driven) -> list[OutboxEmail]:
    with case.world.act(MANAGER) as work:
        found = case_emails(work.session, case.case_id)
        work.session.expunge_all()
        return found


def request_of(case: Driven, kind: Asked = Asked.SCOPING_RETURN) -> AgencyRequest:
    with case.world.act(MANAGER) as work:
        found = get_request(work.session, case.case_id, kind, case.agency(SCHOOL))
        work.session.expunge(found)
        return found


def climb(case: Driven, *days: tuple[str, str], kind: Asked = Asked.SCOPING_RETURN) -> None:
    """Take as many steps as days are given: on which day each is taken, and by when the next."""
    steps = (
        (silence.refer_silence, on_silence.refer_silence, MANAGER),
        (silence.reach_strategic_lead, on_silence.reach_strategic_lead, CHAIR),
        (silence.put_silence_to_partners, on_silence.put_silence_to_partners, CHAIR),
        (silence.act_formally, on_silence.act_formally, PARTNER),
    )
    for (act, make, who), (on, by_when) in zip(steps, days, strict=False):
        case.do(act, make(case.agency(SCHOOL), by_when=by_when, asked=kind), who, on)


def test_an_unanswered_return_goes_up_the_ladder_each_step_asked_for_on_its_day(asked):
    """INF-06: the review group, the agency's strategic lead, the partners, formal action."""
    assert round_on(asked, DUE) == []
    assert round_on(asked, "2025-12-23") == [("refer_silence", DUE)]
    climb(asked, ("2025-12-23", "2025-12-24"))
    assert turns(asked) == [("reach_strategic_lead", "2025-12-24")], "the group is asked at once"
    refused = on_silence.put_silence_to_partners(asked.agency(SCHOOL))
    with pytest.raises(AnswerRefused, match="taken up with its strategic lead"):
        asked.do(silence.put_silence_to_partners, refused, CHAIR, "2025-12-23")
    said = on_silence.reach_strategic_lead(asked.agency(SCHOOL), by_when="2025-12-29")
    asked.do(silence.reach_strategic_lead, said, CHAIR, "2025-12-23 15:00")
    assert round_on(asked, "2025-12-29") == [], "the agency has until the day agreed"
    assert round_on(asked, "2025-12-30") == [("put_silence_to_partners", "2025-12-29")]
    said = on_silence.put_silence_to_partners(asked.agency(SCHOOL), by_when="2025-12-31")
    asked.do(silence.put_silence_to_partners, said, CHAIR, "2025-12-30")
    assert turns(asked) == [("act_formally", "2025-12-31")], "the partners are asked at once"
    said = on_silence.act_formally(asked.agency(SCHOOL), by_when="2026-01-05")
    asked.do(silence.act_formally, said, PARTNER, "2025-12-30 15:00")
    assert round_on(asked, "2026-01-05") == []
    assert round_on(asked, "2026-01-06") == [("act_formally", "2026-01-05")], "it is not the end"
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
    assert {one.address for one in _emails(asked)} >= {"lead@school.example"}
    assert "lead@hospital.example" not in {one.address for one in _emails(asked)}
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
    assert round_on(case, "2026-03-03") == [("refer_silence", "2026-03-02")]
    said = on_silence.refer_silence(case.agency(SCHOOL), asked=Asked.REPORT, by_when="2026-03-06")
    with pytest.raises(NotFound):
        case.do(silence.refer_silence, said, case.world.ours.second_reviewer(), "2026-03-03")
    case.do(silence.refer_silence, said, Role.LEAD_REVIEWER, "2026-03-03")
    assert turns(case) == [("reach_strategic_lead", "2026-03-06")]
    sent = say.submit_report()
    case.do(agency_reports.submit_report, sent, Role.AGENCY_LEAD, "2026-03-05", agency=SCHOOL)
    assert round_on(case, "2026-03-09") == []
    back = say.return_report(case.agency(SCHOOL))
    case.do(agency_report_judgement.return_report, back, Role.LEAD_REVIEWER, "2026-03-09")
    assert round_on(case, "2026-03-09") == [], "it has just been sent back"
    assert round_on(case, "2026-03-10") == [("refer_silence", "2026-03-09")]


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
    assert round_on(asked, "2025-12-30") == [("refer_silence", "2025-12-29")]


def test_more_time_goes_on_from_the_step_that_was_taken(asked):
    """INF-06: an agency does not come off the ladder by asking for time."""
    climb(asked, ("2025-12-23", "2025-12-24"), ("2025-12-23", "2025-12-24"))
    said = on_silence.extend_day(asked.agency(SCHOOL), new_day="2025-12-31")
    asked.do(extension.extend_day, said, MANAGER, "2025-12-29")
    assert round_on(asked, "2025-12-31") == []
    assert round_on(asked, "2026-01-02") == [("put_silence_to_partners", "2025-12-31")]


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
