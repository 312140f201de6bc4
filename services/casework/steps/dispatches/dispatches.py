"""Documents that a person sent by hand, and a dispatch that came back."""

from datetime import date

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import (
    Command,
    Day,
    DispatchChoice,
    KeptFileChoice,
    LongText,
    ShortText,
)
from services.casework.steps.dispatches.collected import must_not_be_under_way
from services.casework.steps.dispatches.dispatch_choice import (
    chosen_dispatch,
    evidence_of,
    must_be_opened_first,
    must_be_possible_day,
    must_be_proven,
)
from services.casework.steps.dispatches.dispatch_said import HowSent, sent_by_hand
from services.casework.steps.dispatches.dispatched import came_back
from services.casework.steps.dispatches.known_addresses import must_be_known
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import DispatchState, Notice
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.recipients import Recipient
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class SendByHand(Command):
    """Documents that you have sent by your own secure mail or portal, to one recipient."""

    dispatch: DispatchChoice = Field(title="What was sent, and to whom?")
    sent_on: Day = Field(title="When was it sent?")
    means: ShortText = Field(
        title="By which way?", description="For example secure email, or the recipient's portal."
    )
    address: ShortText = Field(
        title="To which address?", description="One that is known for this recipient."
    )
    reference: ShortText | None = Field(
        default=None, title="Under which reference?", description="Or keep the sent item as a file."
    )
    evidence: KeptFileChoice | None = Field(
        default=None,
        title="Which file shows that it was sent?",
        description="Add the sent item under Documents first.",
    )


class SentByHand(Command):
    """What is kept of it: what was sent by what it is about, since an id tells a reader nothing."""

    notice: Notice = Field(title="What was sent?")
    recipient: Recipient = Field(title="To whom?")
    sent_on: date = Field(title="When was it sent?")
    means: str = Field(title="By which way?")
    address: str = Field(title="To which address?")
    reference: str | None = Field(title="Under which reference?")
    evidence: str | None = Field(title="Which file shows that it was sent?")


class RecordReturn(Command):
    """A dispatch that was shown as sent and did not reach its recipient."""

    dispatch: DispatchChoice = Field(title="What came back, and from whom?")
    returned_on: Day = Field(title="When did it come back?")
    reasons: LongText = Field(title="What was said, or how do you know?")


class ReturnedDispatch(Command):
    """What is kept of it: the dispatch by what it is about."""

    notice: Notice = Field(title="What came back?")
    recipient: Recipient = Field(title="From whom?")
    returned_on: date = Field(title="When did it come back?")
    reasons: str = Field(title="What was said, or how do you know?")


def send_by_hand(work: UnitOfWork, case_id: CaseId, command: SendByHand) -> Case:
    """Record documents that a person sent: met on the day sent, with address, way and proof."""
    case = begin(work, case_id, SEND_BY_HAND, command)
    states = {one for one in DispatchState if one.waits_for_a_person}
    waiting = chosen_dispatch(work, case, command.dispatch, states)
    must_not_be_under_way(work, case, waiting)
    if waiting.awaits_submission:
        raise AnswerRefused("dispatch", "Record this under Submit the rapid review to the Panel.")
    must_be_opened_first(work, case, waiting)
    must_be_known(work, waiting.recipient, command.address, command.sent_on)
    must_be_proven(command.reference, command.evidence)
    evidence = evidence_of(work, case, command.evidence)
    must_be_possible_day(work, case, waiting, command.sent_on)
    kept = SentByHand(
        notice=waiting.notice,
        recipient=waiting.recipient,
        sent_on=command.sent_on,
        means=command.means,
        address=command.address,
        reference=command.reference,
        evidence=evidence.shown_title if evidence else None,
    )
    record_entry_as(work, case, SEND_BY_HAND, command, Entered(kept=kept))
    how = HowSent(
        on=command.sent_on,
        means=command.means,
        address=command.address,
        reference=command.reference,
        evidence=command.evidence,
    )
    sent_by_hand(work, case, waiting, how)
    return case


SEND_BY_HAND = Act(
    name="send_by_hand",
    command=SendByHand,
    which="dispatch",
    perform=send_by_hand,
    permission=Permission.SEND_DISPATCHES,
    doing="record what was sent by hand",
    stages=frozenset(Stage),
    entry=EntryType.SENT_BY_HAND,
    kept=SentByHand,
    todo=Todo.SEND_BY_HAND,
    is_listed=False,
    section=Section.INTERNAL,
)


def record_return(work: UnitOfWork, case_id: CaseId, command: RecordReturn) -> Case:
    """Take a dispatch back that did not reach its recipient; its duty is open at its old date."""
    case = begin(work, case_id, RECORD_RETURN, command)
    states = {one for one in DispatchState if one.counts}
    dispatch = chosen_dispatch(work, case, command.dispatch, states)
    if dispatch.sent_on is None or not dispatch.sent_on <= command.returned_on <= work.today:
        raise AnswerRefused(
            "returned_on", "Enter a day from that of its sending on, not in the future."
        )
    kept = ReturnedDispatch(
        notice=dispatch.notice,
        recipient=dispatch.recipient,
        returned_on=command.returned_on,
        reasons=command.reasons,
    )
    record_entry_as(work, case, RECORD_RETURN, command, Entered(kept=kept))
    came_back(work, case, dispatch, command.returned_on)
    return case


RECORD_RETURN = Act(
    name="record_return",
    command=RecordReturn,
    which="dispatch",
    perform=record_return,
    permission=Permission.SEND_DISPATCHES,
    doing="record a dispatch that came back",
    stages=frozenset(Stage),
    entry=EntryType.DISPATCH_RETURNED,
    kept=ReturnedDispatch,
    section=Section.INTERNAL,
)
