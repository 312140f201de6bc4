"""What is seen in practice of each completed action, before its case is closed (EMB-12)."""

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.effects import close_todos, open_todo
from services.casework.past_days import must_be_past
from services.casework.steps.practice_seen import RecordPractice, completed_on
from services.database.actions import Action, actions, get_action
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import PracticeFinding, Progress
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


def record_practice(work: UnitOfWork, case_id: CaseId, command: RecordPractice) -> Case:
    """Keep what was seen of one action: on which day, by which audit or observation (EMB-12).

    Where practitioners do not work so yet it is asked for again by the day that is named.
    """
    case = begin(work, case_id, RECORD_PRACTICE, command)
    action = get_action(work.session, case.id, command.number)
    if action.progress is not Progress.COMPLETE:
        raise StepNotOpen("What is seen in practice is recorded once the action is completed.")
    _must_be_whole(command)
    _must_be_in_time(work, case, action, command)
    number = str(command.number)
    is_seen = command.found is not PracticeFinding.NOT_ADOPTED
    kind = EntryType.PRACTICE_SEEN if is_seen else EntryType.PRACTICE_LACKING
    entered = Entered(subject=number, entry_type=kind)
    record_entry_as(work, case, RECORD_PRACTICE, command, entered)
    close_todos(work, case, Todo.SEE_PRACTICE, subject=number)
    if command.found is PracticeFinding.NOT_ADOPTED:
        open_todo(work, case, Todo.SEE_PRACTICE, last_day=command.again_on, subject=number)
    return case


def has_completed(work: UnitOfWork, case: Case) -> bool:
    """Tell whether an action of the plan is completed, so that practice can be looked at."""
    return any(one.progress is Progress.COMPLETE for one in actions(work.session, case.id))


RECORD_PRACTICE = Act(
    name="record_practice",
    command=RecordPractice,
    which="number",
    perform=record_practice,
    permission=Permission.RUN_LEARNING,
    doing="record what is seen in practice",
    stages=frozenset({Stage.EMBEDDING}),
    entry=EntryType.PRACTICE_SEEN,
    other_entry=EntryType.PRACTICE_LACKING,
    todo=Todo.SEE_PRACTICE,
    shows=(EntryType.PLAN_PROPOSED, EntryType.ACTION_UPDATED, EntryType.ACTION_AUDITED),
    is_offered=has_completed,
    section=Section.ACTION_PLAN,
)


def _must_be_whole(command: RecordPractice) -> None:
    """Refuse what was looked at without day and by what, and a new look that is not due."""
    is_looked_at = command.found is not PracticeFinding.NONE_TO_SEE
    needed = {"looked_by": is_looked_at, "seen_on": is_looked_at}
    needed["again_on"] = command.found is PracticeFinding.NOT_ADOPTED
    for field, is_needed in needed.items():
        if is_needed and getattr(command, field) is None:
            raise AnswerRefused(field, "Enter this (EMB-12).")
        if not is_needed and getattr(command, field) is not None:
            raise AnswerRefused(field, "Leave this empty: it does not belong to what was found.")


def _must_be_in_time(work: UnitOfWork, case: Case, action: Action, command: RecordPractice) -> None:
    """Refuse what was seen before the action was completed, and a new look in the past."""
    if command.seen_on is not None:
        must_be_past(work, "seen_on", command.seen_on, completed_on(work, case, action))
    if command.again_on is not None and command.again_on <= work.today:
        raise AnswerRefused("again_on", "Enter a day that is still to come.")
