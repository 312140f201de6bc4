"""Which way a case takes through the steps, and how each step stands, from what is on record."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from typing import Final, Literal

from services.domain.labels import label
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step, StepStanding, StepState

_REVIEWING: Final = frozenset({Step.SCOPE, Step.MEET, Step.SUBMIT})
_COMMISSIONED: Final = frozenset({Step.COMMISSION, Step.PUBLISH})
_OF_A_REQUEST: Final = _COMMISSIONED | {Step.EMBED}

_AT: Final[Mapping[Stage, Step]] = {
    Stage.INVITED: Step.NOTIFY,
    Stage.LEAD: Step.NOTIFY,
    Stage.REQUESTED: Step.NOTIFY,
    Stage.REFERRED: Step.NOTIFY,
    Stage.TO_BE_NOTIFIED: Step.NOTIFY,
    Stage.NOT_NOTIFIED: Step.NOTIFY,
    Stage.LOOKED_AFTER_DEATH: Step.NOTIFY,
    Stage.RAPID_REVIEW: Step.SUBMIT,
    Stage.JOINT_REVIEW: Step.SUBMIT,
    Stage.WITH_PANEL: Step.SUBMIT,
    Stage.NATIONAL_REVIEW: Step.SUBMIT,
    Stage.COMMISSIONING: Step.COMMISSION,
    Stage.LOCAL_REVIEW: Step.COMMISSION,
    Stage.PUBLICATION: Step.PUBLISH,
    Stage.EMBEDDING: Step.EMBED,
}
_NOT_REVIEWED: Final = frozenset({Stage.NOT_NOTIFIED, Stage.LOOKED_AFTER_DEATH})


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRound:
    """What people are asked at a step: how many in the same round, and how many have done it.

    Where each partner or each agency is asked, ``of`` says which of the two is counted.
    """

    todo: Todo
    of: Literal["", "partners", "agencies"] = ""
    asked: int = 1
    done: int = 0

    def __str__(self) -> str:
        if not self.of:
            return label(self.todo)
        return f"{self.done} of {self.asked} {self.of}: {label(self.todo)}"

    def joined_by(self, other: "AskedRound | None") -> "AskedRound":
        """Return both rounds as one, if the same is asked on both sides of a joint review."""
        if other is None or (other.todo, other.of) != (self.todo, self.of):
            return self
        return replace(self, asked=self.asked + other.asked, done=self.done + other.done)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """What of a case decides its way: read from the record, never remembered.

    Work that is ``held`` is ordered by a partnership whose machine work is paused. A case that took
    part in a joint review was reviewed there, whether its own area notified or not. One that
    was asked for has a local review and no notification, so no rapid review (NOT-23).
    """

    stage: Stage
    was_notified: bool
    took_part: bool = False
    was_asked_for: bool = False
    was_commissioned: bool
    finished_early: Set[Step] = frozenset()
    undone: Set[Step] = frozenset()
    ready: Set[Step] = frozenset()
    parked: Set[Step] = frozenset()
    held: Set[Step] = frozenset()
    waits_for: Mapping[Step, AskedRound]

    @property
    def was_reviewed(self) -> bool:
        """Tell whether there is a rapid review of the incident, in one area or in several."""
        return self.was_notified or self.took_part


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The branches of rules.md 2.1 that a case takes, as far as it can be known now."""

    is_reviewed: bool
    commissions_review: bool
    embeds_learning: bool
    is_finished: bool


def route(case: OnRecord) -> Route:
    """Return the way ahead; what an act has ordered is on it, whatever was decided since."""
    return Route(
        is_reviewed=case.was_reviewed or bool(case.ready & _REVIEWING),
        commissions_review=case.was_commissioned or bool(case.ready & _COMMISSIONED),
        embeds_learning=(
            case.stage is Stage.EMBEDDING
            or (case.stage is Stage.CLOSED and (case.was_reviewed or case.was_asked_for))
            or Step.EMBED in case.ready
        ),
        is_finished=case.stage is Stage.CLOSED and not case.undone,
    )


def together(lead: OnRecord, joining: Iterable[OnRecord]) -> OnRecord:
    """Return the record of a joint review: it goes the lead's way, with the work of everybody."""
    for other in joining:
        waits = {
            step: asked.joined_by(other.waits_for.get(step))
            for step, asked in lead.waits_for.items()
        }
        lead = replace(
            lead,
            undone=lead.undone | other.undone,
            ready=lead.ready | other.ready,
            parked=lead.parked | other.parked,
            held=lead.held | other.held,
            waits_for={**other.waits_for, **waits},
        )
    return lead


def stages_at(step: Step) -> tuple[Stage, ...]:
    """Return the stages at which a case stands at this step."""
    return tuple(stage for stage, at in _AT.items() if at is step)


def standings(case: OnRecord) -> tuple[StepStanding, ...]:
    """Say of each step, in order, how it stands; a detail counts people and never names them."""
    return tuple(_standing(case, step) for step in Step)


def resting(case: OnRecord) -> tuple[StepState, str]:
    """Say how a flow run that cannot go on now is named, and what it waits for, without names."""
    steps = standings(case)
    state = StepState.SET_ASIDE if case.parked else StepState.WAITING
    waits = [f"{one.step}: {one.detail}" for one in steps if one.state is state and one.detail]
    return state, "; ".join(waits) or "Waiting for its time"


def _standing(case: OnRecord, step: Step) -> StepStanding:
    if step in case.parked:
        return StepStanding(step, StepState.SET_ASIDE, "Operations must look at it")
    if step in case.undone:
        detail = "Paused by operations" if step in case.held else ""
        return StepStanding(step, StepState.WORKING, detail)
    if step in case.waits_for:
        return StepStanding(step, StepState.WAITING, str(case.waits_for[step]))
    return StepStanding(step, _without_work(case, step))


def _without_work(case: OnRecord, step: Step) -> StepState:
    """Say how a step stands for which nothing is ordered and nobody is asked."""
    if not _is_needed(case, step):
        return StepState.NOT_NEEDED
    if case.stage is Stage.CLOSED or step in case.finished_early:
        return StepState.COMPLETED
    at = _AT[case.stage]
    if step is at:
        return StepState.WAITING
    return StepState.COMPLETED if _place(step) < _place(at) else StepState.NOT_STARTED


def _is_needed(case: OnRecord, step: Step) -> bool:
    if case.was_asked_for:
        return step in _OF_A_REQUEST
    ends_unreviewed = case.stage in _NOT_REVIEWED or (
        case.stage is Stage.CLOSED and not case.was_reviewed
    )
    if ends_unreviewed:
        return step is Step.NOTIFY
    past_the_decision = case.stage in {Stage.EMBEDDING, Stage.CLOSED}
    return not (step in _COMMISSIONED and past_the_decision and not case.was_commissioned)


def _place(step: Step) -> int:
    return list(Step).index(step)
