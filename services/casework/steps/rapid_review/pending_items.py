"""The list of what is still awaited on a case, with an owner for each (RR-35, RR-36).

An item is open from the last signature on the decision that names it until a supplement answers it,
or somebody records that it is no longer awaited. A decision that is taken again ends none of them.
What is open stands in the todos, so that it is known whoever acts; its words, in the decision.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import Field

from services.casework.commands import Command, Day, ShortText, named
from services.casework.effects import close_todos, move_todo, open_todo
from services.casework.steps.police_marks.marks_carried import carry_marks_of_each
from services.database.assignments import Assignment, closed_assignments, open_assignments
from services.database.cases import Case
from services.database.history import Entry, all_of, facts, last_entry
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.pending_items import (
    PendingKind,
    PendingStanding,
    kind_and_id,
    pending_id,
    pending_subject,
)
from services.domain.todos import Todo


class PendingItem(Command):
    """One piece of significant information that is still awaited (RR-35)."""

    item: ShortText = Field(
        title="What is awaited?", description="No name of the child or the family."
    )
    kind: PendingKind = Field(title="Of which kind?")
    owner: ShortText = Field(
        title="Who owns it?",
        description="The post and agency that follows it up, and from whom it is to come.",
    )
    expected_on: Day | None = Field(default=None, title="When is it expected, if that is known?")

    @property
    def id(self) -> UUID:
        """Return what it is known by in every round of the decision."""
        return pending_id(self.kind, self.item)

    @property
    def subject(self) -> str:
        """Return what a todo about it names."""
        return pending_subject(self.kind, self.id)


class AnsweredItem(Command):
    """What is kept of an item that was answered: what it was, and of which kind."""

    item: str = Field(title="What was awaited")
    kind: PendingKind = Field(title="Kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedItem:
    """One item that is open: as the newest decision says it, in which entry, expected when."""

    said: PendingItem
    entry: Entry
    expected_on: date | None

    @property
    def id(self) -> UUID:
        """Return what it is known by."""
        return self.said.id


def must_be_apart(items: Sequence[PendingItem]) -> None:
    """Refuse the same thing said twice: each is answered by itself (RR-36)."""
    if len({one.id for one in items}) < len(items):
        raise AnswerRefused("pending", "Enter each thing that is awaited once.")


def await_items(work: UnitOfWork, case: Case) -> None:
    """Have each item that the partners decided with followed up, by the day it is expected (RR-35).

    It is done by the last signature: whoever signs has read the whole decision. What was answered
    or followed up while it was being signed stays as that left it (RR-36).
    """
    round_, waiting = str(case.decision_round), _waiting(work, case)
    decided = last_entry(work.session, case.id, EntryType.DECISION_PROPOSED, round_)
    if decided is None:
        return
    left = _dealt_with_since(work, case, decided)
    for one in _items_of(decided):
        if one.id in left:
            continue
        if one.id in waiting:
            move_todo(work, case, Todo.FOLLOW_UP_PENDING, one.expected_on, subject=one.subject)
        else:
            todo, day = Todo.FOLLOW_UP_PENDING, one.expected_on
            open_todo(work, case, todo, last_day=day, subject=one.subject)


def await_no_more(work: UnitOfWork, case: Case, items: Iterable[AwaitedItem]) -> None:
    """Close what was answered, or is no longer awaited; the others stay open."""
    for one in items:
        close_todos(work, case, Todo.FOLLOW_UP_PENDING, subject=one.said.subject)


def has_awaited(work: UnitOfWork, case: Case) -> bool:
    """Tell whether anything is still awaited on the case."""
    return bool(_waiting(work, case))


def awaited_kinds(work: UnitOfWork, case: Case) -> tuple[PendingKind, ...]:
    """Return of which kind each thing is that is still awaited, as its todo tells everybody."""
    return tuple(kind_and_id(one.subject)[0] for one in _waiting(work, case).values())


def awaited_on(work: UnitOfWork, case: Case) -> tuple[AwaitedItem, ...]:
    """Return what is still awaited, as far as the actor reads the decision that names it."""
    waiting = _waiting(work, case)
    found = {
        item.id: AwaitedItem(said=item, entry=entry, expected_on=waiting[item.id].last_day)
        for entry in (all_of(work.session, case.id, EntryType.DECISION_PROPOSED) if waiting else ())
        for item in _items_of(entry)
        if item.id in waiting
    }
    return tuple(found.values())


def answered_by(work: UnitOfWork, case: Case, chosen: Iterable[UUID]) -> tuple[AwaitedItem, ...]:
    """Return what a supplement says that it answers; refuse what is not awaited (RR-36)."""
    refusal = AnswerRefused("answers", "Choose from what is still awaited.")
    awaited = awaited_on(work, case)
    return tuple(named(awaited, one, refusal) for one in dict.fromkeys(chosen))


def carry_words(work: UnitOfWork, case: Case, items: Iterable[AwaitedItem], entry: Entry) -> None:
    """Hide an entry that says an item again from those from whom the decision is hidden."""
    carry_marks_of_each(work, case, {one.entry.id: one.entry for one in items}.values(), entry)


def still_pending(
    work: UnitOfWork, case: Case, items: Iterable[PendingItem]
) -> tuple[PendingItem, ...]:
    """Return the items as they stand now: without what was settled, with the newest day."""
    waiting, settled = _waiting(work, case), _settled(work, case)
    return tuple(
        one.model_copy(update={"expected_on": waiting[one.id].last_day})
        if one.id in waiting
        else one
        for one in items
        if one.id in waiting or one.id not in settled
    )


def _items_of(entry: Entry) -> tuple[PendingItem, ...]:
    return tuple(map(PendingItem.model_validate, entry.command["pending"]))


def _waiting(work: UnitOfWork, case: Case) -> dict[UUID, Assignment]:
    return {
        kind_and_id(one.subject)[1]: one
        for one in open_assignments(work.session, case.id)
        if one.todo is Todo.FOLLOW_UP_PENDING
    }


def _dealt_with_since(work: UnitOfWork, case: Case, decided: Entry) -> set[UUID]:
    """Return what was answered or followed up since the decision was put, read by the actor or not.

    No other act than those two closes such a todo while a case is open.
    """
    followed = facts(work.session, case.id, EntryType.PENDING_FOLLOWED_UP)
    closed = closed_assignments(work.session, case.id, Todo.FOLLOW_UP_PENDING, decided.at)
    return {UUID(one.subject) for one in followed if one.number > decided.number} | {
        kind_and_id(one.subject)[1] for one in closed
    }


def _settled(work: UnitOfWork, case: Case) -> set[UUID]:
    """Return what a supplement answered, or is recorded as no longer awaited."""
    answered = (
        AnsweredItem.model_validate(item)
        for entry in all_of(work.session, case.id, EntryType.REVIEW_SUPPLEMENTED)
        for item in entry.command["answers"]
    )
    ended = {
        UUID(entry.subject)
        for entry in all_of(work.session, case.id, EntryType.PENDING_FOLLOWED_UP)
        if entry.command["standing"] == PendingStanding.NO_LONGER_AWAITED
    }
    return ended | {pending_id(one.kind, one.item) for one in answered}
