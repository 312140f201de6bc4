"""What goes on beside the review: recorded at scoping, and in sight where it bears on a step."""

from services.domain.documents import DocumentKind
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.story import Story

ADULT_REVIEW = "Safeguarding adult review: SAR-7"


def keep_register(story: Story, on: str) -> None:
    """A safeguarding adult review is considered, the prosecution spoken to, a joint report agreed.

    Who goes first is refused without who agreed it (PAR-03).
    """
    settled = {"goes_first": "one_report", "agreed_by": "Both chairs", "agreed_on": day(on)}
    story.is_refused(
        "manager",
        "record_process",
        settled | {"agreed_by": None},
        Refusal(field="agreed_by", says="Say who agreed it"),
    )
    story.does("manager", "record_process")
    story.does("police", "record_liaison")
    story.does("chair", "change_process", settled)
    story.does("manager", "list_requirements")
    for page in ("", "meeting/record", "other-reviews/change"):
        story.shows("manager", page, ADULT_REVIEW)
    story.shows("manager", "", "1 not met yet")


def police_speak(story: Story, on: str) -> None:
    """The police's representative on the team has a contact; another says why it was not theirs.

    Without the reason it is refused (LC-27).
    """
    theirs = {"held_on": day(on), "by_representative": True, "had_by": None}
    another = {"held_on": day(on), "by_representative": False}
    reasons = Refusal(field="on_behalf", says="why another had it on their behalf")
    story.is_refused("manager", "record_liaison", another, reasons)
    story.does("police", "record_liaison", theirs)


def is_in_sight(story: Story, *pages: str) -> None:
    """What was recorded at scoping stands where the terms, a delay or publication is decided."""
    for page in pages:
        story.shows("manager", page, ADULT_REVIEW)


def lists_material(story: Story, on: str) -> None:
    """What was agreed with police and prosecution stands with all material of the review."""
    police_speak(story, on)
    paper = Expected(documents=(DocumentKind.DISCLOSURE_SCHEDULE,))
    story.does("manager", "schedule_material", {"agreed_on": day(on)}, paper)
