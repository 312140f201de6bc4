"""A conversation with one practitioner: about the event, in its place, or without one (LC-40)."""

from typing import Annotated

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Day, LongText, NeededWhen, ShortText
from services.casework.steps.learning_event.plan import PostInvited, event_of
from services.casework.steps.other_reviews.held_back import Heeded, must_heed_asking
from services.database.cases import Case
from services.database.partnerships import agency_on
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.learning_events import TalkOccasion
from services.domain.roles import Permission
from services.domain.workflow import Stage


class RecordConversation(PostInvited):
    """A conversation of the lead reviewer with one practitioner, by post (LC-40)."""

    held_on: Day = Field(title="When?")
    occasion: TalkOccasion = Field(title="What is it to the learning event?")
    why: Annotated[LongText | None, NeededWhen("if it is in place of the event")] = Field(
        default=None, title="Why can they not come to the event?"
    )
    by_whom: ShortText = Field(title="Who spoke with them?", description="By post.")
    said: LongText = Field(
        title="What did they contribute?",
        description="To which key theme, and with what was known to them then.",
    )
    heeded: Heeded = None


def record_conversation(work: UnitOfWork, case_id: CaseId, command: RecordConversation) -> Case:
    """Keep what one practitioner contributes in a conversation (LC-40)."""
    case = begin(work, case_id, RECORD_CONVERSATION, command)
    agency_on(work.session, case.id, command.agency)
    if command.held_on > work.today:
        raise AnswerRefused("held_on", "Enter a day that is not in the future.")
    is_instead = command.occasion is TalkOccasion.INSTEAD
    _must_fit_the_event(work, case, command.occasion)
    if is_instead is not (command.why is not None):
        says = "Say why not (LC-40)." if is_instead else "It is not in place of the event."
        raise AnswerRefused("why", says)
    must_heed_asking(work, case, command.heeded)
    record_entry(work, case, RECORD_CONVERSATION, command, subject=str(command.agency))
    return case


def _must_fit_the_event(work: UnitOfWork, case: Case, occasion: TalkOccasion) -> None:
    """Refuse one in place of an event that was never planned, and one without the event there is.

    A review whose event was called off has none.
    """
    event = event_of(work, case)
    if occasion is TalkOccasion.INSTEAD and event is None:
        raise AnswerRefused("occasion", "No learning event was planned on this case.")
    is_off = event is None or event.newest.entry_type is EntryType.LEARNING_EVENT_CALLED_OFF
    if occasion is TalkOccasion.NO_EVENT and not is_off:
        raise AnswerRefused("occasion", "This review has a learning event: say what it is to it.")


RECORD_CONVERSATION = Act(
    name="record_conversation",
    command=RecordConversation,
    which="agency",
    perform=record_conversation,
    permission=Permission.HOLD_LEARNING_EVENT,
    doing="record a conversation with a practitioner",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.PRACTITIONER_HEARD,
    section=Section.INTERNAL,
    holds_family_data=True,
)
