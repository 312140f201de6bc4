"""The guidance that governs a step is stamped on the case, and shown where criteria are judged."""

from datetime import date
from types import SimpleNamespace

import pytest

from services.casework.document_builders.context import key_dates
from services.casework.effects import governing
from services.casework.steps.notification import awareness
from services.domain.guidance import GuidedStep, guidance_on
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.web.act_pages.registry import ACT_PAGES
from tests import factories as say
from tests.driven import Driven
from tests.reached import reach

REVIEW, PANEL = GuidedStep.RAPID_REVIEW, "Panel practice guidance 2025"


@pytest.mark.parametrize(
    ("step", "day", "rules", "panel"),
    [
        (REVIEW, "2022-08-31", "WT2018", "Panel practice guidance 2019"),
        (REVIEW, "2022-09-01", "WT2018", "Panel practice guidance 2022"),
        (REVIEW, "2023-12-15", "WT2023", "Panel practice guidance 2022"),
        (REVIEW, "2025-06-01", "WT2023, Panel guidance 2025", "Panel practice guidance 2025"),
        (GuidedStep.LOCAL_REVIEW, "2025-06-01", "WT2023", "Panel practice guidance 2025"),
        (GuidedStep.NOTIFYING, "2023-12-14", "WT2018", "Panel practice guidance 2022"),
    ],
)
def test_the_day_that_triggers_a_step_chooses_the_guidance(step, day, rules, panel):
    """GOV-03: SIN date for the rapid review, decision date for the LCSPR (5B)."""
    found = guidance_on(step, date.fromisoformat(day))
    assert (found.rules, found.panel, found.later) == (rules, panel, ())


def test_what_is_published_later_is_shown_as_advisory_and_governs_nothing():
    found = guidance_on(REVIEW, date(2026, 3, 20))
    assert (found.rules, found.later) == ("WT2023, Panel guidance 2025", ("WT2026",))
    assert "Advisory only: WT2026." in found.text


def test_a_case_keeps_the_guidance_of_its_own_days_on_pages_and_papers(world):
    """GOV-03: criteria and papers name it; a step that is triggered later has its own."""
    case = reach(world, Stage.RAPID_REVIEW)
    row = case.row()
    assert governing(row, REVIEW).on == date(2025, 12, 15)
    assert governing(row, GuidedStep.LOCAL_REVIEW) is None
    told = f"WT2023, Panel guidance 2025; {PANEL}, in force on 15 December 2025."
    for act in ("answer_criteria", "propose_decision"):
        with case.world.act(Role.REVIEW_GROUP_CHAIR, "2026-01-05") as work:
            assert ACT_PAGES[act].note(work, row) == f"Judged by {told}"
    context = SimpleNamespace(case=row, history=SimpleNamespace(entries=()))
    assert key_dates(context)["Guidance on the rapid review"] == told
    case.review().answer()
    later = case.row()
    assert later.guidance["rapid_review"] == row.guidance["rapid_review"]
    assert governing(later, GuidedStep.LOCAL_REVIEW).on == later.decided_on


def test_a_corrected_awareness_stamps_the_guidance_on_notifying_again(world):
    """GOV-03: the day of the awareness governs, and so does the corrected one."""
    case = Driven(world, say.refer(aware_at="2025-12-12 10:30"))
    assert governing(case.row(), GuidedStep.NOTIFYING).on == date(2025, 12, 12)
    assert ACT_PAGES["decide_to_notify"].note(None, case.row()).startswith("Judged by WT2023")
    case.be_aware("2025-12-12 11:30")
    said = say.correct_awareness(aware_at="2025-12-11 09:00")
    case.do(awareness.correct_awareness, said, Role.NOTIFIER, "2025-12-12 12:00")
    assert governing(case.row(), GuidedStep.NOTIFYING).on == date(2025, 12, 11)
