"""What was found for a request, item by item: given, given without some words, or withheld.

One person decides, by a provision for whatever is left out; another person reads the decision, with
the item and what is left out of it. Nothing is given before that (decision 0067).
"""

from collections.abc import Iterator
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from services.casework.commands import Command, LongText, NeededWhen, Rows, ShortText, YesNo
from services.casework.information_requests.records import NewStep, begin_step, take_step
from services.casework.information_requests.standing import ItemStanding, RequestStanding
from services.database.information_requests import get_request_step
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import RequestEvent
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken
from services.domain.information_requests import Exemption, ItemDecision, exemptions_of
from services.domain.redaction import stands_in
from services.domain.roles import Permission

_ANSWER: Final = Permission.ANSWER_INFORMATION_REQUESTS
_LEAVES_OUT: Final = NeededWhen("needed where anything is left out")


class EnterItem(Command):
    """One thing that was found, with its words as they would be given."""

    title: ShortText = Field(
        title="What is it?", description="For example: minutes of 3 May 2024, item 2."
    )
    text: LongText = Field(title="What does it say?", description="All of it, as it stands.")


class WithheldPassage(Command):
    """Words that are left out wherever they stand in the item."""

    passage: LongText = Field(title="Words to be left out, as they stand in the item")


class DecideItem(Command):
    """What becomes of an item, and by which provisions something is left out."""

    decision: ItemDecision = Field(title="What becomes of it?")
    passages: Annotated[tuple[WithheldPassage, ...], Rows(count=4, of="passage")] = Field(
        default=(),
        title="Which words are left out?",
        description="Only where some words are left out. They are left out in the whole item.",
    )
    exemptions: Annotated[tuple[Exemption, ...], _LEAVES_OUT] = Field(
        default=(), title="By which provisions is something left out?"
    )
    reasons: LongText = Field(
        title="Why?",
        description="What was weighed: the harm, the interests of others, the public interest. The "
        "second person reads it; the requester does not.",
    )


class ReadItemDecision(Command):
    """What a second person says of a decision."""

    is_agreed: YesNo = Field(title="Do you agree with the decision?")
    remarks: Annotated[LongText | None, NeededWhen("needed where you do not agree")] = Field(
        default=None, title="Why not, or what is to be noted?"
    )


def enter_item(work: UnitOfWork, request_id: UUID, command: EnterItem) -> None:
    """Put on record one thing that was found; a complaint has no items."""
    standing = begin_step(work, request_id, _ANSWER, command)
    if standing is None:
        return
    if standing.is_complaint:
        raise RuleBroken("A complaint is answered in words: nothing is given or withheld.")
    step = NewStep(event=RequestEvent.ITEM_ENTERED, command=command, on_day=work.today)
    take_step(work, standing, step)


def decide_item(work: UnitOfWork, item_id: UUID, command: DecideItem) -> UUID:
    """Decide an item, or decide it anew: a second person reads it afresh. Return its request."""
    item = get_request_step(work.session, item_id, RequestEvent.ITEM_ENTERED)
    standing = begin_step(work, item.request_id, _ANSWER, command, item_id)
    if standing is not None:
        _must_fit(standing, str(item.words["text"]), command)
        step = NewStep(
            event=RequestEvent.ITEM_DECIDED,
            command=command,
            on_day=work.today,
            step=item,
            posted_about=item_id,
        )
        take_step(work, standing, step)
    return item.request_id


def read_item(work: UnitOfWork, item_id: UUID, command: ReadItemDecision) -> UUID:
    """Say as another person whether the newest decision is right. Return the item's request.

    Raises RuleBroken for whoever decided it.
    """
    item = get_request_step(work.session, item_id, RequestEvent.ITEM_ENTERED)
    standing = begin_step(work, item.request_id, _ANSWER, command, item_id)
    if standing is None:
        return item.request_id
    decided = _item(standing, item_id).decided
    if decided is None:
        raise RuleBroken("The item is not decided yet.")
    if decided.added_by == work.actor.person_id:
        raise RuleBroken("You decided it yourself: another person reads it.")
    if _item(standing, item_id).read is not None:
        raise AlreadyDone("A second person has read this decision already.")
    if not command.is_agreed and command.remarks is None:
        raise AnswerRefused("remarks", "Say why you do not agree.")
    step = NewStep(
        event=RequestEvent.ITEM_READ,
        command=command,
        on_day=work.today,
        step=decided,
        posted_about=item_id,
    )
    take_step(work, standing, step)
    return item.request_id


def _item(standing: RequestStanding, item_id: UUID) -> ItemStanding:
    return next(one for one in standing.items if one.entered.id == item_id)


def _must_fit(standing: RequestStanding, text: str, command: DecideItem) -> None:
    """Refuse a decision that leaves something out by nothing, or nothing by something."""
    for field, message in _misfits(standing, text, command):
        raise AnswerRefused(field, message)


def _misfits(
    standing: RequestStanding, text: str, command: DecideItem
) -> Iterator[tuple[str, str]]:
    gives_all = command.decision is ItemDecision.DISCLOSE
    redacts = command.decision is ItemDecision.REDACT
    known = exemptions_of(standing.request.kind)
    if gives_all and command.exemptions:
        yield "exemptions", "Nothing is left out of an item that is given as it is."
    if not gives_all and not command.exemptions:
        yield "exemptions", "Say by which provision something is left out."
    if any(one not in known for one in command.exemptions):
        yield "exemptions", "Choose provisions of the law under which the request was made."
    if redacts and not command.passages:
        yield "passages", "Enter the words that are left out."
    if not redacts and command.passages:
        yield "passages", "Words are entered only where some words are left out."
    for number, one in enumerate(command.passages):
        if not stands_in(one.passage, text):
            yield f"passages.{number}.passage", "These words do not stand in the item."
