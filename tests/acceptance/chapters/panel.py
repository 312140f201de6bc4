"""What the Panel answers, how partners challenge it, and how a national review ends."""

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import PanelAnswer
from tests.acceptance.chapters import collection, dispatches
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected
from tests.acceptance.story import Story


def answers(story: Story, received_on: str, answer: PanelAnswer, awaited: str = "") -> None:
    """The business manager records the Panel's letter; the partners keep their decision.

    ``awaited`` says how it came beside the day by which the partnership expected it, if it did.
    """
    changes = {"received_on": day(received_on), "answer": answer}
    meets = {"extra": awaited} if awaited else {}
    expected = Expected(meets=meets, emails=(EmailTrigger.PANEL_ANSWERED,))
    story.does("manager", "record_answer", changes, expected)


def challenge(story: Story, on: str) -> None:
    """The three partners challenge the Panel's answer; one of them lodges it (GOV-17)."""
    expected = Expected(
        documents=(DocumentKind.CHALLENGE_RECORD,), emails=(EmailTrigger.CHALLENGE_LODGED,)
    )
    story.does("council", "lodge_challenge", expected=expected)
    collection.send_and_revoke(story)
    dispatches.send_by_hand(story, day(on))


def national_review_ends(story: Story, ended_on: str) -> None:
    """The national review is published, and asks something of this partnership."""
    story.does("manager", "end_national_review", {"ended_on": day(ended_on)})
