"""Meetings of the review team: each with the family and immediate learning (FAM-04, EMB-01)."""

from datetime import date
from typing import Final
from uuid import UUID

from services.casework.act import Act, begin, record_entry
from services.casework.effects import order_document
from services.casework.steps.attendance.who_may_attend import may_attend
from services.casework.steps.review_runs import has_local_review
from services.casework.steps.review_team.minutes import RecordTeamMeeting
from services.database.cases import Case
from services.database.history import all_of
from services.database.partnerships import agency_on
from services.database.reviewers import reviewers_to_name
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage, Step

WHERE_TEAM_WORKS: Final = frozenset({Stage.WITH_PANEL, Stage.COMMISSIONING, Stage.LOCAL_REVIEW})


def record_team_meeting(work: UnitOfWork, case_id: CaseId, command: RecordTeamMeeting) -> Case:
    """Keep the minutes of a meeting of the review team; they are made as a paper.

    The planning meeting may be held while the review is set up (FAM-07); each entry stays.
    """
    case = begin(work, case_id, RECORD_TEAM_MEETING, command)
    if not has_local_review(work, case):
        raise StepNotOpen("The partners have decided on no local review, so there is no team.")
    _must_have_met(work, case, command)
    _must_be_weighed(work, case, command)
    _must_be_followed(work, case, command)
    if command.meets_on is not None and command.meets_on <= command.held_on:
        raise AnswerRefused("meets_on", "Enter a day after the meeting.")
    entry = record_entry(work, case, RECORD_TEAM_MEETING, command)
    order_document(work, entry, _step(case), DocumentKind.TEAM_MINUTES)
    return case


RECORD_TEAM_MEETING = Act(
    name="record_team_meeting",
    command=RecordTeamMeeting,
    perform=record_team_meeting,
    permission=Permission.RUN_REVIEW,
    doing="record a meeting of the review team",
    stages=WHERE_TEAM_WORKS,
    entry=EntryType.TEAM_MET,
    shows=(EntryType.TEAM_NAMED, EntryType.TEAM_MET),
    is_offered=has_local_review,
    section=Section.MEETING,
    holds_family_data=True,
)


def may_be_present(work: UnitOfWork, case: Case, on: date) -> frozenset[UUID]:
    """Return who may have been at a meeting of the team on the day: the reviewers, too."""
    return frozenset({*may_attend(work, case, on), *reviewers_to_name(work.session, case.id)})


def _must_have_met(work: UnitOfWork, case: Case, command: RecordTeamMeeting) -> None:
    """Refuse a meeting still to come, one of nobody, and people who did not serve on the day."""
    if command.held_on > work.today:
        raise AnswerRefused("held_on", "Record a meeting once it was held.")
    served = may_be_present(work, case, command.held_on)
    if not command.present or not served.issuperset(command.present):
        raise AnswerRefused("present", "Choose who was there, of those who served here on the day.")


def _must_be_weighed(work: UnitOfWork, case: Case, command: RecordTeamMeeting) -> None:
    """Refuse an immediate action of nobody, one of the past, and one that was not weighed.

    What is done or shared while the review goes on is weighed against the family and other
    investigations first (EMB-02).
    """
    for one in command.actions:
        if not one.agencies:
            raise AnswerRefused("actions", "Choose at least one agency for each action.")
        for agency in one.agencies:
            agency_on(work.session, case.id, agency)
        if one.by_when < command.held_on:
            raise AnswerRefused("actions", "Enter a day that is not before the meeting.")
    if command.actions and command.weighed is None:
        raise AnswerRefused(
            "weighed", "Enter what the actions may mean for the family and other investigations."
        )


def _must_be_followed(work: UnitOfWork, case: Case, command: RecordTeamMeeting) -> None:
    """Refuse minutes that leave out what became of the immediate actions agreed before (EMB-01)."""
    if command.followed is None and _agreed_before(work, case):
        raise AnswerRefused("followed", "Enter what became of the actions agreed before.")


def _agreed_before(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the last meeting left immediate actions, or said what became of earlier ones."""
    met = all_of(work.session, case.id, EntryType.TEAM_MET)[-1:]
    return any(one.command["actions"] or one.command["followed"] for one in met)


def _step(case: Case) -> Step:
    """Return the step under which the minutes are made."""
    return Step.SUBMIT if case.stage is Stage.WITH_PANEL else Step.COMMISSION
