"""LC-21: the review group reviews progress at intervals, on what the lead reviewer writes."""

import pytest

from services.casework.steps.local_review import draft_report, progress
from services.casework.steps.local_review.oversight import OVERSEE_COMMISSIONING
from services.database.cases import get_case
from services.domain.errors import AnswerRefused, NotPermitted, StepNotOpen
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.view_models.said_before import said_before
from tests import factories as say
from tests.driven import Driven
from tests.kept import Traces
from tests.team_factories import ask_for_progress, report_progress

CHAIR, REVIEWER, MANAGER = Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER, Role.BUSINESS_MANAGER
WHEN, DUE, NEXT = "2026-02-10", "2026-02-20", "2026-03-20"


def report(case: Driven, when: str = DUE, **said: object) -> None:
    case.do(progress.report_progress, report_progress(**{"next_on": NEXT, **said}), REVIEWER, when)


def refused(field: str, act, *args, **said: object) -> None:
    with pytest.raises(AnswerRefused) as found:
        act(*args, **said)
    assert found.value.field == field


def test_the_reviewer_is_asked_in_writing_by_a_day_and_again_by_the_next(case_at, left_by):
    """LC-21: a task of the lead reviewer's, until there is a draft."""
    case = case_at(Stage.LOCAL_REVIEW)
    ask = progress.ask_for_progress
    left = left_by(case, ask, ask_for_progress(by_when=DUE), who=CHAIR, when=WHEN)
    opened = [f"report_progress | lead_reviewer | {DUE}"]
    asked_of_group = ["ask_for_progress | review_group_chair"]
    assert left == Traces(entries=["progress_asked"], opened=opened, closed=asked_of_group)
    said = report_progress(next_on=NEXT)
    left = left_by(case, progress.report_progress, said, who=REVIEWER, when=DUE)
    assert left.entries == ["progress_reported"]
    assert left.opened == [f"report_progress | lead_reviewer | {NEXT}"]
    case.report()
    draft = say.submit_draft()
    case.do(draft_report.submit_draft, draft, REVIEWER, "2026-05-01")
    assert Todo.REPORT_PROGRESS not in {one.todo for one in case.turns()}
    with pytest.raises(StepNotOpen, match="assures that"):
        report(case, "2026-05-02", next_on="2026-06-01")


def test_a_progress_report_names_the_next_or_why_there_is_none(case_at):
    """LC-21: progress is reviewed at intervals; none ends in silence."""
    case = case_at(Stage.LOCAL_REVIEW)
    with pytest.raises(NotPermitted):
        case.do(progress.report_progress, report_progress(next_on=NEXT), MANAGER, DUE)
    refused("next_on", report, case, next_on=DUE)
    refused("next_on", report, case, next_on=None)
    refused("next_on", report, case, is_last="The draft is next.")
    late = ask_for_progress(by_when="2026-02-09")
    refused("by_when", case.do, progress.ask_for_progress, late, CHAIR, WHEN)
    report(case, next_on=None, is_last="The draft is next.")
    assert Todo.REPORT_PROGRESS not in {one.todo for one in case.turns()}


def test_the_group_has_the_newest_report_before_it_when_it_oversees(case_at):
    """LC-21: what the reviewer wrote stands where the group's oversight is recorded."""
    case = case_at(Stage.LOCAL_REVIEW)
    report(case, obstacles="A return is late.")
    with case.world.act(CHAIR, DUE) as work:
        told = said_before(work, OVERSEE_COMMISSIONING, get_case(work.session, case.case_id))
    assert "A return is late." in {said.text for one in told for said in one.said}
