"""Gate G9: the draft, its quality assurance, and its endorsement by the partners."""

from datetime import timedelta

from services.domain.criteria import QualityQuestion
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from tests.acceptance.answers import FIRST_OFFERED, Answers, Labelled
from tests.acceptance.chapters import commissioning, families
from tests.acceptance.chapters.signing import all_sign
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.story import Story


def submit_draft(story: Story, drafted_on: str) -> None:
    """The lead reviewer submits a version of the report; agencies have half a year to act."""
    families.settle(story)
    answers = _drafted(story, drafted_on)
    story.does(
        "reviewer", "submit_draft", answers, Expected(documents=(DocumentKind.REPORT_VERSION,))
    )


def submit_with_a_day(story: Story, drafted_on: str, happened_on: str) -> None:
    """A first version says when it happened: it is found, and it is said why it may stay."""
    families.settle(story)
    answers = {**_drafted(story, drafted_on), "overview": f"It happened on {happened_on}."}
    made = Expected(documents=(DocumentKind.REPORT_VERSION,))
    story.does("reviewer", "submit_draft", answers, made)
    story.does("manager", "check_report")
    story.does("chair", "justify_hits", {"hits": (FIRST_OFFERED,)})


def says_who_took_no_part(story: Story, drafted_on: str) -> None:
    """No version while somebody of the family neither took part nor has a reason (FAM-10)."""
    refusal = Refusal(says="nothing is decided", status=409)
    story.is_refused("reviewer", "submit_draft", _drafted(story, drafted_on), refusal)


def _drafted(story: Story, drafted_on: str) -> Answers:
    recommendation = {
        "text": "Every agency names one team that owns missed appointments of young children.",
        "owner": Labelled(story.place.agency("hospital")),
        "by_when": day(drafted_on) + timedelta(days=180),
        "addresses": ("practice", "system_leadership"),
        "said_before": "new",
    }
    return {"recommendations": (recommendation,)}


def plan_communications(story: Story, who: str = "manager") -> None:
    """A first version of the communications strategy, before the partners endorse (PUB-20)."""
    papers = (DocumentKind.PUBLICATION_STRATEGY, DocumentKind.PRESS_STATEMENT)
    story.does(who, "plan_communications", expected=Expected(documents=papers))


def quality_assure(story: Story, *, ready: bool) -> None:
    """The review group tests the draft against the Panel's ten questions (PUB-17).

    Before it goes to the partners it is on record whether the review has a team (LC-25).
    """
    if ready:
        commissioning.settle_team(story)
    answers = {
        "answers": tuple({"holds": ready, "comment": "Read against it."} for _ in QualityQuestion),
        "ready": ready,
    }
    expected = Expected(emails=(EmailTrigger.SIGN_OFF_NEEDED,) if ready else ())
    story.does("chair", "quality_assure", answers, expected)


def sign(story: Story) -> None:
    """The partners endorse the recommendations and sign off the report (PUB-02)."""
    all_sign(story, "sign_report")
