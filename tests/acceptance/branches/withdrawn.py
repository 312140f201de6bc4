"""The notification is withdrawn with the Panel, where the partnership's policy follows its page."""

from dataclasses import replace
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import Step
from tests.acceptance.branches import shared_steps
from tests.acceptance.branches.queried import QUERIED
from tests.acceptance.chapters import meeting, notify, scoping
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import FLEABANE
from tests.acceptance.story import Story

REVIEW: Final = replace(QUERIED, incident=replace(QUERIED.incident, family=FLEABANE))
EXPECTED_END: Final = ExpectedEnd(
    not_needed=frozenset(Step) - {Step.NOTIFY},
    documents={
        DocumentKind.REFERRAL: 1,
        DocumentKind.NOTIFICATION_RECORD: 2,
        DocumentKind.SCOPING_LETTER: 2,
        DocumentKind.SCOPING_FORM: 4,
        DocumentKind.SCOPING_RETURN: 1,
        DocumentKind.CLOSING_RECORD: 1,
    },
)
WHY: Final = "The injury came of an illness that was not known. This is an example."


def drive(story: Story) -> ExpectedEnd:
    """No clock of the review is met; who was in it is told, and the case closes with its learning.

    Whoever has not sent a form is not asked any more.
    """
    shared_steps.refer_and_notify(story, REVIEW)
    shared_steps.send_forms(story, REVIEW)
    meeting.set_date(story, REVIEW.meets, REVIEW.met("K4"))
    story.on(REVIEW.returned)
    scoping.return_form(story, "hospital", "early")
    _withdraw(story)
    for words in (
        "was withdrawn: the Panel confirmed it on",
        "Close the case, or reopen it on new facts",
    ):
        story.shows("manager", "", words)
    story.shows("manager", "timeline", WHY)
    for agency in shared_steps.AGENCIES:
        story.shows(agency, "", "that its notification to the Panel was withdrawn")
    story.on("Mon 16 Feb 2026 10:00")
    story.shows("manager", "notification/close", WHY)
    notify.close_unreviewed(story, "Wed 16 Feb 2056")
    return EXPECTED_END


def _withdraw(story: Story) -> None:
    """The authority's notifier records what the Panel confirmed, and on which day."""
    said = {"confirmed_on": day("Fri 6 Feb 2026"), "reasons": WHY}
    before = {**said, "confirmed_on": day("Tue 3 Feb 2026")}
    refusal = Refusal(field="confirmed_on", says="before the notification was sent")
    story.is_refused("notifier", "record_withdrawal", before, refusal)
    told = Expected(
        documents=(DocumentKind.NOTIFICATION_RECORD,),
        emails=(EmailTrigger.NOTIFICATION_WITHDRAWN, EmailTrigger.MEETING_CANCELLED),
    )
    story.does("notifier", "record_withdrawal", said, told)
    if story.running("K10"):
        story.differs("K10 runs on after the withdrawal")
