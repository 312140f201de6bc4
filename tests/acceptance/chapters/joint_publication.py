"""Publication by several: each publisher sends the text and publishes at its own address."""

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import Step
from tests.acceptance.chapters import dispatches
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.joint_story import JointStory
from tests.acceptance.story import Story

FILED = (DocumentKind.PUBLISHED_REPORT, DocumentKind.SIGNED_RECORD)


def each_sends_the_text(joint: JointStory, on: str) -> None:
    """K12 is met once the last publisher has sent the text; before that no one publishes."""
    _sends(joint.lead)
    too_early = Refusal(says="Every publisher sends the text", status=409)
    joint.lead.is_refused("manager", "publish", {"published_on": day(on)}, too_early)
    _sends(joint.other)
    sent = Expected(meets={"K12": "early"})
    joint.lead.follows("Every publisher has sent the text", Step.PUBLISH, sent)


def each_publishes(joint: JointStory, on: str, until: str) -> None:
    """Each report stays published for a year (K13); K11 is met by the last publisher."""
    beside = Expected(
        starts={"K13": until}, documents=FILED, emails=(EmailTrigger.PUBLISHED_BESIDE_LEAD,)
    )
    _publishes(joint.other, on, beside)
    joint.lead.follows("The other publisher has published", Step.PUBLISH)
    joint.shared = False
    last = Expected(
        starts={"K13": until},
        meets={"K11": "early"},
        documents=FILED,
        emails=(EmailTrigger.REPORT_PUBLISHED,),
    )
    _publishes(joint.lead, on, last)
    report = DocumentKind.PUBLISHED_REPORT
    dispatches.confirm(joint.lead, report, EmailTrigger.REPORT_TO_REPOSITORY)


def _sends(story: Story) -> None:
    text = DocumentKind.PRE_PUBLICATION_DISPATCH
    story.does("manager", "pre_send", expected=Expected(documents=(text,)))
    dispatches.confirm(story, text, EmailTrigger.PRE_PUBLICATION_SENT)


def _publishes(story: Story, on: str, expected: Expected) -> None:
    address = f"https://www.{story.place.word}.example/reviews"
    story.does("manager", "publish", {"published_on": day(on), "address": address}, expected)
