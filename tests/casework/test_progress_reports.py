"""LC-21: group and partners review progress at intervals, on what the lead reviewer writes."""

import pytest

from services.casework.steps.local_review import monitoring, progress
from services.casework.steps.local_review.oversight import OVERSEE_COMMISSIONING
from services.casework.steps.publication import publication
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.domain.errors import AnswerRefused, NotPermitted, StepNotOpen
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.view_models.said_before import said_before
from tests import factories as say
from tests.driven import Driven
from tests.kept import PARTNERS, Traces, emails
from tests.team_factories import (
    ask_for_progress,
    monitor_review,
    partners_of,
    report_progress,
)

CHAIR, REVIEWER, MANAGER = Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER, Role.BUSINESS_MANAGER
PARTNER = Role.SAFEGUARDING_PARTNER
WHEN, DUE, NEXT = "2026-02-10", "2026-02-20", "2026-03-20"


def report(case: Driven, when: str = DUE, **said: object) -> None:
    case.do(progress.report_progress, report_progress(**{"next_on": NEXT, **said}), REVIEWER, when)


def refused(field: str, act, *args, **said: object) -> None:
    with pytest.raises(AnswerRefused) as found:
        act(*args, **said)
    assert found.value.field == field


def test_the_reviewer_is_asked_in_writing_by_a_day_and_again_by_the_next(case_at, left_by):
    """LC-14, LC-21: the lead reviewer's task until the report is signed; a delay is asked for."""
    case = case_at(Stage.LOCAL_REVIEW)
    ask = progress.ask_for_progress
    left = left_by(case, ask, ask_for_progress(by_when=DUE), who=CHAIR, when=WHEN)
    opened = [f"report_progress | lead_reviewer | {DUE}"]
    asked_of_group = ["ask_for_progress | review_group_chair"]
    assert left == Traces(
        entries=["progress_asked"],
        opened=opened,
        closed=asked_of_group,
        ordered=["commission | progress_request | v1"],
        emails=emails("progress_asked", "lead.reviewer"),
    )
    said = report_progress(next_on=NEXT)
    left = left_by(case, progress.report_progress, said, who=REVIEWER, when=DUE)
    assert left.entries == ["progress_reported"]
    assert left.ordered == ["commission | progress_report | v1"]
    assert left.emails == emails("progress_reported", *PARTNERS, "review.group.chair")
    assert left.opened == [f"report_progress | lead_reviewer | {NEXT}"]
    case.report().draft()
    assert Todo.REPORT_PROGRESS in {one.todo for one in case.turns()}
    report(case, "2026-05-02", next_on="2026-06-01", in_time=False)
    assert {Todo.REPORT_PROGRESS, Todo.RECORD_DELAY} <= {one.todo for one in case.turns()}
    case.sign(sign_off.sign_report, "2026-06-01")
    assert Todo.REPORT_PROGRESS not in {one.todo for one in case.turns()}


def test_a_progress_report_names_the_day_of_the_next(case_at):
    """LC-21: progress is reviewed at intervals; none ends in silence, and the partners ask too."""
    case = case_at(Stage.LOCAL_REVIEW)
    with pytest.raises(NotPermitted):
        case.do(progress.report_progress, report_progress(next_on=NEXT), MANAGER, DUE)
    refused("next_on", report, case, next_on=DUE)
    late = ask_for_progress(by_when="2026-02-09")
    refused("by_when", case.do, progress.ask_for_progress, late, CHAIR, WHEN)
    case.do(progress.ask_for_progress, ask_for_progress(by_when=DUE), PARTNER, WHEN)
    once = {**report_progress(next_on=NEXT).model_dump(mode="json"), "is_last": "The draft next."}
    assert progress.ProgressReported.model_validate({**once, "next_on": None}).is_last


def test_the_partners_monitor_time_and_quality_until_publication(case_at):
    """LC-21: each of them has a part, each time names the next; no draft ends it."""
    case = case_at(Stage.LOCAL_REVIEW)
    everybody = partners_of(case)

    def monitor(when: str = DUE, people=everybody, **said: object) -> None:
        found = monitor_review(*people, **{"considered_on": when, "next_on": NEXT} | said)
        case.do(monitoring.monitor_review, found, PARTNER, when)

    def asked() -> set[str]:
        return {str(one.last_day) for one in case.turns() if one.todo is Todo.MONITOR_REVIEW}

    refused("considered_on", monitor, considered_on="2026-02-01")
    refused("considered_on", monitor, considered_on=NEXT)
    refused("next_on", monitor, next_on=DUE)
    refused("took_part", monitor, people=())
    refused("took_part", monitor, people=(case.world.ours.actor(CHAIR).person_id,))
    refused("absent", monitor, people=everybody[:1])
    refused("absent", monitor, absent="They were ill.")
    monitor(people=everybody[:1], absent="They were ill, and have read what is kept.")
    assert asked() == {NEXT}
    case.report().draft().sign(sign_off.sign_report, "2026-06-01")
    monitor("2026-06-02", next_on="2026-06-20", in_time=False)
    assert asked() == {"2026-06-20"}
    assert Todo.RECORD_DELAY in {one.todo for one in case.turns()}
    case.plan()
    assert asked() == {"2026-06-20"}
    case.present().publish()
    assert not asked()


def test_the_partners_monitor_no_report_that_they_decided_not_to_publish(case_at):
    """LC-21, PUB-24: the decision ends it, once all of them have taken it."""
    case = case_at(Stage.PUBLICATION)
    case.do(publication.withhold_report, say.withhold_report(), MANAGER, "2026-06-08")
    assert Todo.MONITOR_REVIEW in {one.todo for one in case.turns()}
    case.present().sign(sign_off.sign_publication, "2026-06-08")
    assert Todo.MONITOR_REVIEW not in {one.todo for one in case.turns()}
    found = monitor_review(*partners_of(case), considered_on="2026-06-09")
    with pytest.raises(StepNotOpen, match="not to publish"):
        case.do(monitoring.monitor_review, found, PARTNER, "2026-06-09")


def test_the_group_has_the_newest_report_before_it_when_it_oversees(case_at):
    """LC-21: what the reviewer wrote stands where the group's oversight is recorded."""
    case = case_at(Stage.LOCAL_REVIEW)
    report(case, obstacles="A return is late.")
    with case.world.act(CHAIR, DUE) as work:
        told = said_before(work, OVERSEE_COMMISSIONING, get_case(work.session, case.case_id))
    assert "A return is late." in {said.text for one in told for said in one.said}
