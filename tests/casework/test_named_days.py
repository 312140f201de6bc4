"""The day that a step of the ladder names: one last day, and none past a national one.

More time is the manager's to give until the partners have it, and whose turn it closes is told.
"""

import pytest

from services.casework.steps.local_review import agency_reports
from services.casework.steps.scoping import extension, scoping, silence
from services.database.cases import get_case
from services.domain.agency_requests import Asked
from services.domain.errors import AnswerRefused
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.act_pages.silence import PAGES
from services.web.view_models.agencies import agency_lines
from tests import factories as say
from tests import silence_factories as on_silence
from tests.driven import Driven
from tests.silent import CHAIR, MANAGER, PARTNER, climb, request_of, round_on, told, turns
from tests.world import SCHOOL

DUE, K10 = "2025-12-22", "2026-01-08"
UP_TO_PARTNERS = (
    ("2025-12-23", "2025-12-24"),
    ("2025-12-23", "2025-12-29"),
    ("2025-12-30", "2025-12-31"),
)


@pytest.fixture
def asked(case_at) -> Driven:
    """The school is asked for its scoping return on Monday 15 December 2025."""
    case = case_at(Stage.TO_BE_NOTIFIED, Driven.notify)
    command = say.request_returns(case.agency(SCHOOL))
    case.do(scoping.request_returns, command, MANAGER, "2025-12-15")
    return case


def shown(case: Driven) -> tuple[str, str, str]:
    """Return what the table of agencies says of the school's day: the day, who named it, late."""
    with case.world.act(MANAGER, "2025-12-30") as work:
        (line,) = agency_lines(work, get_case(work.session, case.case_id), {})
        return str(line.request.due), line.named_by, "late" if line.is_late else ""


def test_the_agency_reads_one_last_day_and_the_first_stays_in_sight(asked):
    """INF-06: its todo, its clock, its row and its email say the day that the notice names."""
    climb(asked, *UP_TO_PARTNERS[:2])
    request, clock = request_of(asked), asked.clock("K6", str(asked.agency(SCHOOL)))
    (todo,) = [one for one in asked.turns() if one.todo is Todo.SUBMIT_RETURN]
    days = {str(request.due), str(request.rung_due), clock["due"], str(todo.last_day)}
    assert days == {"2025-12-29"}
    assert (str(request.first_due), clock["first_due"]) == (DUE, DUE)
    assert told(asked, "formal_notice") == ["school.desk 2025-12-29 submit_return"]
    assert shown(asked) == ("2025-12-29", "review group", "late")
    climb_on = on_silence.put_silence_to_partners(asked.agency(SCHOOL), by_when="2025-12-31")
    asked.do(silence.put_silence_to_partners, climb_on, CHAIR, "2025-12-30")
    assert shown(asked)[:2] == ("2025-12-29", "review group"), "the partners' day is not its own"
    acted = on_silence.act_formally(asked.agency(SCHOOL), by_when="2026-01-05")
    asked.do(silence.act_formally, acted, PARTNER, "2025-12-30")
    assert shown(asked) == ("2026-01-05", "safeguarding partners", "")


def test_more_time_after_a_notice_is_no_day_that_the_group_named(asked):
    """RR-40: the manager gave it."""
    climb(asked, *UP_TO_PARTNERS[:2])
    later = on_silence.extend_day(asked.agency(SCHOOL), new_day="2025-12-31")
    asked.do(extension.extend_day, later, MANAGER, "2025-12-29")
    assert shown(asked) == ("2025-12-31", "", "")


@pytest.mark.parametrize("rungs", [1, 3], ids=["strategic lead", "formal action"])
def test_no_step_names_a_day_after_the_rapid_reviews_last_day(rungs, asked):
    """RR-02, RR-34, K10: there is no way round it by a step of the ladder."""
    climb(asked, *UP_TO_PARTNERS[:rungs])
    act, make, who = silence.act_formally, on_silence.act_formally, PARTNER
    if rungs == 1:
        act, make, who = silence.reach_strategic_lead, on_silence.reach_strategic_lead, CHAIR
    too_late = make(asked.agency(SCHOOL), by_when="2026-01-09")
    with pytest.raises(AnswerRefused, match="by the end of Thu 8 Jan") as refused:
        asked.do(act, too_late, who, "2025-12-30")
    assert refused.value.field == "by_when"
    asked.do(act, make(asked.agency(SCHOOL), by_when=K10), who, "2025-12-30")


def test_no_step_names_a_day_after_the_local_reviews_last_day(case_at):
    """LC-13, K11: nor for a report."""
    case = case_at(Stage.LOCAL_REVIEW)
    asking = say.request_reports(case.agency(SCHOOL), due="2026-03-02")
    case.do(agency_reports.request_reports, asking, MANAGER, "2026-02-09")
    climb(case, ("2026-03-03", "2026-03-06"), kind=Asked.REPORT)
    said = on_silence.reach_strategic_lead(
        case.agency(SCHOOL), asked=Asked.REPORT, by_when="2026-08-01"
    )
    with pytest.raises(AnswerRefused, match="K11"):
        case.do(silence.reach_strategic_lead, said, CHAIR, "2026-03-04")


def test_no_step_names_an_earlier_day_than_the_agency_has(asked):
    """INF-06: it answers by one day; a step before that day takes nothing from it."""
    climb(asked, ("2025-12-16", "2025-12-17"))
    early = on_silence.reach_strategic_lead(asked.agency(SCHOOL), by_when="2025-12-19")
    with pytest.raises(AnswerRefused, match="has until Mon 22 Dec"):
        asked.do(silence.reach_strategic_lead, early, CHAIR, "2025-12-17")


def test_the_email_says_whose_day_has_passed(asked):
    """INF-06: the group's and the partners' own day is not the agency's, which is said with it."""
    climb(asked, ("2025-12-23", "2025-12-24"))
    round_on(asked, "2025-12-29")
    late = f"review.group.chair {DUE} reach_strategic_lead"
    assert told(asked, "silence_turn_passed") == [late]
    said = on_silence.reach_strategic_lead(asked.agency(SCHOOL), by_when="2025-12-30")
    asked.do(silence.reach_strategic_lead, said, CHAIR, "2025-12-29")
    round_on(asked, "2025-12-31")
    own = "review.group.chair 2025-12-30 put_silence_to_partners"
    assert told(asked, "silence_step_due") == [own]


def test_a_second_formal_action_with_the_same_day_is_written_of_again(asked):
    """INF-06: each step is an occasion of its own, whichever day it names."""
    climb(asked, *UP_TO_PARTNERS, ("2025-12-31", "2026-01-05"))
    acted = on_silence.act_formally(asked.agency(SCHOOL), by_when="2026-01-05")
    round_on(asked, "2026-01-06")
    first = len(told(asked, "silence_step_due"))
    asked.do(silence.act_formally, acted, PARTNER, "2026-01-05")
    round_on(asked, "2026-01-06")
    round_on(asked, "2026-01-07")
    assert first > 0
    assert len(told(asked, "silence_step_due")) == 2 * first


def test_who_was_asked_for_the_next_step_is_told_of_more_time_in_its_place(asked):
    """INF-06, RR-40: the chair is told; the manager knows their own turn."""
    round_on(asked, "2025-12-23")
    own = on_silence.extend_day(asked.agency(SCHOOL), new_day="2025-12-24")
    asked.do(extension.extend_day, own, MANAGER, "2025-12-23")
    assert told(asked, "silence_put_off") == []
    climb(asked, ("2025-12-29", "2025-12-29"))
    later = on_silence.extend_day(asked.agency(SCHOOL), new_day="2025-12-31")
    asked.do(extension.extend_day, later, MANAGER, "2025-12-29")
    assert turns(asked) == []
    assert told(asked, "silence_put_off") == ["review.group.chair 2025-12-31 -"]


@pytest.mark.parametrize("rungs", [3, 4])
def test_once_the_partners_have_it_they_alone_say_by_when(rungs, asked):
    """INF-06, INF-01: more time undoes no turn of theirs."""
    climb(asked, *UP_TO_PARTNERS, *[("2025-12-31", "2026-01-05")][: rungs - 3])
    before = turns(asked)
    later = on_silence.extend_day(asked.agency(SCHOOL), new_day="2026-01-07")
    with pytest.raises(AnswerRefused, match="they say by when the agency answers"):
        asked.do(extension.extend_day, later, MANAGER, "2025-12-31")
    assert turns(asked) == before
    page = next(one for one in PAGES if one.act is extension.EXTEND_DAY)
    with asked.world.act(MANAGER) as work:
        case = get_case(work.session, asked.case_id)
        assert page.narrow(work, case)["agency"] == ()
        assert not extension.may_be_extended(work, case)
