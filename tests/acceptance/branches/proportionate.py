"""A proportionate review by a learning event: nobody is commissioned, no agency reports (LC-23)."""

from dataclasses import replace
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from tests.acceptance.answers import Answers, Labelled
from tests.acceptance.branches import bounced, shared_steps
from tests.acceptance.chapters import (
    commissioning,
    learning_event,
    publication,
    report,
)
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import BUGLOSS
from tests.acceptance.story import Story

REVIEWED: Final = replace(
    bounced.BOUNCED, incident=replace(bounced.BOUNCED.incident, family=BUGLOSS)
)
REVIEW: Final = replace(bounced.REVIEW, is_proportionate=True)
WHO_MAY_COME: Final[Answers] = {
    "analysis": None,
    "learning": None,
    "participants": ({"post": learning_event.POST, "involvement": "Saw the child at home."},),
}
OF_REPORTS: Final = frozenset({DocumentKind.CHRONOLOGY_GUIDANCE, DocumentKind.AGENCY_REPORT})
OTHERS: Final = {
    kind: many for kind, many in bounced.EXPECTED_END.documents.items() if kind not in OF_REPORTS
}
EXPECTED_END: Final = ExpectedEnd(
    documents={
        **OTHERS,
        DocumentKind.REPORT_REQUEST: OTHERS[DocumentKind.REPORT_REQUEST] + 1,
        DocumentKind.TEAM_MINUTES: 2,
        DocumentKind.LEARNING_INVITATION: 1,
        DocumentKind.LEARNING_BRIEFING: 1,
        DocumentKind.LEARNING_AGENDA: 2,
        DocumentKind.LEARNING_WORKSHEETS: 2,
    }
)


def drive(story: Story) -> ExpectedEnd:
    """Agencies are asked formally to take part, say who may come, and are heard at the event."""
    shared_steps.until_panel_agrees(story, REVIEWED, "Wed 29 Apr 2026")
    shared_steps.commission(story, REVIEW)
    story.shows("manager", "", "A shorter review.")
    _ask_who_may_come(story)
    _hear_at_the_event(story)
    _draft(story)
    _publish(story)
    shared_steps.act_on_learning(story, bounced.LEARNING)
    return EXPECTED_END


def _ask_who_may_come(story: Story) -> None:
    """The letters ask for no chronology and no report; what an agency answers is no paper."""
    story.on("Mon 11 May 2026 10:00")
    commissioning.name_team(story)
    commissioning.team_meets(
        story, "Mon 11 May 2026", "planning", "chair", "reviewer", next_on="Mon 15 Jun 2026"
    )
    agencies = tuple(Labelled(story.place.agency(one)) for one in commissioning.AGENCIES)
    asked = {"agencies": agencies, "due": day("Fri 12 Jun 2026"), "wanted": ("participants",)}
    letters = Expected(
        documents=(DocumentKind.REPORT_REQUEST,), emails=(EmailTrigger.REPORT_REQUESTED,)
    )
    story.does("manager", "request_reports", asked, letters)
    story.on("Thu 11 Jun 2026 10:00")
    nobody = Refusal(field="participants", says="who may be invited")
    first = commissioning.AGENCIES[0]
    story.is_refused(first, "submit_report", {**WHO_MAY_COME, "participants": ()}, nobody)
    received = Expected(emails=(EmailTrigger.REPORT_RECEIVED,))
    for agency in commissioning.AGENCIES:
        story.does(agency, "submit_report", WHO_MAY_COME, received)
        commissioning.accept_report(story, agency)
    commissioning.ask_for_more(story, first, "Fri 12 Jun 2026")
    story.does(first, "submit_report", WHO_MAY_COME, received)
    commissioning.accept_report(story, first)


def _hear_at_the_event(story: Story) -> None:
    learning_event.plan(story, "Tue 30 Jun 2026")
    learning_event.invite_in_person(story)
    story.on("Tue 30 Jun 2026 10:00")
    learning_event.hold(story, expected=Expected(emails=(EmailTrigger.GUEST_CODE,)))


def _draft(story: Story) -> None:
    """Who came is asked what they think of the draft, which names who wrote it as a reviewer."""
    story.on(REVIEW.drafted)
    report.recommend(story, "Mon 6 Jul 2026")
    report.submit_draft(story)
    learning_event.say_it_is_right(story, "Fri 10 Jul 2026")
    learning_event.is_asked_about_draft(story, "hospital", "Mon 6 Jul 2026")
    report.plan_communications(story)
    report.quality_assure(story, ready=True)
    story.on(REVIEW.signed)
    report.sign(story)


def _publish(story: Story) -> None:
    story.on(bounced.PLANNED)
    bounced.approve_and_send(story)
    bounced.publish(story)
    publication.is_as_sent(story, "Reviewer")
