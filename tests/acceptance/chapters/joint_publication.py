"""Publication by several: each publisher sends the text and publishes at its own address."""

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import Step
from tests.acceptance.chapters import dispatches, joint, publication
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.joint_story import JointStory
from tests.acceptance.story import Story

FILED = (DocumentKind.SIGNED_RECORD,)


def all_approve(both: JointStory) -> None:
    """The partners of both sides approve the plan; the lead tells the national bodies (GOV-16)."""
    notice = DocumentKind.PUBLICATION_NOTICE
    told = Expected(documents=(notice,), emails=(EmailTrigger.STAFF_TO_BE_TOLD,))
    joint.all_sign(both, "sign_publication", Step.PUBLISH, told)
    dispatches.confirm(both.lead, notice, EmailTrigger.PUBLICATION_DECIDED)


def each_sends_the_text(both: JointStory, on: str) -> None:
    """K12 is met once the last publisher has sent the text; before that no one publishes."""
    _sends(both.lead, on)
    too_early = Refusal(says="Every publisher sends the text", status=409)
    both.lead.is_refused("manager", "publish", {"published_on": day(on)}, too_early)
    _sends(both.other, on)
    sent = Expected(meets={"K12": "early"})
    both.lead.follows("Every publisher has sent the text", Step.PUBLISH, sent)


def each_publishes(both: JointStory, on: str, until: str) -> None:
    """Each report stays published for a year (K13); K11 is met by the last publisher."""
    beside = Expected(
        starts={"K13": until}, documents=FILED, emails=(EmailTrigger.PUBLISHED_BESIDE_LEAD,)
    )
    _publishes(both.other, on, beside)
    both.lead.follows("The other publisher has published", Step.PUBLISH)
    both.shared = False
    last = Expected(
        starts={"K13": until},
        meets={"K11": "early"},
        documents=FILED,
        emails=(EmailTrigger.REPORT_PUBLISHED,),
    )
    _publishes(both.lead, on, last)
    report = DocumentKind.PUBLISHED_REPORT
    dispatches.confirm(both.lead, report, EmailTrigger.REPORT_TO_REPOSITORY)


def _sends(story: Story, on: str) -> None:
    publication.staff_are_told(story, on)
    text, file = DocumentKind.PRE_PUBLICATION_DISPATCH, DocumentKind.PUBLISHED_REPORT
    story.does("manager", "pre_send", expected=Expected(documents=(text, file)))
    dispatches.read(story, file)
    dispatches.confirm(story, text, EmailTrigger.PRE_PUBLICATION_SENT)


def _publishes(story: Story, on: str, expected: Expected) -> None:
    address = f"https://www.{story.place.word}.example/reviews"
    story.does("manager", "publish", {"published_on": day(on), "address": address}, expected)
