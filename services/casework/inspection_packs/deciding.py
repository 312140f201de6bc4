"""What becomes of each item of a pack: a named person includes it, changes it or withholds it.

Words that are left out of an item stand in no other item that goes (`file_words.py`). A decision
that is taken anew ends the approvals, since the pack says something else then.
"""

from collections.abc import Iterator
from typing import Final
from uuid import UUID, uuid4

from services.casework.inspection_packs.records import (
    NewPackStep,
    begin_pack_step,
    by_form,
    form_of,
    id_of_form,
    must_be_changeable,
    put_step,
)
from services.casework.inspection_packs.said import DecidePackItem, IncludePackItems
from services.casework.inspection_packs.standing import ItemOfPack, PackStanding
from services.database.inspection import get_pack_step
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import InspectionEvent
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.inspection import PackItemDecision
from services.domain.redaction import stands_in
from services.domain.roles import Permission

_KEEP: Final = Permission.KEEP_INSPECTION_PACKS
ITEMS: Final = (InspectionEvent.ITEM_GATHERED, InspectionEvent.STATEMENT_ADDED)


def decide_pack_item(work: UnitOfWork, item_id: UUID, command: DecidePackItem) -> UUID:
    """Decide an item, or decide it anew. Return its pack."""
    step = get_pack_step(work.session, item_id, *ITEMS)
    pack = begin_pack_step(work, step.pack_id, _KEEP, command, item_id)
    if pack is not None:
        must_be_changeable(pack)
        item = item_of(pack, item_id)
        for field, message in _misfits(item, command):
            raise AnswerRefused(field, message)
        event = InspectionEvent.ITEM_DECIDED
        put_step(work, pack.id, by_form(work, item_id, event, command, item.step))
    return step.pack_id


def include_pack_items(work: UnitOfWork, pack_id: UUID, command: IncludePackItems) -> UUID:
    """Include several items as they are: each is a decision of its own by who read it."""
    pack = begin_pack_step(work, pack_id, _KEEP, command)
    if pack is None:
        return pack_id
    must_be_changeable(pack)
    if not command.has_read:
        raise AnswerRefused("has_read", "Read each item whole before it is included.")
    waiting = {one.step.id: one for one in pack.open_items}
    chosen = list(dict.fromkeys(command.items))
    if not chosen or not set(chosen) <= waiting.keys():
        raise AnswerRefused("items", "Choose items of which nothing is decided yet.")
    ids = (id_of_form(work), *(uuid4() for _ in chosen[1:]))
    words = DecidePackItem(decision=PackItemDecision.INCLUDE)
    for row_id, item_id in zip(ids, chosen, strict=True):
        item = waiting[item_id].step
        new = NewPackStep(
            event=InspectionEvent.ITEM_DECIDED,
            words=words,
            id=row_id,
            about=item,
            case_id=item.case_id,
            form=form_of(command, pack_id) if row_id == ids[0] else None,
        )
        put_step(work, pack_id, new)
    return pack_id


def item_of(pack: PackStanding, item_id: UUID) -> ItemOfPack:
    """Return an item of the last gathering, or one that was added; refuse one of before."""
    for one in pack.items:
        if one.step.id == item_id:
            return one
    raise RuleBroken("The pack was gathered anew meanwhile: decide the item as it is now.")


def _misfits(item: ItemOfPack, command: DecidePackItem) -> Iterator[tuple[str, str]]:
    """Yield what of a decision does not fit: with the field, and what to do."""
    is_included = command.decision is PackItemDecision.INCLUDE
    if is_included and command.reasons:
        yield "reasons", "Nothing is left out of an item that is included as it is."
    if not is_included and not command.reasons:
        yield "reasons", "Say why something is left out: it stands in the pack."
    if command.decision is PackItemDecision.REDACT:
        yield from _badly_redacted(item, command)
    elif command.passages:
        yield "passages", "Words are entered only where some words are left out."
    elif command.instead:
        yield "instead", "Other words are entered only where the item goes in other words."


def _badly_redacted(item: ItemOfPack, command: DecidePackItem) -> Iterator[tuple[str, str]]:
    if bool(command.passages) == bool(command.instead):
        yield "passages", "Enter either the words that are left out, or what it says instead."
    for number, one in enumerate(command.passages):
        if not stands_in(one.passage, item.said.words):
            yield f"passages.{number}.passage", "These words do not stand in the item."
        if command.reasons and stands_in(one.passage, command.reasons):
            yield "reasons", "It says words that are left out, and it stands in the pack."
