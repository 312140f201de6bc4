"""The communications lead: the planner, a day that is warned of, another day, the tasks."""

from tests.acceptance.branches import shared_steps
from tests.acceptance.branches.published_otherwise import WITHHELD
from tests.acceptance.chapters import publication
from tests.in_chromium.journeys.lead_reviewer import DAYS
from tests.in_chromium.stage import Stage
from tests.in_chromium.visitor import Visitor

WHEN = "When is the report to be published?"


def go(stage: Stage) -> None:
    """The report is signed; communications looks for a day."""
    story = stage.story
    shared_steps.until_panel_agrees(story, WITHHELD, "Wed 11 Feb 2026")
    shared_steps.review_locally(story, DAYS)
    story.does("manager", "decide_legal_advice")
    communications = stage.arrives("communications")
    communications.takes_picture("communications-home")
    communications.follows("Cases")
    communications.follows(story.reference)
    communications.chooses("Do you have any conflict", "No")
    communications.chooses("Do you agree to keep", "Yes")
    communications.presses("Declare and go on")
    communications.follows("Plan publication")
    communications.takes_picture("communications-lead-planner")
    communications.sees("The next 12 weeks", "to be avoided. Saturday")
    _plans(communications)
    communications.says_day(WHEN, "27 6 2026")
    communications.presses("Put the plan to the partners")
    communications.sees("Saturday", "There is a problem")
    communications.takes_picture("communications-lead-warned")
    communications.says_day(WHEN, "3 7 2026")
    communications.presses("Put the plan to the partners")
    communications.sees("The publication plan is with the partners")
    publication.present(story, "Mon 8 Jun 2026")
    publication.approve(story, "Mon 8 Jun 2026")
    communications.opens("/")
    communications.takes_picture("communications-lead-tasks")
    communications.sees("the family is told of the day", story.reference)


def _plans(communications: Visitor) -> None:
    communications.chooses("Where is the report published?", "own web address")
    communications.answers("Under which name", "Child K")
    communications.chooses("Is the report anonymised", "Yes")
    communications.answers("Whom might what is published harm", "A brother, who is told first.")
    communications.answers("Who is told, in which order?", "The family, staff, members, media.")
    communications.answers_each("Who sees to it, by post?", "The communications lead")
    communications.chooses_each("Whose task is it here?", "The communications lead")
    communications.answers("The one media contact", "The council's press desk")
    communications.answers("How are the wishes of the family", "The day is one that they can bear.")
