"""A child died: the child death overview panel waits for our reviews (GOV-05, GOV-06)."""

from dataclasses import replace
from typing import Final

from services.domain.labels import label
from services.domain.todos import Todo
from services.domain.workflow import PanelAnswer
from tests.acceptance.branches import shared_steps, without_lcspr
from tests.acceptance.branches.wrong_mailbox import LEARNING
from tests.acceptance.chapters import in_time, panel
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import SAXIFRAGE
from tests.acceptance.story import Story

BRIEFED: Final = without_lcspr.BRIEFED
DEATH: Final = replace(
    BRIEFED,
    incident=replace(BRIEFED.incident, family=SAXIFRAGE, harm="death"),
    minutes="tabled",
)


def drive(story: Story) -> ExpectedEnd:
    """The hold is placed with the notification, and released once the Panel has answered.

    By this partnership's policy its submission does not end it.
    """
    shared_steps.refer_and_notify(story, DEATH)
    _is_held_and_linked(story)
    shared_steps.send_forms(story, DEATH)
    shared_steps.prepare_and_meet(story, DEATH)
    shared_steps.decide_and_submit(story, DEATH)
    story.shows("manager", "", "The child death overview panel was asked on Friday 28 August 2026")
    story.on("Mon 28 Sep 2026 10:00")
    panel.answers(story, "Mon 28 Sep 2026", PanelAnswer.AGREES)
    told = "was told on Monday 28 September 2026 that its final consideration need not wait"
    in_time.comes_to_show(story, "manager", told)
    shared_steps.act_on_learning(story, LEARNING)
    return without_lcspr.EXPECTED_END


def _is_held_and_linked(story: Story) -> None:
    """The coordinator is written to, and the manager asked which review of the death it is."""
    in_time.comes_to_show(story, "manager", "to let its final consideration wait")
    story.shows("manager", "", label(Todo.LINK_DEATH_REVIEW))
    story.does("manager", "link_death_review")
    story.shows("manager", "", "Number of the review")
