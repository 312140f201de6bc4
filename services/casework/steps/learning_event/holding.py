"""How the learning event went: who came, what was learnt by key theme, who is heard instead."""

from typing import Annotated

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText, Rows, ShortText
from services.casework.effects import close_todos
from services.casework.steps.learning_event.plan import (
    PostInvited,
    confirmed_themes,
    has_no_team,
    has_planned_event,
    must_read_team,
    planned_event,
)
from services.casework.steps.learning_event.planning import must_be_planned
from services.casework.steps.learning_event.who_came import (
    AgreedOtherwise,
    PostThere,
    must_have_agreed_who_came,
    must_hear_who_did_not_come,
    must_tell_of_each,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.labels.own_words import in_own_words
from services.domain.learning_events import Presence
from services.domain.plain_dates import day_month_year
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class ThemeLearnt(Command):
    """What was learnt on one key theme."""

    theme: ShortText = Field(title="Key theme")
    learnt: LongText = Field(title="What was learnt on it?")


class RecordLearningEvent(Command):
    """How the learning event went (LC-39, LC-40). No practitioner is named, only their post."""

    people: Annotated[tuple[PostThere, ...], Rows(2, "post")] = Field(
        title="Who came?", description="Each post that was invited, and whoever else came."
    )
    facts: LongText = Field(
        title="Which facts were questioned, added, or agreed to be changed?",
        description="Or that nobody questioned any.",
    )
    daily_life: LongText = Field(title="How was it for the child?")
    reasons: LongText = Field(
        title="Why did things happen as they did?",
        description="With what the organisations and the system had to do with it.",
    )
    in_context: LongText = Field(
        title="How was each decision seen with what was known then? (LC-39)",
        description="What was done against hindsight, and where it came up all the same.",
    )
    themes: Annotated[tuple[ThemeLearnt, ...], Rows(3, "key theme")] = Field(
        title="What was learnt, by key theme?",
        description="Each theme that the review team confirmed, and any that came up.",
    )
    good_practice: LongText = Field(title="Which practice was good?")
    actions: LongText = Field(title="What should be done to keep children safer?")
    agreed_otherwise: AgreedOtherwise = None


class EventBegun(Command):
    """What the record opens with: who was invited, and the themes that were confirmed."""

    people: tuple[PostInvited, ...]
    themes: tuple["ThemeBegun", ...]


class ThemeBegun(Command):
    """A key theme on which something is to be said."""

    theme: str


def record_learning_event(work: UnitOfWork, case_id: CaseId, command: RecordLearningEvent) -> Case:
    """Keep how the event went, once its last sitting has come."""
    case = begin(work, case_id, RECORD_LEARNING_EVENT, command)
    event = must_be_planned(work, case)
    if event.days[-1] > work.today:
        raise StepNotOpen(
            f"The learning event sits until {day_month_year(event.days[-1])}: record it then."
        )
    must_tell_of_each(work, case, command.people, event)
    if not any(one.presence is Presence.CAME for one in command.people):
        raise AnswerRefused("people", "Nobody came: move the event, or call it off.")
    must_hear_who_did_not_come(command.people)
    must_have_agreed_who_came(work, case, command.people, command.agreed_otherwise)
    _must_cover_themes(work, case, command)
    record_entry(work, case, RECORD_LEARNING_EVENT, command)
    close_todos(work, case, Todo.HOLD_LEARNING_EVENT)
    return case


RECORD_LEARNING_EVENT = Act(
    name="record_learning_event",
    command=RecordLearningEvent,
    perform=record_learning_event,
    permission=Permission.HOLD_LEARNING_EVENT,
    doing="record the learning event",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.LEARNING_EVENT_HELD,
    todo=Todo.HOLD_LEARNING_EVENT,
    shows=(EntryType.LEARNING_EVENT_PLANNED, EntryType.PRACTITIONERS_ELSEWHERE),
    is_offered=has_planned_event,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def event_begun(work: UnitOfWork, case: Case) -> EventBegun | None:
    """Return what the record of the planned event opens with."""
    event = planned_event(work, case)
    if event is None:
        return None
    themes = (ThemeBegun(theme=one) for one in confirmed_themes(work, case))
    return EventBegun(people=event.posts, themes=tuple(themes))


def must_leave_no_event_open(work: UnitOfWork, case: Case) -> None:
    """Refuse a version of the report while a planned event is neither on record nor off (LC-39)."""
    if has_planned_event(work, case):
        raise RuleBroken(
            "A learning event is planned that is not on record (LC-39): record how it went, or "
            "call it off."
        )


def _must_cover_themes(work: UnitOfWork, case: Case, command: RecordLearningEvent) -> None:
    """Refuse a record before the team confirmed themes, and one that leaves out any (LC-36).

    A review whose team is on record as not needed has nobody who confirms: its own are told of.
    """
    confirmed = confirmed_themes(work, case)
    if not confirmed and not has_no_team(work, case):
        must_read_team(work, case)
        raise RuleBroken(
            in_own_words(
                "The review team confirms the key themes first, in the minutes of a meeting "
                "(LC-36)."
            )
        )
    if not command.themes:
        raise AnswerRefused("themes", "Say what was learnt, by key theme.")
    told = {one.theme for one in command.themes}
    left = [one for one in confirmed if one not in told]
    if left:
        raise AnswerRefused("themes", f"Say what was learnt on each key theme: {', '.join(left)}.")
