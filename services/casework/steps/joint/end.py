"""What was carried together has ended: our case goes on with an action plan of its own.

An act of Keyline itself, on our own rows, once the lead's act is kept.
"""

from pydantic import Field

from services.casework.act import Act, record_entry
from services.casework.commands import Command
from services.casework.effects import close_todos, open_todo
from services.casework.joint.ending import leave
from services.database.cases import Case, get_case
from services.database.joint_reviews import membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import STAYS_OPEN, Todo
from services.domain.workflow import Stage, move


class NoteReviewEnded(Command):
    """That the partnership that leads has come to its action plan."""

    partnership: str = Field(title="Which partnership led?")


def note_review_ended(work: UnitOfWork, case_id: CaseId, command: NoteReviewEnded) -> Case:
    """Go on alone: a case that stood aside comes to its own action plan (EMB-03, rules.md 4).

    What its agencies were asked they still answer.
    """
    work.actor.must(NOTE_REVIEW_ENDED.permission)
    case = get_case(work.session, case_id, for_change=True)
    if membership_of(work.session, case.id) is None:
        return case
    record_entry(work, case, NOTE_REVIEW_ENDED, command)
    leave(work, case)
    if case.stage is Stage.JOINT_REVIEW:
        case.stage = move(case.stage, Stage.EMBEDDING)
        work.session.add(case)
        close_todos(work, case, *(one for one in Todo if one not in STAYS_OPEN))
        open_todo(work, case, Todo.PROPOSE_PLAN)
    return case


NOTE_REVIEW_ENDED = Act(
    name="note_review_ended",
    command=NoteReviewEnded,
    perform=note_review_ended,
    permission=Permission.CARRY_CASES,
    doing="note that the joint part ended",
    stages=frozenset(Stage),
    entry=EntryType.JOINT_REVIEW_ENDED,
    is_listed=False,
    section=Section.INTERNAL,
)
