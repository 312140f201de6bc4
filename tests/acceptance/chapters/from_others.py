"""What the review group learns that is of no one case: the trends, and national reviews."""

from datetime import timedelta
from typing import Final

from tests.acceptance.browser import SEE_OTHER
from tests.acceptance.dates import day
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.story import Story

PRESENT = "The chair, and the lead of each agency."
SOON: Final = timedelta(days=20)
"""An action of so near a day is asked for on the first page at once."""


def learn(story: Story, on: str, by: str) -> None:
    """On one day the group looks at the trends, and answers a national review of that day."""
    look_at_trends(story, on, by)
    answer_national_review(story, on)


def look_at_trends(story: Story, on: str, next_on: str) -> None:
    """The chair records what the group saw in the trends, and when it looks again (EMB-10)."""
    found = "Missed appointments recur in three of four reviews."
    answers = {
        "looked_on": day(on),
        "present": PRESENT,
        "looked_at": ("notifications", "rapid_reviews", "reasons", "themes"),
        "recurring": ("information_sharing",),
        "found": found,
        "decided": "The manager asks each agency how it follows up; health leads.",
        "next_on": day(next_on),
    }
    past = answers | {"next_on": day(on)}
    if story.browser("chair").send("/trends/look", past).status == SEE_OTHER:
        story.differs("A look at the trends without a next day to come was taken.")
    _send(story, "/trends/look", answers)
    story.reads("council", "/trends", found)


def answer_national_review(story: Story, on: str) -> None:
    """A national review is noted, considered, and what follows from it is done (EMB-11)."""
    title = f"Learning of {on} about children who are not brought"
    noted = {
        "kind": "national_review",
        "title": title,
        "published_on": day(on),
        "address": f"https://www.gov.uk/example/{story.reference.lower()}",
    }
    _send(story, "/national-reviews/note", noted)
    consider = story.browser("chair").open("/").link_to("/consider", title)
    considered = {
        "considered_on": day(on),
        "present": PRESENT,
        "learning": "A child who is not brought is not a child who did not attend.",
        "means": "Two of our agencies still write that a child did not attend.",
        "is_anything_to_do": True,
        "actions": (
            {
                "action": "Change the words in every record system.",
                "owner": "Health, head of records",
                "last_day": day(on) + SOON,
            },
        ),
    }
    silent = considered | {"is_anything_to_do": False, "actions": ()}
    if story.browser("chair").send(consider, silent).status == SEE_OTHER:
        story.differs("A national review was answered without actions, and without why not.")
    _send(story, consider, considered)
    story.reads("chair", "/", f"Action 1 from “{title}”")
    evidence = "The words are changed in both systems; an audit of forty records found no other."
    done = {"number": 1, "done_on": day(on), "evidence": evidence, "recheck": "after_6_months"}
    _send(story, consider.replace("/consider", "/done"), done)
    story.reads("council", "/national-reviews", title, evidence)
    story.reads("council", "/yearly-report", "What is not counted")


def _send(story: Story, path: str, answers: dict[str, object]) -> None:
    answered = story.browser("chair").send(path, answers)
    if answered.status != SEE_OTHER:
        raise JourneyStopped(f"The chair could not send {path}: {answered.page.errors}")
