"""A delay to a local review: recorded at once and told, while the first date stays (LC-14)."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, Day, LongText, NeededWhen
from services.casework.effects import (
    AboutTodo,
    AskedSeat,
    ToSend,
    close_todos,
    last_day,
    open_todo_of,
    order_dispatches,
)
from services.casework.steps.review_runs import has_local_review
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.dispatches import Notice
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.labels.own_words import in_own_words
from services.domain.lateness import DelayCourse, TellingTime, time_of_telling
from services.domain.roles import Permission, Role
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


class DelayConsideredBy(StrEnum):
    """Who considers a delay (LC-14)."""

    REVIEW_GROUP = "review_group"
    PARTNERS = "partners"


ASKED_AS: Final = {
    DelayConsideredBy.REVIEW_GROUP: Role.REVIEW_GROUP_CHAIR,
    DelayConsideredBy.PARTNERS: Role.SAFEGUARDING_PARTNER,
}


_AROSE: Final = "On which day did the delay arise? (LC-14)"
WhyLater = Annotated[
    LongText | None,
    NeededWhen("if it was considered on a later day than it arose"),
    Field(title="Why was it not considered on the day on which it arose?"),
]


class DelaySaid(Command):
    """What is said of every delay; when it arose was not asked once."""

    arose_on: Day | None = Field(default=None, title=_AROSE)
    group_on: Annotated[Day | None, NeededWhen("if it has")] = Field(
        default=None,
        title="On which day did the review group consider it?",
        description="Left blank, its chair is asked today.",
    )
    partners_on: Annotated[Day | None, NeededWhen("if they have")] = Field(
        default=None,
        title="On which day did the safeguarding partners consider it?",
        description="Left blank, they are asked today. They decide to delay (LC-16).",
    )
    why_later: WhyLater = None
    course: DelayCourse = Field(title="What do the partners do?")
    reasons: LongText = Field(
        title="Why?", description="Criminal or other proceedings are not of themselves a reason."
    )
    learning: Annotated[LongText | None, NeededWhen("if publication or the review is delayed")] = (
        Field(
            default=None,
            title="Which learning is acted on meanwhile?",
            description="What is learnt about systems alone is not delayed.",
        )
    )
    overlap: Annotated[LongText | None, NeededWhen("if the review is delayed")] = Field(
        default=None,
        title="How far does each key line of enquiry overlap with what stands in the way?",
        description="Line by line, with what of it goes on.",
    )
    expected_on: Day = Field(title="When is publication now expected?")
    discussed: LongText | None = Field(
        default=None,
        title="What was said of it with the Panel, if it goes beyond the last day?",
        description="A likely delay beyond the last day is discussed with the Panel (LC-15).",
    )


class RecordDelay(DelaySaid):
    """A delay as soon as it is foreseen; proceedings alone are no reason (LC-14 to LC-16).

    The review group and the partners consider it at once. Where it goes beyond the last day, the
    Panel and the Secretary of State are told.
    """

    arose_on: Day = Field(
        title=_AROSE, description="The day on which somebody could first have foreseen it."
    )


class DelayRecorded(DelaySaid):
    """What is kept of it: the last day for publication, and whether it had passed.

    Of one from before both were asked, it is kept who of the two considered it.
    """

    considered_by: DelayConsideredBy | None = Field(
        default=None, title="Who has considered the delay?"
    )
    considered_on: Day | None = Field(default=None, title="When?")
    due_on: date = Field(title="What was the last day for publication?")
    told: TellingTime = Field(title="When are the Panel and the Secretary of State told?")


def record_delay(work: UnitOfWork, case_id: CaseId, command: RecordDelay) -> Case:
    """Record a delay; who has yet to consider it is asked at once (LC-14); no clock stops (K11).

    The Panel and the Secretary of State are told of one beyond the last day, and of no other
    (LC-15).
    """
    case = begin(work, case_id, RECORD_DELAY, command)
    due_on = last_day(work, case, ClockId.K11)
    if due_on is None:
        raise StepNotOpen(
            "There is no local review with a last day for publication: no delay could be told."
        )
    _must_be_considered_in_order(work, command)
    if command.expected_on <= work.today:
        raise AnswerRefused("expected_on", "Enter a day after today.")
    _must_be_decided(command)
    told = time_of_telling(due_on, command.expected_on, work.today)
    if told is not TellingTime.NOT_NEEDED and not _considered(command):
        raise AnswerRefused(
            "partners_on",
            in_own_words(
                "It is considered before the Panel is told of it: enter when the review group or "
                "the partners did (LC-14, LC-15)."
            ),
        )
    kept = DelayRecorded(**command.model_dump(exclude={"once"}), due_on=due_on, told=told)
    entry = record_entry_as(work, case, RECORD_DELAY, command, Entered(kept=kept))
    close_todos(work, case, Todo.RECORD_DELAY, Todo.CONSIDER_DELAY)
    _ask_who_has_yet_to_consider(work, case, command)
    if told is not TellingTime.NOT_NEEDED:
        asked = ToSend(_step(case), Notice.DELAY_FORESEEN, command.expected_on)
        order_dispatches(work, case, entry, asked)
    return case


RECORD_DELAY = Act(
    name="record_delay",
    command=RecordDelay,
    perform=record_delay,
    permission=Permission.RUN_REVIEW,
    doing="record a delay",
    stages=frozenset(
        {
            Stage.WITH_PANEL,
            Stage.NATIONAL_REVIEW,
            Stage.COMMISSIONING,
            Stage.LOCAL_REVIEW,
            Stage.PUBLICATION,
        }
    ),
    entry=EntryType.DELAY_RECORDED,
    kept=DelayRecorded,
    todo=Todo.RECORD_DELAY,
    clock=ClockId.K11,
    is_offered=has_local_review,
    section=Section.PUBLICATION,
)


def must_say_why_later(arose_on: date, why_later: str | None, *considered_on: date) -> None:
    """Refuse what was considered later than it arose without a reason, and one without (LC-14)."""
    is_later = any(one > arose_on for one in considered_on)
    if is_later is (why_later is None):
        raise AnswerRefused(
            "why_later",
            "Say why it was not considered on the day on which it arose (LC-14)."
            if is_later
            else "It was not considered later than it arose: leave this empty.",
        )


def _considered(said: RecordDelay) -> dict[DelayConsideredBy, date]:
    """Return on which day each of the two considered it, of those who have."""
    group, partners = DelayConsideredBy
    days = {group: said.group_on, partners: said.partners_on}
    return {who: on for who, on in days.items() if on is not None}


def _must_be_considered_in_order(work: UnitOfWork, said: RecordDelay) -> None:
    """Refuse a delay of a day to come, and one considered before it arose or on a day to come."""
    if said.arose_on > work.today:
        raise AnswerRefused("arose_on", "Enter a day that is not in the future (LC-14).")
    for field, on in (("group_on", said.group_on), ("partners_on", said.partners_on)):
        if on is not None and not said.arose_on <= on <= work.today:
            raise AnswerRefused(
                field, "Enter a day since the delay arose, and not in the future (LC-14)."
            )
    must_say_why_later(said.arose_on, said.why_later, *_considered(said).values())


def _ask_who_has_yet_to_consider(work: UnitOfWork, case: Case, said: RecordDelay) -> None:
    """Ask the review group's chair and the partners today, unless they have considered it."""
    considered = _considered(said)
    for who, role in ASKED_AS.items():
        if who not in considered:
            about = AboutTodo(who, work.today)
            open_todo_of(work, case, Todo.CONSIDER_DELAY, AskedSeat(role, None), about)


def _must_be_decided(command: RecordDelay) -> None:
    """Refuse a delay on which not the partners decided, or of which nothing was weighed (LC-16)."""
    if command.course is DelayCourse.PROCEED:
        return
    if command.partners_on is None:
        raise AnswerRefused("partners_on", "The safeguarding partners decide to delay (LC-16).")
    if command.learning is None:
        raise AnswerRefused("learning", "Enter which learning is acted on meanwhile (LC-16).")
    if command.course is DelayCourse.DELAY_REVIEW and command.overlap is None:
        raise AnswerRefused("overlap", "Enter how far each key line of enquiry overlaps (LC-16).")


def _step(case: Case) -> Step:
    """Return the step under which the notice is made: the one at which the case stands."""
    if case.stage in {Stage.WITH_PANEL, Stage.NATIONAL_REVIEW}:
        return Step.SUBMIT
    return Step.PUBLISH if case.stage is Stage.PUBLICATION else Step.COMMISSION
