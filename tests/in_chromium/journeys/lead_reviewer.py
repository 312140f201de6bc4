"""The lead reviewer: declares, reads what is in scope, submits a draft, has names found in it."""

from tests.acceptance.branches import shared_steps
from tests.acceptance.branches.published_otherwise import WITHHELD
from tests.acceptance.chapters import commissioning, families, report
from tests.acceptance.story import Story
from tests.in_chromium.stage import Stage
from tests.in_chromium.visitor import Visitor
from tests.in_chromium.waiting import until

DAYS = shared_steps.LocalReview(
    terms="Mon 16 Feb 2026 10:00",
    endorsed="Wed 18 Feb 2026 10:00",
    reports="Mon 23 Feb 2026 10:00",
    reports_due="Fri 27 Mar 2026",
    answered="Thu 26 Mar 2026 10:00",
    drafted="Mon 4 May 2026 10:00",
    signed="Mon 8 Jun 2026 10:00",
)

PARTS = (
    "Overview and context",
    "Why decisions were taken",
    "Critique of joint working",
    "Are the shortcomings general?",
    "What would prevent harm?",
    "Good practice",
    "What must happen to learn",
    "Equality, identity and poverty",
    "Summary of recommended improvements",
    "Systemic and underlying reasons",
    "The family's part in the review",
)


def go(stage: Stage) -> None:
    """The reviewer is appointed, and drafts."""
    story = stage.story
    shared_steps.until_panel_agrees(story, WITHHELD, "Wed 11 Feb 2026")
    story.on(DAYS.terms)
    commissioning.agree_terms(story, "Mon 16 Feb 2026")
    commissioning.appoint_reviewer(story)
    reviewer = stage.arrives("reviewer")
    reviewer.takes_picture("lead-reviewer-home")
    reviewer.follows("Declare your interests")
    reviewer.chooses("Do you have any conflict", "No")
    reviewer.chooses("Do you agree to keep", "Yes")
    reviewer.presses("Declare and go on")
    reviewer.sees(story.reference)
    reviewer.takes_picture("lead-reviewer-case")
    story.on(DAYS.endorsed)
    commissioning.sign_terms(story)
    _reports_come_in(story)
    reviewer.opens("/")
    reviewer.follows("Submit the draft report")
    for part in PARTS:
        reviewer.answers(part, "What the review found of it.")
    reviewer.answers(PARTS[0], f"{WITHHELD.incident.family.child} lived with a parent.")
    reviewer.chooses("Is the report anonymised", "Yes")
    reviewer.answers("Why do the recommendations not address both", "They address both.")
    reviewer.takes_picture("lead-reviewer-draft")
    reviewer.presses("Submit this version")
    reviewer.sees("The draft report is submitted")
    chair = stage.arrives("chair")
    until(lambda: _is_found(chair, story.reference))
    chair.follows("Settle what the report holds", within=story.reference)
    chair.takes_picture("lead-reviewer-found")
    chair.sees(WITHHELD.incident.family.child)


def _is_found(chair: Visitor, reference: str) -> bool:
    """Tell whether the chair's first page asks for what the check found; it takes a moment."""
    chair.opens("/")
    return (
        f"Settle what the report holds of the case's own names, days and places, case {reference}"
        in chair.text()
    )


def _reports_come_in(story: Story) -> None:
    story.on(DAYS.reports)
    commissioning.request_reports(story, DAYS.reports_due, DAYS.heeded)
    story.on(DAYS.answered)
    for agency in commissioning.AGENCIES:
        commissioning.send_report(story, agency)
        commissioning.accept_report(story, agency)
    story.on(DAYS.drafted)
    report.recommend(story, "Mon 4 May 2026")
    families.settle(story)
