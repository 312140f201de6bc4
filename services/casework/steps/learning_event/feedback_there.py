"""What our practitioners say of the draft of a review that another partnership leads (PUB-19).

Each partnership asks its own, on its own case; whoever leads has on its record, by agency and post,
what they say, or why they are not asked.
"""

from typing import Annotated

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import LongText, NeededWhen
from services.casework.effects import close_todos
from services.casework.joint.telling_draft import deliver_feedback
from services.casework.steps.learning_event.asking import PractitionersAsked, must_say_how_asked
from services.casework.steps.learning_event.draft_heard import must_answer_each
from services.casework.steps.learning_event.leads_draft import first_drafted_on, leads_draft
from services.casework.steps.learning_event.leads_event import who_came_there
from services.database.cases import Case
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class RecordFeedbackThere(PractitionersAsked):
    """What your practitioners who took part say of the lead's draft (PUB-19). Nobody is named.

    The partnership that leads gets it in these words, with agency and post, and says what becomes
    of it before its partners have the draft. To add to it, say all of it again.
    """

    not_asked: Annotated[
        LongText | None, NeededWhen("if practitioners who took part are not asked, or nobody is")
    ] = Field(
        default=None,
        title="Who is not asked, and why?",
        description="By agency and post. Such as that they have left, or that nobody took part.",
    )


class FeedbackThereKept(RecordFeedbackThere):
    """What is kept of it: with the version of the lead's draft."""

    version: int = Field(title="Version of the draft")


def record_feedback_there(work: UnitOfWork, case_id: CaseId, command: RecordFeedbackThere) -> Case:
    """Keep what they say of the lead's draft, or why they are not asked; the lead is told."""
    case = begin(work, case_id, RECORD_FEEDBACK_THERE, command)
    draft = leads_draft(work, case)
    if draft is None:
        raise StepNotOpen("The partnership that leads has submitted no draft.")
    must_answer_each(work, case, iter(command.remarks), "remarks")
    if command.agencies:
        must_say_how_asked(work, case, command, first_drafted_on(work, case))
    elif command.says_of_asking:
        raise AnswerRefused("agencies", "Choose each agency whose practitioners were asked.")
    _must_say_who_is_left_out(work, case, command)
    kept = FeedbackThereKept(**dict(command), version=draft.version)
    entry = record_entry_as(work, case, RECORD_FEEDBACK_THERE, command, Entered(kept=kept))
    close_todos(work, case, Todo.HEAR_OF_DRAFT)
    deliver_feedback(work, case, entry.id)
    return case


def has_leads_draft(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the lead has submitted a draft, as far as we were told."""
    return leads_draft(work, case) is not None


RECORD_FEEDBACK_THERE = Act(
    name="record_feedback_there",
    command=RecordFeedbackThere,
    perform=record_feedback_there,
    permission=Permission.HOLD_LEARNING_EVENT,
    doing="record what your practitioners say of the lead's draft",
    stages=frozenset({Stage.JOINT_REVIEW}),
    entry=EntryType.FEEDBACK_THERE,
    kept=FeedbackThereKept,
    todo=Todo.HEAR_OF_DRAFT,
    shows=(EntryType.DRAFT_SUBMITTED, EntryType.LEADS_DRAFT_TOLD),
    is_offered=has_leads_draft,
    section=Section.DRAFT_REPORT,
    holds_family_data=True,
)


def _must_say_who_is_left_out(work: UnitOfWork, case: Case, command: RecordFeedbackThere) -> None:
    """Refuse to leave out practitioners who took part without a reason (PUB-19)."""
    left = (who_came_there(work, case) or set()) - set(command.agencies)
    if command.not_asked is None and (left or not command.agencies):
        named = agency_names(work.session)
        who = ", ".join(sorted(named[one] for one in left)) or "nobody is asked"
        raise AnswerRefused("not_asked", f"Say who is not asked about the draft, and why: {who}.")
