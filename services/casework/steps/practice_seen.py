"""What was seen of practice after each action of a plan was completed (EMB-12).

An audit by which its improvement lasts says it already. All is read from the history, for the time
since the action was completed.
"""

from collections.abc import Set
from datetime import date
from typing import Annotated, Final

from pydantic import Field

from services.casework.commands import Command, Day, LongText, NeededWhen
from services.casework.effects import close_todos, open_todo
from services.casework.steps.plan_said import AuditRecorded
from services.casework.steps.plan_standing import opens_action
from services.database.actions import Action, actions
from services.database.cases import Case
from services.database.history import Entry, Fact, all_of, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import AuditFinding, LookedBy, PracticeFinding, Progress
from services.domain.entry_types import EntryType
from services.domain.todos import Todo
from services.domain.working_days import london_date

_LOOKED: Final = NeededWhen("if practice was looked at")
_OF_ACTIONS: Final = (EntryType.ACTION_UPDATED, EntryType.ACTION_AUDITED)
_OF_PRACTICE: Final = (EntryType.PRACTICE_SEEN, EntryType.PRACTICE_LACKING)


class RecordPractice(Command):
    """What was seen in practice after an action was completed: whether people work so (EMB-12).

    An audit by which the improvement lasts says it already, and needs no more.
    """

    number: int = Field(title="Number of the action", ge=1, le=999)
    found: PracticeFinding = Field(title="Do practitioners work in the changed way?")
    looked_by: Annotated[LookedBy | None, _LOOKED] = Field(
        default=None, title="By which audit or observation was it seen?"
    )
    seen_on: Annotated[Day | None, _LOOKED] = Field(default=None, title="On which day?")
    seen: LongText = Field(
        title="What was seen in practice, and of how much? If there is nothing to see: why not?",
        description="By teams and roles. Name nobody.",
    )
    again_on: Annotated[Day | None, NeededWhen("if they do not work so yet")] = Field(
        default=None, title="By when is it looked at again?"
    )


def completed_on(work: UnitOfWork, case: Case, action: Action) -> date:
    """Return since when the action is completed without a break; more evidence is no break."""
    since: list[date] = []
    for entry in all_of(work.session, case.id, EntryType.ACTION_UPDATED, EntryType.ACTION_AUDITED):
        if entry.subject != str(action.number):
            continue
        if opens_action(entry):
            since.clear()
        elif entry.entry_type is EntryType.ACTION_UPDATED:
            since.append(london_date(entry.at))
    return since[0]


def practice_unseen(work: UnitOfWork, case: Case) -> Set[int]:
    """Return the numbers of the completed actions of which no changed practice is on record."""
    complete = {
        one.number for one in actions(work.session, case.id) if one.progress is Progress.COMPLETE
    }
    seen: set[int] = set()
    # No mark hides these from the rule: of practice it asks if it is seen, not in which words.
    said: list[Entry | Fact] = [
        *all_of(work.session, case.id, *_OF_ACTIONS),
        *facts(work.session, case.id, *_OF_PRACTICE),
    ]
    for one in sorted(said, key=lambda one: one.number):
        seen = _after(one, seen)
    return complete - seen


def _after(said: Entry | Fact, seen: set[int]) -> set[int]:
    """Return of which actions practice is seen, after what was said of one of them."""
    number = int(said.subject)
    if isinstance(said, Entry):
        if opens_action(said):
            return seen - {number}
        is_seen = said.entry_type is EntryType.ACTION_AUDITED and _lasts(said)
        return seen | {number} if is_seen else seen
    return seen | {number} if said.entry_type is EntryType.PRACTICE_SEEN else seen - {number}


def _lasts(audited: Entry) -> bool:
    return AuditRecorded.model_validate(audited.command).finding is AuditFinding.SUSTAINED


def ask_about_practice(work: UnitOfWork, case: Case) -> None:
    """Ask what is seen in practice of each completed action of which nothing is on record."""
    close_todos(work, case, Todo.SEE_PRACTICE)
    for number in sorted(practice_unseen(work, case)):
        open_todo(work, case, Todo.SEE_PRACTICE, subject=str(number))
