"""Gate G10: the plan, its approval, the text sent ahead, then publication or improvements."""

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.todos import Todo
from tests.acceptance.answers import Answers
from tests.acceptance.chapters.signing import all_sign
from tests.acceptance.dates import day
from tests.acceptance.story import Expected, Story


def plan(story: Story, publish_on: str, send_by: str) -> None:
    """The business manager plans publication; the last day to send the text follows (K12)."""
    story.does("manager", Todo.PLAN_PUBLICATION, planned(publish_on), _planned(send_by))


def planned(publish_on: str) -> Answers:
    """Return the publication plan."""
    return {
        "publish_on": day(publish_on),
        "key_dates": (),
        "anonymised": True,
        "does_no_harm": True,
        "reviewer_named": True,
        "no_objection": True,
        "telling": "The family first, in person; then staff; then members; then the press.",
        "media_contact": "The council's communications lead",
    }


def withhold(story: Story, publish_on: str, send_by: str) -> None:
    """The partners decide that compelling circumstances make publication wrong (PUB-25)."""
    answers = {
        "reasons": "Even anonymised, the report would let a child at risk be found.",
        "improvements": "One team owns every missed appointment; calls are made the same day.",
        "publish_on": day(publish_on),
    }
    story.does("manager", "publication/withhold", answers, _planned(send_by))


def approve(story: Story) -> None:
    """The three partners approve the plan, and the national bodies are told (GOV-16)."""
    all_sign(story, Todo.SIGN_PUBLICATION, Expected(emails=(EmailTrigger.PUBLICATION_DECIDED,)))


def pre_send(story: Story, met: str, *, improvements: bool = False) -> None:
    """The text goes to the Panel, Ofsted and the Secretary of State in time (PUB-26, K12)."""
    sent = EmailTrigger.IMPROVEMENTS_PRE_SENT if improvements else EmailTrigger.PRE_PUBLICATION_SENT
    expected = Expected(
        meets={"K12": met}, documents=(DocumentKind.PRE_PUBLICATION_DISPATCH,), emails=(sent,)
    )
    story.does("manager", Todo.PRE_SEND, {"complete": True, "family_told": True}, expected)


def published(on: str) -> Answers:
    """Return publication as it happened."""
    return {"published_on": day(on), "address": "https://partnership.example/reports/example"}


def publish(story: Story, on: str, expected: Expected) -> None:
    """The report is published, and stays so for a year (K13)."""
    story.does("manager", Todo.PUBLISH, published(on), expected)


def is_published(starts: dict[str, str], meets: dict[str, str]) -> Expected:
    """Return what follows from publication of the report."""
    return Expected(
        starts=starts,
        meets=meets,
        documents=(DocumentKind.PUBLISHED_REPORT,),
        emails=(EmailTrigger.REPORT_PUBLISHED,),
    )


def publish_improvements(story: Story, on: str, meets: dict[str, str]) -> None:
    """Information about improvements is published instead of the report (PUB-25)."""
    expected = Expected(
        meets=meets,
        documents=(DocumentKind.IMPROVEMENT_INFORMATION,),
        emails=(EmailTrigger.IMPROVEMENTS_PUBLISHED,),
    )
    story.does("manager", Todo.PUBLISH_IMPROVEMENTS, published(on), expected)


def _planned(send_by: str) -> Expected:
    return Expected(starts={"K12": send_by}, emails=(EmailTrigger.SIGN_OFF_NEEDED,))
