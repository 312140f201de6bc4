"""What a member of the review group says to the group about a case (GOV-15)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText
from services.casework.steps.attendance.group_meetings import WHERE_GROUP_WORKS
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission


class CommentToGroup(Command):
    """A comment to the review group, which is internal to it and shared with nobody else.

    Whoever chairs the group reads it before the group meets, and before a draft is assured.
    """

    comment: LongText = Field(title="Your comment")


def comment_to_group(work: UnitOfWork, case_id: CaseId, command: CommentToGroup) -> Case:
    """Keep a member's comment; nothing waits for it."""
    case = begin(work, case_id, COMMENT_TO_GROUP, command)
    record_entry(work, case, COMMENT_TO_GROUP, command)
    return case


COMMENT_TO_GROUP = Act(
    name="comment_to_group",
    command=CommentToGroup,
    perform=comment_to_group,
    permission=Permission.COMMENT_TO_GROUP,
    doing="comment to the review group",
    stages=WHERE_GROUP_WORKS,
    entry=EntryType.GROUP_COMMENTED,
    shows=(EntryType.GROUP_MET,),
    section=Section.INTERNAL,
)
