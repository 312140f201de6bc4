"""Gate G9: the draft, its quality assurance, and its endorsement by the three partners."""

from datetime import timedelta

from services.domain.criteria import QualityQuestion
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.todos import Todo
from tests.acceptance.answers import Labelled
from tests.acceptance.chapters.signing import all_sign
from tests.acceptance.dates import day
from tests.acceptance.story import Expected, Story


def submit_draft(story: Story, drafted_on: str) -> None:
    """The lead reviewer submits a version of the report; agencies have half a year to act."""
    recommendation = {
        "text": "Every agency names one team that owns missed appointments of young children.",
        "owner": Labelled(story.place.agency("hospital")),
        "by_when": day(drafted_on) + timedelta(days=180),
    }
    answers = {
        "overview": "What happened, and who knew what when; no date of birth, no name.",
        "decisions": "Decisions were taken on what each agency knew by itself.",
        "joint_working": "Information on missed appointments was not shared.",
        "general": "The same was found in two audits of other agencies.",
        "prevention": "A call on the same day would have shown that help was needed.",
        "good_practice": "The school wrote down what the child said, in the child's words.",
        "learning": "One owner for every missed appointment.",
        "equality": "Poverty shaped what the family could do and was not asked about.",
        "improvements": "Ownership, same-day calls, a shared list.",
        "systemic": "Targets counted appointments offered, not appointments kept.",
        "family": "The mother took part; the father could not be found.",
        "recommendations": (recommendation,),
        "anonymised": True,
    }
    story.does(
        "reviewer", Todo.SUBMIT_DRAFT, answers, Expected(documents=(DocumentKind.REPORT_VERSION,))
    )


def quality_assure(story: Story, *, ready: bool) -> None:
    """The review group tests the draft against the Panel's ten questions (PUB-17)."""
    answers = {
        "answers": tuple({"holds": ready, "comment": "Read against it."} for _ in QualityQuestion),
        "meets_terms": True,
        "ready": ready,
        "comments": "Ready for the partners." if ready else "Deepen the analysis of why.",
    }
    expected = Expected(emails=(EmailTrigger.SIGN_OFF_NEEDED,) if ready else ())
    story.does("chair", Todo.QUALITY_ASSURE, answers, expected)


def sign(story: Story) -> None:
    """The three partners endorse the recommendations and sign off the report (PUB-02)."""
    all_sign(story, Todo.SIGN_REPORT)
