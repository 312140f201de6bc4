"""What the Panel answers, what partners reply, and how a national review ends beside ours."""

from typing import Final

from services.domain.clocks.standing import ClockState
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.labels import label
from services.domain.pending_items import PendingStanding
from services.domain.plain_text import capital
from services.domain.todos import Todo
from services.domain.workflow import LocalCourse, PanelAnswer
from tests.acceptance.answers import FIRST_OFFERED, Answers, File, Labelled
from tests.acceptance.chapters import collection, dispatches, rapid_review
from tests.acceptance.chapters.signing import all_sign
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected
from tests.acceptance.fixtures import PICTURE
from tests.acceptance.story import Story

LETTER: Final = "The Panel's letter"


def answers(story: Story, received_on: str, answer: PanelAnswer, awaited: str = "") -> None:
    """The business manager records the Panel's letter; the partners keep their decision.

    ``awaited`` says how it came beside the day by which the partnership expected it, if it did.
    """
    came = {"letter_file": None, "came_how": "By telephone, from its secretariat."}
    _answers(story, {"received_on": day(received_on), "answer": answer, **came}, awaited)


def answers_by_letter(story: Story, received_on: str, answer: PanelAnswer) -> None:
    """The Panel's letter is added to the case as it came, and its answer names the file."""
    letter = {"title": LETTER, "file": File("letter.png", "image/png", PICTURE)}
    story.does("manager", "add_file", letter, Expected(documents=(DocumentKind.UPLOAD,)))
    came = {"letter_file": Labelled(LETTER), "came_how": None}
    _answers(story, {"received_on": day(received_on), "answer": answer, **came}, "")


def _answers(story: Story, changes: Answers, awaited: str) -> None:
    meets = {"extra": awaited} if awaited else {}
    expected = Expected(meets=meets, emails=(EmailTrigger.PANEL_ANSWERED,))
    story.does("manager", "record_answer", changes, expected)


def has_not_answered(story: Story, expected_by: str) -> None:
    """The answer is still awaited, and late by the partnership's own clock alone (rules.md 5A)."""
    if (runs := story.running("extra")) != [expected_by]:
        story.differs(f"the answer is expected by {runs}, and not by {expected_by}")
    story.shows("manager", "", label(Todo.RECORD_PANEL_ANSWER))
    story.shows("manager", "", capital(label(ClockState.NOT_COME)))


def challenge(story: Story, on: str) -> None:
    """The partners challenge the Panel's answer; one of them lodges it (GOV-17)."""
    expected = Expected(
        documents=(DocumentKind.CHALLENGE_RECORD,), emails=(EmailTrigger.CHALLENGE_LODGED,)
    )
    story.does("council", "lodge_challenge", expected=expected)
    collection.send_and_revoke(story)
    dispatches.send_by_hand(story, day(on))


def replies(story: Story, on: str) -> None:
    """The partners reply to the Panel, and the manager sends the reply (GOV-14)."""
    expected = Expected(documents=(DocumentKind.PANEL_REPLY,))
    story.does("council", "reply_to_panel", expected=expected)
    dispatches.send_by_hand(story, day(on))


def supplement(story: Story, on: str) -> None:
    """What was pending goes to the Panel once it is known, and changes no decision (RR-36)."""
    expected = Expected(documents=(DocumentKind.SUPPLEMENT,))
    answers = {"reopens": False, "answers": (FIRST_OFFERED,)}
    story.does("chair", "supplement_review", answers, expected)
    dispatches.send_by_hand(story, day(on))


def follow_up(story: Story, standing: PendingStanding, expected_on: str = "") -> None:
    """The manager asks for what is awaited, and keeps how it stands (RR-35)."""
    on = day(expected_on) if expected_on else None
    story.does("manager", "follow_up_pending", {"standing": standing, "expected_on": on})


def queries_publication(story: Story, on: str) -> None:
    """The Panel questions what the partners decided on publication; they challenge it (GOV-17)."""
    expected = Expected(emails=(EmailTrigger.PANEL_ANSWERED,))
    came = {"received_on": day(on), "letter_file": None, "came_how": "By telephone."}
    story.does("manager", "record_publication_query", came, expected)
    challenge(story, on)


def settles_local_review(story: Story, course: LocalCourse) -> None:
    """All partners decide what becomes of their review beside the Panel's (GOV-14, GOV-16)."""
    expected = Expected(emails=(EmailTrigger.SIGN_OFF_NEEDED,))
    story.does("chair", "propose_local_course", {"course": course}, expected)
    notice = DocumentKind.COMMISSIONING_NOTICE
    all_sign(story, "sign_rapid_review", Expected(documents=(notice,)))
    rapid_review.tell_decision(story)


def national_review_ends(story: Story, ended_on: str) -> None:
    """The national review is published, and asks something of this partnership."""
    story.does("manager", "end_national_review", {"ended_on": day(ended_on)})
