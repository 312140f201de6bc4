"""The guidance that governs a step is stamped on the case when the step is triggered (GOV-03)."""

from datetime import date

from services.casework.effects.extra_clocks import start_extra_clocks
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import Anchor
from services.domain.guidance import Guidance, GuidedStep, guidance_kept, guidance_on


def stamp_guidance(work: UnitOfWork, case: Case, step: GuidedStep, day: date) -> None:
    """Keep which guidance governs the step; a trigger that was corrected stamps it again."""
    case.guidance = {**case.guidance, step.value: guidance_on(step, day).as_json()}
    work.session.add(case)


def guidance_of(case: Case) -> tuple[Guidance, ...]:
    """Return the guidance that governs each step of this case that was triggered."""
    return guidance_kept(case.guidance)


def governing(case: Case, step: GuidedStep) -> Guidance | None:
    """Return the guidance that governs the step on this case, once it was triggered."""
    return next((one for one in guidance_of(case) if one.step is step), None)


def follow_notification(work: UnitOfWork, case: Case, day: date) -> None:
    """Stamp the guidance of the rapid review, and start what the partnership itself counts."""
    stamp_guidance(work, case, GuidedStep.RAPID_REVIEW, day)
    start_extra_clocks(work, case, Anchor.NOTIFICATION, day)
