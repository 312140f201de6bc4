"""Which versions of the guidance govern a step of a case: by the day that triggers it (GOV-03, 5B).

The case keeps them: guidance that is published later is shown beside, and governs later steps only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from services.domain.clocks.rules import ClockId
from services.domain.clocks.versions import advisories_on, panel_guidance_on, version_on
from services.domain.labels import label
from services.domain.plain_dates import day_month_year
from services.domain.plain_text import capital


class GuidedStep(StrEnum):
    """A step that is judged by the guidance in force on the day of its trigger."""

    NOTIFYING = "notifying"
    RAPID_REVIEW = "rapid_review"
    LOCAL_REVIEW = "local_review"


# The clock whose national version is that of the step.
CLOCKS: Final[Mapping[GuidedStep, ClockId]] = MappingProxyType(
    {
        GuidedStep.NOTIFYING: ClockId.K1,
        GuidedStep.RAPID_REVIEW: ClockId.K10,
        GuidedStep.LOCAL_REVIEW: ClockId.K11,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """The guidance that governs one step: in force on its day, and what was published later."""

    step: GuidedStep
    on: date
    rules: str
    panel: str
    later: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """Say of which step it is."""
        return f"Guidance on {label(self.step)}"

    @property
    def text(self) -> str:
        """Name the versions and the day, and what is advisory only."""
        beside = f" Advisory only: {', '.join(self.later)}." if self.later else ""
        return f"{self.rules}; {self.panel}, in force on {day_month_year(self.on)}.{beside}"

    def as_json(self) -> dict[str, Any]:
        """Write what the case keeps of it."""
        return {
            "on": self.on.isoformat(),
            "rules": self.rules,
            "panel": self.panel,
            "later": list(self.later),
        }


def guidance_on(step: GuidedStep, day: date) -> Guidance:
    """Return the guidance in force for a step that is triggered on this day (5B)."""
    clock = CLOCKS[step]
    version = version_on(clock, day)
    return Guidance(
        step=step,
        on=day,
        rules=version.name if version else "no national duty yet",
        panel=panel_guidance_on(day),
        later=tuple(one.name for one in advisories_on(clock, day)),
    )


def guidance_kept(kept: Mapping[str, Mapping[str, Any]]) -> tuple[Guidance, ...]:
    """Read back what a case keeps, in the order of the steps."""
    return tuple(
        Guidance(
            step=step,
            on=date.fromisoformat(said["on"]),
            rules=said["rules"],
            panel=said["panel"],
            later=tuple(said["later"]),
        )
        for step in GuidedStep
        if (said := kept.get(step.value)) is not None
    )


def in_a_note(governs: Guidance | None) -> str:
    """Say on a page where criteria are judged by which guidance; nothing where none is known."""
    return capital(f"judged by {governs.text}") if governs else ""
