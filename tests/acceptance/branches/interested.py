"""A partner knows the family: the case is closed to them, and a delegate acts in the seat (G7)."""

from dataclasses import replace
from typing import Final

from deployments.demo.partnerships import POLICE_DELEGATE, THREE_RIVERS, Place
from services.domain.emails import EmailTrigger
from services.domain.workflow import PanelAnswer, Step
from tests.acceptance.answers import Labelled
from tests.acceptance.branches import shared_steps
from tests.acceptance.branches.queried import LEARNING, QUERIED
from tests.acceptance.branches.shared_steps import (
    DOCUMENTS_OF_A_RAPID_REVIEW,
    DOCUMENTS_OF_LEARNING,
)
from tests.acceptance.chapters import panel
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import CELANDINE
from tests.acceptance.story import Story

WITH_A_DELEGATE: Final[Place] = replace(THREE_RIVERS, police=POLICE_DELEGATE)
REVIEW: Final = replace(QUERIED, incident=replace(QUERIED.incident, family=CELANDINE))
EXPECTED_END: Final = ExpectedEnd(
    not_needed=frozenset({Step.COMMISSION, Step.PUBLISH}),
    documents={**DOCUMENTS_OF_A_RAPID_REVIEW, **DOCUMENTS_OF_LEARNING},
)
FORBIDDEN: Final = 403
TOLD: Final = Expected(emails=(EmailTrigger.INTEREST_SETTLED,))
INTEREST: Final = "A neighbour of the family. This is an example."
LATER: Final = "A cousin has begun to work at the nursery. This is an example."
DECIDED: Final = {"takes_part": False, "managed": None, "decided_by": "The chief constable"}


def drive(story: Story) -> ExpectedEnd:
    """Nobody decides on an interest of their own, and nothing waits for it."""
    shared_steps.refer_and_notify(story, REVIEW, lambda: _is_kept_out(story))
    shared_steps.send_forms(story, REVIEW)
    shared_steps.prepare_and_meet(story, REVIEW)
    shared_steps.decide_and_submit(story, REVIEW)
    _may_not_read(story)
    story.shows("manager", "", "4 of 4 have signed")
    _learns_of_another(story)
    story.on("Mon 2 Mar 2026 10:00")
    panel.answers(story, "Mon 2 Mar 2026", PanelAnswer.AGREES)
    shared_steps.act_on_learning(story, LEARNING)
    return EXPECTED_END


def _is_kept_out(story: Story) -> None:
    """The partner declares; the lead of the force decides, and the manager records it."""
    declared = {"has_conflict": True, "particulars": INTEREST}
    story.does("police", "declare", declared)
    _may_not_read(story)
    story.shows("manager", "", "Decide on a declared interest")
    story.shows("manager", "declaration/decision", INTEREST)
    partner = story.place.people["police"]
    decided = {**DECIDED, "person": Labelled(partner)}
    own = Refusal(field="decided_by", says="Nobody decides on an interest of their own")
    story.is_refused("manager", "decide_on_interest", {**decided, "decided_by": partner}, own)
    story.does("manager", "decide_on_interest", decided, TOLD)
    _may_not_read(story)


def _may_not_read(story: Story, who: str = "police") -> None:
    """Check that the case is closed to somebody who knows of it: refused, and not unknown."""
    if (status := story.browser(who).status_of(f"/cases/{story.case}")) != FORBIDDEN:
        story.differs(f"{who} gets {status} for the case, expected {FORBIDDEN}")


def _learns_of_another(story: Story) -> None:
    """The authority's partner learns of an interest once they have signed, and is let in again."""
    story.shows("council", "", "Declare an interest that has arisen")
    story.does("council", "declare_again", {"particulars": LATER})
    _may_not_read(story, "council")
    story.shows("manager", "declaration/decision", LATER)
    managed = "Another officer signs what concerns the nursery. This is an example."
    let_in = {"takes_part": True, "managed": managed, "decided_by": "The leader of the council"}
    person = {"person": Labelled(story.place.people["council"])}
    story.does("manager", "decide_on_interest", {**person, **let_in}, TOLD)
    story.shows("council", "declaration/agreed", managed)
