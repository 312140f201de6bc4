"""Meetings of the review group: convened, and each put on record (GOV-15).

The rapid review meeting has a record of its own; these are all the others, from the referral on.
"""

from typing import Final

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, Day, LongText, PersonChoice
from services.casework.effects import EmailContext, enqueue_email
from services.casework.steps.attendance.who_may_attend import may_attend
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage

WHERE_GROUP_WORKS: Final = frozenset(Stage) - {Stage.INVITED, Stage.LEAD, Stage.CLOSED}


class RecordGroupMeeting(Command):
    """A meeting of the review group about this case, and when it meets next (GOV-15).

    To convene it, enter only the day on which it meets. Members who have declared
    are told the day.
    """

    held_on: Day | None = Field(default=None, title="When did it meet?")
    present: tuple[PersonChoice, ...] = Field(default=(), title="Who was there?")
    decided: LongText | None = Field(default=None, title="What was decided?")
    meets_on: Day | None = Field(default=None, title="When does it meet next?")


def record_group_meeting(work: UnitOfWork, case_id: CaseId, command: RecordGroupMeeting) -> Case:
    """Keep who met and what was decided; tell members who have declared the next day."""
    case = begin(work, case_id, RECORD_GROUP_MEETING, command)
    if command.held_on is None:
        _must_only_convene(command)
    else:
        _must_be_a_record(work, case, command)
    if command.meets_on is not None and command.meets_on < work.today:
        raise AnswerRefused("meets_on", "Enter a day that is not in the past.")
    entry = record_entry(work, case, RECORD_GROUP_MEETING, command)
    if command.meets_on is not None:
        about = EmailContext(due=command.meets_on, part=str(entry.number))
        enqueue_email(work, case, EmailTrigger.GROUP_CONVENED, about)
    return case


RECORD_GROUP_MEETING = Act(
    name="record_group_meeting",
    command=RecordGroupMeeting,
    perform=record_group_meeting,
    permission=Permission.RUN_MEETING,
    doing="record a review group meeting",
    stages=WHERE_GROUP_WORKS,
    entry=EntryType.GROUP_MET,
    shows=(EntryType.GROUP_MET, EntryType.GROUP_COMMENTED),
    section=Section.INTERNAL,
    holds_family_data=True,
)


def _must_only_convene(command: RecordGroupMeeting) -> None:
    """Refuse half a record, and an answer that says nothing."""
    if command.present or command.decided:
        raise AnswerRefused("held_on", "Enter the day on which it met.")
    if command.meets_on is None:
        raise AnswerRefused("meets_on", "Enter when it met, or when it meets next.")


def _must_be_a_record(work: UnitOfWork, case: Case, command: RecordGroupMeeting) -> None:
    """Refuse a meeting still to come, and one without people or without what was decided."""
    if command.held_on is not None and command.held_on > work.today:
        raise AnswerRefused("held_on", "A meeting still to come is the next one: enter it there.")
    served = may_attend(work, case, command.held_on)
    if not command.present or not set(command.present) <= served.keys():
        raise AnswerRefused("present", "Choose who was there, of those who served here on the day.")
    if command.decided is None:
        raise AnswerRefused("decided", "Enter what was decided, or that nothing was.")
