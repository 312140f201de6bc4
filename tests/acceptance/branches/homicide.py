"""A child hurt as a parent is killed: one report with the domestic homicide review (LC-20)."""

from dataclasses import replace
from typing import Final

from tests.acceptance.answers import FIRST_OFFERED, Answers, Labelled
from tests.acceptance.branches import bounced, shared_steps
from tests.acceptance.dates import day
from tests.acceptance.expectations import Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import TORMENTIL
from tests.acceptance.story import Story

FATHER: Final = "Casimir Tormentilby"
REVIEWED: Final = replace(
    bounced.BOUNCED,
    incident=replace(
        bounced.BOUNCED.incident,
        family=TORMENTIL,
        household=(
            {
                "name": FATHER,
                "relations": ("parent", "alleged_perpetrator"),
                "age": 38,
                "lives_with": "yes",
                "note": "In custody.",
            },
        ),
    ),
)
NAME: Final = "Domestic homicide review: DHR-4"
CONSIDERED: Final[Answers] = {
    "kind": "domestic_homicide",
    "called": "DHR-4",
    "body": "The community safety partnership",
    "contact": "Its review officer, by telephone",
    "state": "considered",
    "since": day("Wed 25 Mar 2026"),
    "goes_first": "not_settled",
    "agreed_by": None,
    "agreed_on": None,
    "constraints": (
        {
            "holds_back": "asked",
            "words": "What the father did and why",
            "until": "The verdict",
            "asked_by": "The senior investigating officer",
        },
    ),
    "effect": "One scoping of both, and one author.",
    "effects": ({"step": "terms", "effect": "The terms list what both reviews require."},),
}
ONE_REPORT: Final[Answers] = {
    **CONSIDERED,
    "process": FIRST_OFFERED,
    "state": "under_way",
    "goes_first": "one_report",
    "agreed_by": "Both chairs, with the community safety partnership",
    "agreed_on": day("Thu 26 Mar 2026"),
    "reason": "The chairs met: one review of both, led by ours.",
}
ASKED: Final = ("The voice of who was killed, through her friends", "Barriers to telling of abuse")


def drive(story: Story) -> ExpectedEnd:
    """It is joined up at scoping, what it asks is listed, and the report meets all of it."""
    shared_steps.until_panel_agrees(
        story, REVIEWED, "Wed 29 Apr 2026", lambda: _is_joined_up(story)
    )
    _family_is_decided_about(story)
    story.shows("chair", "commissioning/terms", NAME)
    story.shows("chair", "commissioning/terms", "The terms list what both reviews require.")
    review = replace(bounced.REVIEW, heeded="Nobody is asked about the father until the verdict.")
    shared_steps.review_locally(story, review, lambda: _meets_what_is_asked(story))
    story.on(bounced.PLANNED)
    story.shows("manager", "publication/plan", NAME)
    bounced.approve_and_send(story)
    bounced.publish(story)
    _ends(story)
    shared_steps.act_on_learning(story, bounced.LEARNING)
    return bounced.EXPECTED_END


def _is_joined_up(story: Story) -> None:
    """The chairs of both agree on one report; the police speak with who investigates (PAR-02)."""
    story.does("manager", "record_process", CONSIDERED)
    spoken = {
        "whom": "community_safety",
        "who": "The chair of the community safety partnership, at a meeting",
        "held_on": day("Thu 26 Mar 2026"),
        "process": FIRST_OFFERED,
        "about": "Which review fits, and whether one report serves both.",
        "outcome": "One report, with the requirements of both.",
    }
    story.does("chair", "record_liaison", spoken)
    nobody_said = Refusal(field="agreed_by", says="Say who agreed it")
    story.is_refused("chair", "change_process", {**ONE_REPORT, "agreed_by": None}, nobody_said)
    story.does("chair", "change_process", ONE_REPORT)
    _list_requirements(story, (None, None))
    for page in ("", "meeting/record", "rapid-review/decision"):
        story.shows("chair", page, NAME)
    story.shows("chair", "", "2 not met yet")


def _list_requirements(story: Story, met: tuple[str | None, ...]) -> None:
    rows = tuple({"requirement": asked, "met_by": by} for asked, by in zip(ASKED, met, strict=True))
    story.does("chair", "list_requirements", {"process": FIRST_OFFERED, "requirements": rows})


def _family_is_decided_about(story: Story) -> None:
    """Of who was killed, and of who is to be tried, the report says why they take no part."""
    mother = {
        "person": Labelled(TORMENTIL.parent),
        "takes_part": "not_invited",
        "because": "died",
        "reason": "She was killed in the incident.",
        "in_report": "One parent was killed in the incident.",
    }
    father = {
        "person": Labelled(FATHER),
        "takes_part": "not_invited",
        "because": "parallel_investigation",
        "reason": "He is charged, and the police ask that nobody speaks with him.",
        "in_report": "One parent could not be asked while criminal proceedings went on.",
    }
    for said in (mother, father):
        story.does("manager", "decide_involvement", said)


def _meets_what_is_asked(story: Story) -> None:
    """Where the draft is assured it is in sight what is not met yet; then all of it is."""
    story.shows("chair", "report/quality", "2 not met yet")
    _list_requirements(story, ("Chapter 3", "Recommendation 1"))
    story.shows("chair", "report/quality", "met in Recommendation 1")


def _ends(story: Story) -> None:
    """The other review has ended with the one report of both."""
    story.on("Mon 19 Oct 2026 10:00")
    ended = {
        **ONE_REPORT,
        "state": "ended",
        "since": day("Mon 19 Oct 2026"),
        "reason": "Its body has taken the one report as that of its review.",
    }
    story.does("manager", "change_process", ended)
    story.shows("manager", "timeline", "Its body has taken the one report")
