"""The steps to the day of publication: who sees to each, and by when (PUB-20 to PUB-22).

The days are counted back from the day of publication where the plan names none. Once the partners
have approved it, each step that nothing else asks for is a task of its own; another day asks anew,
and the same day signed again asks only for what is not done.
"""

from datetime import date

from services.casework.act import latest_command
from services.casework.commands import Command
from services.casework.effects import (
    AboutTodo,
    AskedSeat,
    close_todos,
    last_day,
    open_todo_of,
)
from services.casework.steps.publication.days_against import calendar_here
from services.casework.steps.publication.publication_said import (
    PlanPublication,
    PublicationPlanned,
    StepPlanned,
)
from services.casework.steps.publication.staff_standing import SETS_DAY, days_set, is_of_newest_day
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.labels import label
from services.domain.publication_days import (
    BEFORE_SENDING,
    KEPT_ELSEWHERE,
    PublicationStep,
    counted_back,
)
from services.domain.roles import Permission, Role, asked_as
from services.domain.todos import Todo
from services.domain.working_days import written


class StepsBegun(Command):
    """Who sees to each step, as the plan before said it; the days are counted anew."""

    timetable: tuple[StepPlanned, ...]


def with_days(work: UnitOfWork, case: Case, plan: PlanPublication) -> PlanPublication:
    """Return the plan with a day for each step; refuse one that leaves a step to nobody.

    The case has its day of publication, from which the steps are counted back.
    """
    if {one.step for one in plan.timetable} != set(PublicationStep):
        raise AnswerRefused("timetable", "Say of each step who sees to it (PUB-21).")
    send_by = last_day(work, case, ClockId.K12) or plan.publish_on
    # K12 counts for everybody; people here do nothing on a day on which they are closed.
    calendar = calendar_here(work, case)
    before = calendar.subtract_working_days(plan.publish_on, 1)
    usual = counted_back(plan.publish_on, calendar.on_or_before(send_by), before)
    for one in plan.timetable:
        _must_be_in_time(work, one, plan.publish_on, send_by)
    days = tuple(
        one.model_copy(update={"by": one.by or max(usual[one.step], work.today)})
        for one in plan.timetable
    )
    return plan.model_copy(update={"timetable": days})


def steps_begun(work: UnitOfWork, case: Case) -> StepsBegun | None:
    """Return who saw to each step of the plan before, with which the form of another opens."""
    before = tuple(one.model_copy(update={"by": None}) for one in planned_steps(work, case))
    return StepsBegun(timetable=before) if before else None


def planned_steps(work: UnitOfWork, case: Case) -> tuple[StepPlanned, ...]:
    """Return the steps of the plan that stands; none where the report is not to be published."""
    newest = facts(work.session, case.id, *SETS_DAY)[-1:]
    if not newest or newest[0].entry_type is not EntryType.PUBLICATION_PLANNED:
        return ()
    plan = latest_command(work, case, EntryType.PUBLICATION_PLANNED, PublicationPlanned)
    return plan.timetable if plan is not None else ()


def ask_for_steps(work: UnitOfWork, case: Case) -> None:
    """Ask who has the step for each that is left to do, by an approved day (PUB-21).

    What another act asks for is not asked for here. Where the plan does not say whose task a step
    is, as none from before does, the business manager is asked.
    """
    close_todos(work, case, Todo.PUBLICATION_STEP)
    settled = {*KEPT_ELSEWHERE, *done_for_day(work, case)}
    for one in planned_steps(work, case):
        if one.step not in settled:
            about = AboutTodo(one.step, one.by)
            open_todo_of(work, case, Todo.PUBLICATION_STEP, _asked(one), about)


def _asked(one: StepPlanned) -> AskedSeat:
    role = Role.BUSINESS_MANAGER if one.whose is None else Role(one.whose.value)
    return AskedSeat(role, None)


def is_theirs(work: UnitOfWork, one: StepPlanned) -> bool:
    """Tell whether the actor may do the step: it is their task, or they plan publication."""
    if work.actor.may(Permission.PLAN_PUBLICATION):
        return True
    return one.whose is not None and Role(one.whose.value) is asked_as(work.actor.role)


def done_for_day(work: UnitOfWork, case: Case) -> set[PublicationStep]:
    """Return the steps that were taken since the day that stands was set."""
    days = days_set(work, case)
    done = facts(work.session, case.id, EntryType.PUBLICATION_STEP_DONE)
    return {PublicationStep(one.subject) for one in done if is_of_newest_day(one, days)}


def _must_be_in_time(work: UnitOfWork, one: StepPlanned, publish_on: date, send_by: date) -> None:
    """Refuse a day gone by, one after what it comes before, and one before what it follows."""
    if one.by is None:
        return
    what = label(one.step)
    if one.by < work.today:
        raise AnswerRefused("timetable", f"“{what}” is by a day that has passed: enter another.")
    if one.step in BEFORE_SENDING and one.by > send_by:
        raise AnswerRefused(
            "timetable",
            f"“{what}” is by {written(send_by)} at the latest: then the text is sent (PUB-22, "
            "PUB-26).",
        )
    if one.step is PublicationStep.REPOSITORY:
        if one.by < publish_on:
            raise AnswerRefused("timetable", f"“{what}” comes after publication (PUB-30).")
    elif one.by > publish_on:
        raise AnswerRefused("timetable", f"“{what}” is by the day of publication.")
