"""The process of a case as a graph: the steps with what is to be done, decisions, time limits.

It is made of the same tables by which cases go: the steps, the things to do of each, the outcomes
of a rapid review and the time limits. What waits whatever the case does belongs to no step.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.rules import RULES, ClockId, Unit, in_units
from services.domain.labels import label
from services.domain.roles import Role
from services.domain.todos import TODO, Todo
from services.domain.todos_of_no_step import OF_NO_STEP
from services.domain.workflow import Outcome, Step

_K = ClockId
# At which step a limit is kept: where its duty is done.
STEP_OF_CLOCK: Final[Mapping[ClockId, Step]] = {
    **dict.fromkeys((_K.K1, _K.K2, _K.K3, _K.K3B), Step.NOTIFY),
    **dict.fromkeys((_K.K5, _K.K6), Step.SCOPE),
    **dict.fromkeys((_K.K4, _K.K7), Step.MEET),
    **dict.fromkeys((_K.K8, _K.K9, _K.K10), Step.SUBMIT),
    _K.K11: Step.COMMISSION,
    **dict.fromkeys((_K.K12, _K.K13), Step.PUBLISH),
    **dict.fromkeys((_K.K14, _K.K15), Step.EMBED),
}
REVIEWED: Final = frozenset({Outcome.LOCAL_REVIEW})


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOfStep:
    """One thing to do: what, and who is asked."""

    todo: Todo
    what: str
    who: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitOfStep:
    """One time limit: its duty, how long by this policy, and from what it is counted."""

    clock: ClockId
    duty: str
    within: str
    counted_from: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOfProcess:
    """One step of the guidance, with all that is done and kept to in it."""

    step: Step
    tasks: tuple[TaskOfStep, ...]
    limits: tuple[LimitOfStep, ...]


@dataclass(frozen=True, slots=True)
class Process:
    """The steps in their order, what waits at any of them, and the ways out of a rapid review."""

    steps: tuple[StepOfProcess, ...]
    at_any_step: tuple[TaskOfStep, ...]
    outcomes: tuple[Outcome, ...]


def process_of(policy: PartnershipPolicy) -> Process:
    """Return the process of a case under this policy."""
    return Process(
        steps=tuple(
            StepOfProcess(
                step=step,
                tasks=tuple(_task(todo) for todo in _asked_at(step)),
                limits=tuple(
                    _limit(clock, policy) for clock, kept in STEP_OF_CLOCK.items() if kept is step
                ),
            )
            for step in Step
        ),
        at_any_step=tuple(_task(todo) for todo in Todo if todo in OF_NO_STEP),
        outcomes=tuple(Outcome),
    )


def _asked_at(step: Step) -> list[Todo]:
    return [todo for todo, spec in TODO.items() if spec.step is step and todo not in OF_NO_STEP]


def _task(todo: Todo) -> TaskOfStep:
    return TaskOfStep(todo=todo, what=label(todo), who=TODO[todo].role)


def _limit(clock: ClockId, policy: PartnershipPolicy) -> LimitOfStep:
    rule = policy.rule(clock)
    return LimitOfStep(
        clock=clock,
        duty=rule.duty,
        within=_within(clock, policy.length(clock), rule.unit, policy),
        counted_from=label(rule.anchor),
        rule=RULES[clock].rule,
    )


def _within(clock: ClockId, length: int, unit: Unit, policy: PartnershipPolicy) -> str:
    if not RULES[clock].length:
        return "by the day that is set"
    if clock is ClockId.K7:
        return f"on working days {policy.window_opens} to {policy.window_closes}"
    return f"within {in_units(length, unit)}"
