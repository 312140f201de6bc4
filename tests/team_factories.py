"""Valid words for the acts of a local review's team, and a meeting of it."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.casework.steps.local_review import author_requirements as author
from services.casework.steps.local_review import delay_considered, gaps, monitoring, progress
from services.casework.steps.local_review.delay import record_delay
from services.casework.steps.local_review.delay_considered import ConsiderDelay
from services.casework.steps.local_review.gaps import ListGap, SettleGap
from services.casework.steps.local_review.monitoring import MonitorReview
from services.casework.steps.local_review.progress import AskForProgress, ReportProgress
from services.casework.steps.local_review.reviewer_appointment import (
    appoint_reviewer,
    end_reviewer,
)
from services.casework.steps.review_team import interim_learning
from services.casework.steps.review_team.interim_learning import (
    ProposeInterimLearning,
    ShareInterimLearning,
)
from services.casework.steps.review_team.membership import NameReviewTeam, name_review_team
from services.casework.steps.review_team.minutes import ImmediateAction, RecordTeamMeeting
from services.casework.steps.review_team.team_meetings import record_team_meeting as record
from services.casework.steps.sign_off.sign_off import sign_interim_learning
from services.database.cases import get_case
from services.domain.labels import label
from services.domain.roles import Role, Seat
from tests import oversight_factories as oversight
from tests.driven import Driven
from tests.factories import appoint_reviewer as say_appoint
from tests.factories import end_reviewer as say_end
from tests.factories import record_delay as say_delay
from tests.words import SAID, words_of

FOR_EACH_PARTNER = tuple({"name": f"Example of the {label(one)}", "seat": one} for one in Seat)


def record_team_meeting(*people: UUID, **but: Any) -> RecordTeamMeeting:
    """Return the minutes of a meeting of these people at which nothing had to be done at once."""
    usual = {"meeting": "review_team", "held_on": "2026-02-02"}
    return words_of(RecordTeamMeeting, but, present=people, **usual)


def immediate_action(*agencies: UUID, **but: Any) -> ImmediateAction:
    """Return what these agencies do at once."""
    return words_of(ImmediateAction, but, agencies=agencies, by_when="2026-03-02")


def name_the_team(**but: Any) -> NameReviewTeam:
    """Return a team of somebody for each partner."""
    return words_of(NameReviewTeam, {"members": FOR_EACH_PARTNER, **but})


def ask_for_progress(**but: Any) -> AskForProgress:
    """Return what the lead reviewer is asked to write about the review."""
    return words_of(AskForProgress, but, by_when="2026-12-02")


def report_progress(**but: Any) -> ReportProgress:
    """Return a progress report, after which the next one is due."""
    return words_of(ReportProgress, but, next_on="2026-12-03")


def monitor_review(*people: UUID, **but: Any) -> MonitorReview:
    """Return what these people of the partners found of the review, which is on course."""
    usual = {"considered_on": "2026-02-02", "next_on": "2026-12-04"}
    return words_of(MonitorReview, but, took_part=people, **usual)


def partners_of(case: Driven) -> tuple[UUID, ...]:
    """Return who signs for each partner."""
    return tuple(case.world.ours.partner(seat).person_id for seat in Seat)


def consider_delay(**but: Any) -> ConsiderDelay:
    """Return what a body says of a delay, on the day on which it arose."""
    return words_of(ConsiderDelay, but, considered_on="2026-02-02")


def delay_is_considered(case: Driven, when: str = "2026-02-02") -> None:
    """Record a delay within the six months, and have the group and the partners consider it."""
    alone = {"group_on": None, "partners_on": None, "course": "proceed", "learning": None}
    soon = date.fromisoformat(when[:10]) + timedelta(days=30)
    said = say_delay(**alone, arose_on=when, expected_on=soon)
    case.do(record_delay, said, Role.BUSINESS_MANAGER, when)
    for who in (Role.REVIEW_GROUP_CHAIR, Role.SAFEGUARDING_PARTNER):
        case.do(delay_considered.consider_delay, consider_delay(considered_on=when), who, when)


def progress_is_reported(case: Driven, when: str = "2026-02-02") -> None:
    """Ask the lead reviewer for a progress report, have it sent, and the partners consider it."""
    case.do(progress.ask_for_progress, ask_for_progress(), Role.REVIEW_GROUP_CHAIR, when)
    case.do(progress.report_progress, report_progress(), Role.LEAD_REVIEWER, when)
    found = monitor_review(*partners_of(case), considered_on=when)
    case.do(monitoring.monitor_review, found, Role.SAFEGUARDING_PARTNER, when)
    delay_is_considered(case, when)


def propose_interim(*agencies: UUID, **but: Any) -> ProposeInterimLearning:
    """Return learning that these agencies should have before the report."""
    return words_of(ProposeInterimLearning, but, agencies=agencies)


def share_interim(**but: Any) -> ShareInterimLearning:
    """Return that it was shared."""
    return words_of(ShareInterimLearning, but, shared_on="2026-02-03")


def put_much_forward(case: Driven, when: str) -> None:
    """Have progress reported, candidates told, and learning put to the partners."""
    progress_is_reported(case, when)
    manager, chair = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
    case.do(author.draw_up_requirements, oversight.draw_up_requirements(), manager, when)
    put = propose_interim(case.agency())
    case.do(interim_learning.propose_interim_learning, put, chair, when)


def share_before_report(case: Driven, when: str = "2026-02-03") -> None:
    """Put learning to the partners, have them agree, and share it."""
    propose, share = interim_learning.propose_interim_learning, share_interim()
    case.do(propose, propose_interim(case.agency()), Role.REVIEW_GROUP_CHAIR, when)
    case.sign(sign_interim_learning, when)
    case.do(interim_learning.share_interim_learning, share, Role.BUSINESS_MANAGER, when)


def list_gap(**but: Any) -> ListGap:
    """Return a conversation that may not be had yet."""
    return words_of(ListGap, but)


def settle_gap(gap: UUID, **but: Any) -> SettleGap:
    """Return that the gap is filled."""
    return words_of(SettleGap, but, gap=gap, ending="filled")


def meet_as_team(case: Driven, when: str = "2026-02-02") -> None:
    """Name the team, and record a meeting of the chair and the lead reviewer that acts at once."""
    case.do(name_review_team, name_the_team(), Role.BUSINESS_MANAGER, when)
    team = (Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER)
    said = record_team_meeting(
        *(case.world.ours.actor(one).person_id for one in team),
        held_on=when,
        actions=(immediate_action(case.agency()),),
        weighed=SAID,
        themes=({"theme": SAID},),
        meets_on="2026-04-01",
    )
    case.do(record, said, Role.BUSINESS_MANAGER, when)


def work_as_team(case: Driven) -> None:
    """Meet, have progress reported, settle a gap, and have a second reviewer for a while."""
    meet_as_team(case)
    settle_a_gap(case)
    progress_is_reported(case)
    review_by_two(case)
    share_before_report(case)


def review_by_two(case: Driven, when: str = "2026-02-02") -> None:
    """Ask candidates, and appoint a second reviewer beside the first, who ends again."""
    manager = Role.BUSINESS_MANAGER
    case.do(author.draw_up_requirements, oversight.draw_up_requirements(), manager, when)
    case.do(author.record_candidate, oversight.record_candidate(), manager, when)
    second, who = case.world.ours.second_reviewer().person_id, Role.BUSINESS_MANAGER
    case.do(appoint_reviewer, say_appoint(second, beside=True), who, when)
    case.do(end_reviewer, say_end(second), who, when)


def settle_a_gap(case: Driven, when: str = "2026-02-02") -> None:
    """List a gap, and record that the report stands without it."""
    who = Role.REVIEW_GROUP_CHAIR
    case.do(gaps.list_gap, list_gap(), who, when)
    with case.world.act(who, when) as work:
        (gap,) = gaps.open_gaps(work, get_case(work.session, case.case_id))
    case.do(gaps.settle_gap, settle_gap(gap.id, ending="stands_without"), who, when)
