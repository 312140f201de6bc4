"""Where a case goes by what the partners decided on a local review, and whose turn it is there."""

from collections.abc import Mapping
from typing import Final

from services.casework.effects import close_todos, open_todo
from services.casework.joint.ending import end_joint_part
from services.casework.steps.learning_event.event_turns import end_planned_event
from services.casework.steps.plan_standing import ask_about_plan
from services.casework.steps.review_runs import has_local_review
from services.casework.steps.rounds.sign_off_rounds import ask_no_more, close_turns
from services.database.actions import actions
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Outcome, Stage, move

_OF_A_LOCAL_REVIEW: Final = (
    Todo.AGREE_TERMS,
    Todo.OVERSEE_COMMISSIONING,
    Todo.SIGN_TERMS,
    Todo.APPOINT_REVIEWER,
    Todo.DECLARE,
    Todo.REQUEST_REPORTS,
    Todo.ASK_FOR_PROGRESS,
    Todo.REPORT_PROGRESS,
    Todo.MONITOR_REVIEW,
    Todo.PROPOSE_INTERIM_LEARNING,
    Todo.SIGN_INTERIM_LEARNING,
    Todo.SHARE_INTERIM_LEARNING,
    Todo.PLAN_LEARNING_EVENT,
    Todo.HOLD_LEARNING_EVENT,
    Todo.PROPOSE_RECOMMENDATIONS,
    Todo.DEVELOP_RECOMMENDATIONS,
    Todo.SIGN_RECOMMENDATIONS,
    Todo.SUBMIT_DRAFT,
    Todo.QUALITY_ASSURE,
    Todo.SETTLE_ANONYMITY,
    Todo.PLAN_COMMUNICATIONS,
    Todo.SIGN_REPORT,
    Todo.RECORD_DELAY,
    Todo.CONSIDER_DELAY,
    Todo.PROPOSE_LOCAL_COURSE,
)
_OF_ITS_PLAN: Final = (Todo.PROPOSE_PLAN, Todo.SIGN_PROPOSED_PLAN, Todo.REVIEW_PLAN)
_BEGINS: Final[Mapping[bool, tuple[Todo, ...]]] = {
    True: (Todo.AGREE_TERMS, Todo.APPOINT_REVIEWER),
    False: (Todo.PROPOSE_PLAN,),
}
"""What begins of a local review, and what where there is none."""

_ASKED_ONLY_THERE: Final[Mapping[Stage, tuple[Todo, ...]]] = {
    Stage.WITH_PANEL: (*_BEGINS[True], *_BEGINS[False]),
    Stage.NATIONAL_REVIEW: (Todo.END_NATIONAL_REVIEW, Todo.PROPOSE_LOCAL_COURSE),
    Stage.COMMISSIONING: _OF_A_LOCAL_REVIEW,
    Stage.LOCAL_REVIEW: (*_OF_A_LOCAL_REVIEW, *_OF_ITS_PLAN),
    Stage.EMBEDDING: (
        Todo.PROPOSE_PLAN,
        Todo.SIGN_PROPOSED_PLAN,
        Todo.REVIEW_PLAN,
        Todo.AUDIT_ACTION,
        Todo.SIGN_PLAN,
        Todo.CLOSE,
    ),
}
_TURNS: Final[Mapping[Stage, tuple[Todo, ...]]] = {
    Stage.NATIONAL_REVIEW: (Todo.END_NATIONAL_REVIEW,),
    Stage.COMMISSIONING: _BEGINS[True],
    Stage.EMBEDDING: _BEGINS[False],
}


def follow_decision(work: UnitOfWork, case: Case) -> None:
    """Go where the newest decision leads; what has not begun begins beside the Panel's answer.

    A local review that is under way goes on where it is. One that the partners gave up leaves the
    case with the Panel's national review while there is one.
    """
    waits = case.stage is Stage.WITH_PANEL and case.panel_answered_on is None
    if waits or case.outcome is Outcome.NATIONAL_REVIEW:
        _await_panel(work, case)
    elif case.outcome is not Outcome.LOCAL_REVIEW:
        _go_on_without(work, case)
    else:
        under_way = case.stage is Stage.LOCAL_REVIEW
        go_on(work, case, Stage.LOCAL_REVIEW if under_way else Stage.COMMISSIONING)


def _await_panel(work: UnitOfWork, case: Case) -> None:
    """Have the Panel's answer awaited anew; a national review is the Panel's to decide on."""
    if national_review_runs(work, case):
        _go_on_without(work, case)
        return
    case.panel_answered_on = None
    go_on(work, case, Stage.WITH_PANEL)
    await_panel(work, case)


def _go_on_without(work: UnitOfWork, case: Case) -> None:
    """Go on without a local review: with the Panel's national one while there is one.

    Learning that has begun stays where it is beside it.
    """
    close_todos(work, case, Todo.PROPOSE_LOCAL_COURSE)
    waits = national_review_runs(work, case) and case.stage is not Stage.EMBEDDING
    go_on(work, case, Stage.NATIONAL_REVIEW if waits else Stage.EMBEDDING)


def await_panel(work: UnitOfWork, case: Case) -> None:
    """Have the Panel's answer recorded when it comes, and what was decided begun meanwhile.

    Nothing waits for it: what follows the rapid review is the partners' to decide on (GOV-14).
    """
    is_local = has_local_review(work, case)
    close_todos(work, case, *_BEGINS[not is_local])
    for todo in (Todo.RECORD_PANEL_ANSWER, *_BEGINS[is_local]):
        open_todo(work, case, todo)


def stay(work: UnitOfWork, case: Case) -> None:
    """Keep to the decision where what it led to has begun: nothing moves, nothing is put again.

    A national review that the partners keep to is still the Panel's to answer.
    """
    close_todos(work, case, Todo.PROPOSE_DECISION, Todo.SETTLE_RECORD)
    if case.outcome is Outcome.NATIONAL_REVIEW and not national_review_runs(work, case):
        case.panel_answered_on = None
        work.session.add(case)
        if case.stage is not Stage.CLOSED:
            open_todo(work, case, Todo.RECORD_PANEL_ANSWER)


def go_on(work: UnitOfWork, case: Case, stage: Stage) -> None:
    """Bring the case to the stage by a decision that is made, and say whose turn it is there."""
    close_todos(work, case, Todo.PROPOSE_DECISION, Todo.SETTLE_RECORD)
    ask_no_more(work, case, SignOffMatter.RAPID_REVIEW)
    enter(work, case, stage)


def enter(work: UnitOfWork, case: Case, stage: Stage) -> None:
    """Bring the case to the stage; what was asked only where it stood is asked no more."""
    work.session.add(case)
    if case.stage is stage:
        return
    turns = _TURNS.get(stage, ())
    asked = {one for one in _ASKED_ONLY_THERE.get(case.stage, ()) if one not in turns}
    close_turns(work, case, *sorted(asked))
    if Todo.HOLD_LEARNING_EVENT in asked:
        end_planned_event(work, case)
    case.stage = move(case.stage, stage)
    if stage is Stage.EMBEDDING:
        end_joint_part(work, case)
        ask_about_open_actions(work, case)
    for todo in turns:
        open_todo(work, case, todo)


def ask_about_open_actions(work: UnitOfWork, case: Case) -> None:
    """Ask about the actions of an earlier plan: agreed before a local review was decided on."""
    for one in actions(work.session, case.id):
        if one.is_open:
            subject = str(one.agency_id)
            open_todo(work, case, Todo.UPDATE_ACTIONS, last_day=one.last_day, subject=subject)
    ask_about_plan(work, case)


def national_review_runs(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the Panel carries out a national review that has not ended."""
    kinds = (EntryType.PANEL_ANSWERED, EntryType.NATIONAL_REVIEW_ENDED)
    known = [
        one
        for one in facts(work.session, case.id, *kinds)
        if one.entry_type is kinds[1] or one.subject == Stage.NATIONAL_REVIEW
    ]
    return bool(known) and known[-1].entry_type is EntryType.PANEL_ANSWERED
