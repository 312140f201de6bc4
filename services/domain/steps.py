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

    @property
    def title(self) -> str:  # type: ignore[override]  # a step is never put in title case
        """Say the step as a page's heading says it."""
        return _ABOUT[self][0]

    @property
    def guidance(self) -> str:
        """Say which rules of the guidance ask for the step."""
        return _ABOUT[self][1]


_ABOUT = {
    Step.NOTIFY: ("Notify the Panel", "Children Act 2004 s.16C; NOT-01; K1"),
    Step.SCOPE: ("Scope the rapid review", "Working Together 2023 ch. 5; RR-01; K5, K6"),
    Step.MEET: ("Hold the rapid review meeting", "Working Together 2023 ch. 5; RR-01; K7"),
    Step.SUBMIT: ("Submit the rapid review", "Working Together 2023 ch. 5; G4, G5; K10"),
    Step.COMMISSION: ("Commission the local review", "Working Together 2023 ch. 5; G6; K11"),
    Step.PUBLISH: ("Publish the report", "Working Together 2023 ch. 5; G10; K12, K13"),
    Step.EMBED: ("Embed the learning", "Working Together 2023 ch. 5; G11; K14"),
}


class StepState(StrEnum):
    """How a step of one case stands, in the words people read."""

    NOT_STARTED = "Not started"
    WORKING = "Working"
    WAITING = "Waiting for people"
    COMPLETED = "Completed"
    NOT_NEEDED = "Not needed"
    SET_ASIDE = "Set aside"


@dataclass(frozen=True, slots=True)
class StepStanding:
    """How one step stands; the detail counts and never names, as in "2 of 3 partners"."""

    step: Step
    state: StepState
    detail: str = ""
