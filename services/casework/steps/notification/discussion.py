"""An agency and the local authority discuss whether to notify, and it is on record (NOT-10).

The discussion decides nothing: the decision is the local authority's, which has it before it.
"""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText, Moment, ShortText
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.incidents import DiscussionEnd
from services.domain.roles import Permission
from services.domain.workflow import Stage


class RecordDiscussion(Command):
    """What an agency and the local authority said of whether to notify, before it is (NOT-10).

    Record each discussion when it was held. No clock waits for it.
    """

    held_at: Moment = Field(title="When was it held?")
    agency: ShortText = Field(
        title="Which agency took part, and who of it?",
        description="For example the hospital trust's named doctor: the post, not the name.",
    )
    authority: ShortText = Field(
        title="Who took part for the local authority?", description="Their post."
    )
    agreed: DiscussionEnd = Field(title="What was agreed?")
    said: LongText = Field(
        title="On which grounds, and what follows?",
        description="Where it was not agreed, say what each of them held.",
    )


def record_discussion(work: UnitOfWork, case_id: CaseId, command: RecordDiscussion) -> Case:
    """Keep who discussed it, when, and what was agreed; several may be held."""
    case = begin(work, case_id, RECORD_DISCUSSION, command)
    if command.held_at > work.now:
        raise AnswerRefused("held_at", "It cannot have been held in the future.")
    record_entry(work, case, RECORD_DISCUSSION, command)
    return case


RECORD_DISCUSSION = Act(
    name="record_discussion",
    command=RecordDiscussion,
    perform=record_discussion,
    permission=Permission.REFER,
    doing="record a discussion of whether to notify",
    stages=frozenset({Stage.LEAD, Stage.REQUESTED, Stage.REFERRED, Stage.TO_BE_NOTIFIED}),
    entry=EntryType.DISCUSSION_RECORDED,
    section=Section.INTERNAL,
    holds_family_data=True,
)
