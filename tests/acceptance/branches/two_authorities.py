"""Two local authorities in one partnership: each has its seat, and one of them disagrees first."""

from dataclasses import replace
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import PanelAnswer, Step
from tests.acceptance.answers import Forged
from tests.acceptance.branches import shared_steps
from tests.acceptance.branches.queried import LEARNING, QUERIED
from tests.acceptance.branches.shared_steps import (
    DOCUMENTS_OF_A_RAPID_REVIEW,
    DOCUMENTS_OF_LEARNING,
)
from tests.acceptance.chapters import panel, rapid_review
from tests.acceptance.dates import moment
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import WILLOWHERB
from tests.acceptance.story import Story

REVIEW: Final = replace(QUERIED, incident=replace(QUERIED.incident, family=WILLOWHERB))
EXPECTED_END: Final = ExpectedEnd(
    not_needed=frozenset({Step.COMMISSION, Step.PUBLISH}),
    documents={
        **DOCUMENTS_OF_A_RAPID_REVIEW,
        DocumentKind.RAPID_REVIEW_RECORD: 6,
        **DOCUMENTS_OF_LEARNING,
    },
)
DISSENT: Final = "West Riverside does not find the criteria met. This is an example."


def drive(story: Story) -> ExpectedEnd:
    """Both councils give a view and sign; nothing is decided until both of them agree."""
    east, west = story.place.authorities.values()
    shared_steps.refer_and_notify(story, REVIEW)
    for council in (east, west):
        story.shows("manager", "timeline", f"local authority: {council}")
    shared_steps.send_forms(story, REVIEW)
    shared_steps.prepare_and_meet(story, REVIEW)
    _propose(story)
    _west_disagrees(story, west)
    _propose(story)
    _is_too_late(story)
    story.on(REVIEW.signed)
    rapid_review.sign(story)
    for words in ("4 of 4 have signed, round 2", DISSENT):
        story.shows("manager", "", words)
    rapid_review.submit(story, REVIEW.signed, REVIEW.met("K8", "K9", "K10"))
    story.on("Mon 2 Mar 2026 10:00")
    panel.answers(story, "Mon 2 Mar 2026", PanelAnswer.AGREES)
    shared_steps.act_on_learning(story, LEARNING)
    return EXPECTED_END


def _propose(story: Story) -> None:
    on = REVIEW.meets.rpartition(" ")[0]
    met = REVIEW.criteria_met
    rapid_review.propose(story, rapid_review.proposal(REVIEW.outcome, met=met, on=on))


def _west_disagrees(story: Story, west: str) -> None:
    """Three of the four agree, and there is no majority (GOV-11)."""
    told = Expected(emails=(EmailTrigger.DISAGREEMENT_TOLD,))
    dissent = {"position": "disagrees", "reasons": DISSENT}
    story.does("west-council", "sign_rapid_review", dissent, told)
    for who in ("council", "icb", "police"):
        story.does(who, "sign_rapid_review")
    for words in ("4 of 4 have signed", west, DISSENT, "Nothing is decided"):
        story.shows("manager", "", words)
    story.is_refused(
        "manager",
        "submit",
        {"submitted_at": moment(REVIEW.meets)},
        Refusal(says="All partners sign", status=409),
    )


def _is_too_late(story: Story) -> None:
    """A form of the first round is not a signature of the second."""
    story.is_refused(
        "council",
        "sign_rapid_review",
        {"round": Forged("1")},
        Refusal(says="A newer version was put", status=409),
    )
