"""The steps the guidance carries an incident through, and how each one stands."""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """One step of the guidance, in the order in which the guidance takes them."""

    NOTIFY = "notify"
    SCOPE = "scope"
    MEET = "meet"
    SUBMIT = "submit"
    COMMISSION = "commission"
    PUBLISH = "publish"
    EMBED = "embed"


class StepState(StrEnum):
    """How a step of one case stands."""

    NOT_STARTED = "not_started"
    WORKING = "working"
    WAITING = "waiting"
    COMPLETED = "completed"
    NOT_NEEDED = "not_needed"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class StepStanding:
    """How one step stands; the detail counts and never names, as in "2 of 3 partners"."""

    step: Step
    state: StepState
    detail: str = ""
