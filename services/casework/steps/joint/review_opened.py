"""The local review that another partnership leads is open: our own agencies report to it too.

An act of Keyline itself, on our own rows, once the lead's act is kept.
"""

from datetime import date
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command, part_of
from services.casework.effects import open_todo
from services.casework.joint.arrival import begin_arrival
from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class ReviewOpened(Command):
    """Who leads the local review that is open now, and by when its report is due there."""

    partnership: str = Field(title="Which partnership leads?")
    last_day: date | None = Field(default=None, title="By when is the review published?")


class NoteReviewOpened(ReviewOpened):
    """An opened local review, by the id of the joint review."""

    joint_review_id: UUID


def note_review_opened(work: UnitOfWork, case_id: CaseId, command: NoteReviewOpened) -> Case:
    """Ask our manager, once, to have our own agencies report to the review (LC-29)."""
    subject = str(command.joint_review_id)
    case, is_known = begin_arrival(work, case_id, NOTE_REVIEW_OPENED, subject)
    if is_known:
        return case
    entered = Entered(subject=subject, kept=part_of(command, ReviewOpened))
    record_entry_as(work, case, NOTE_REVIEW_OPENED, command, entered)
    if not requests(work.session, case.id, Asked.REPORT):
        open_todo(work, case, Todo.REQUEST_REPORTS, last_day=command.last_day)
    return case


NOTE_REVIEW_OPENED = Act(
    name="note_review_opened",
    command=NoteReviewOpened,
    perform=note_review_opened,
    permission=Permission.CARRY_CASES,
    doing="note that the local review is open",
    stages=frozenset(Stage),
    entry=EntryType.REVIEW_OPENED_BY_LEAD,
    kept=ReviewOpened,
    is_listed=False,
    section=Section.INTERNAL,
)
