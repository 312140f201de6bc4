"""What is still awaited is followed up: it is expected later, or it is no longer awaited (RR-36).

What has become known is no part of this: it goes to the Panel as a supplement.
"""

from datetime import date

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, Day, LongText, PendingChoice, named
from services.casework.effects import move_todo
from services.casework.steps.rapid_review.pending_items import (
    await_no_more,
    awaited_on,
    carry_words,
    has_awaited,
)
from services.casework.steps.rapid_review.reconsidering import DECIDED_AT
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.pending_items import PendingStanding
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class FollowUpPending(Command):
    """What was pending when the rapid review was decided, and has not come yet (RR-35).

    Once it is known it goes to the Panel as a supplement, which says what it answers.
    """

    item: PendingChoice = Field(title="What is it about?")
    standing: PendingStanding = Field(title="Is it still awaited?")
    expected_on: Day | None = Field(
        default=None, title="If it is: when is it expected now, if that is known?"
    )
    words: LongText = Field(title="What was found out, or why is it no longer awaited?")


class PendingFollowedUp(Command):
    """What is kept of it: the item by its words."""

    item: str = Field(title="What was awaited")
    standing: PendingStanding = Field(title="Still awaited")
    expected_on: date | None = Field(title="Expected on")
    words: str = Field(title="What was found out, or why it is no longer awaited")


def follow_up_pending(work: UnitOfWork, case_id: CaseId, command: FollowUpPending) -> Case:
    """Keep how one item stands; what is no longer awaited is asked about no more."""
    case = begin(work, case_id, FOLLOW_UP_PENDING, command)
    refusal = AnswerRefused("item", "Choose something that is still awaited.")
    found = named(awaited_on(work, case), command.item, refusal)
    is_over = command.standing is PendingStanding.NO_LONGER_AWAITED
    if is_over and command.expected_on is not None:
        raise AnswerRefused("expected_on", "Leave this out: it is no longer awaited.")
    kept = PendingFollowedUp(**command.model_dump(exclude={"item"}), item=found.said.item)
    entered = Entered(subject=str(found.id), kept=kept)
    entry = record_entry_as(work, case, FOLLOW_UP_PENDING, command, entered)
    carry_words(work, case, (found,), entry)
    if is_over:
        await_no_more(work, case, (found,))
    else:
        todo, day = Todo.FOLLOW_UP_PENDING, command.expected_on
        move_todo(work, case, todo, day, subject=found.said.subject)
    return case


FOLLOW_UP_PENDING = Act(
    name="follow_up_pending",
    command=FollowUpPending,
    which="item",
    perform=follow_up_pending,
    permission=Permission.WRITE_RAPID_REVIEW,
    doing="follow up what is awaited",
    stages=DECIDED_AT | {Stage.PUBLICATION},
    entry=EntryType.PENDING_FOLLOWED_UP,
    kept=PendingFollowedUp,
    todo=Todo.FOLLOW_UP_PENDING,
    is_offered=has_awaited,
    section=Section.CRITERIA_AND_DECISION,
    holds_family_data=True,
    is_joint=True,
)
