"""What the Panel answers, and how a national review ends."""

from services.domain.emails import EmailTrigger
from services.domain.todos import Todo
from services.domain.workflow import PanelAnswer
from tests.acceptance.dates import day
from tests.acceptance.story import Expected, Story


def answers(story: Story, received_on: str, answer: PanelAnswer) -> None:
    """The business manager records the Panel's letter; the partners keep their decision."""
    words = {
        "received_on": day(received_on),
        "answer": answer,
        "letter": "The Panel has read the rapid review and gives its view in two paragraphs.",
    }
    story.does(
        "manager", Todo.RECORD_PANEL_ANSWER, words, Expected(emails=(EmailTrigger.PANEL_ANSWERED,))
    )


def national_review_ends(story: Story, ended_on: str) -> None:
    """The national review is published, and asks something of this partnership (EMB-11)."""
    words = {
        "ended_on": day(ended_on),
        "learning": "Partnerships are asked to look at how missed appointments are followed up.",
    }
    story.does("manager", Todo.END_NATIONAL_REVIEW, words)
