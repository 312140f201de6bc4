"""Gate G9: recommendations, the draft, its quality assurance, and what the partners sign."""

from datetime import timedelta
from typing import Final

from services.domain.criteria import QualityQuestion
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from tests.acceptance.answers import FIRST_OFFERED, Answers, Labelled
from tests.acceptance.chapters import commissioning, families, own_templates
from tests.acceptance.chapters.signing import all_sign
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.story import Story

_WORDS: Final = "Every agency names one team that owns missed appointments of young children."


def recommend(story: Story, on: str) -> None:
    """What the review recommends is proposed, put to the partners, and endorsed (PUB-18)."""
    propose_and_put(story, on)
    endorse(story)


def propose_and_put(story: Story, on: str) -> None:
    """The reviewer proposes one recommendation, and the review group puts it to the partners."""
    story.does("reviewer", "propose_recommendations", _recommended(story, on, 1))
    put_recommendations(story)


def recommend_at_length(story: Story, on: str) -> None:
    """Two are proposed; the review group develops one, which it puts, and drops the other."""
    story.does("reviewer", "propose_recommendations", _recommended(story, on, 2))
    words = "Every agency names one team, and its post, that owns missed appointments."
    again = {"recommendation": FIRST_OFFERED, "text": words, **_asked_of(story, on)}
    story.does("chair", "develop_recommendation", again)
    other = Labelled(f"2. {_WORDS}")
    story.does("chair", "drop_recommendation", {"recommendation": other})
    put_recommendations(story)


def put_recommendations(story: Story) -> None:
    """The review group puts them to the partners, on a paper that tells each version."""
    told = Expected(
        documents=(DocumentKind.RECOMMENDATIONS,), emails=(EmailTrigger.SIGN_OFF_NEEDED,)
    )
    story.does("chair", "put_recommendations", {"recommendations": (FIRST_OFFERED,)}, told)


def endorse(story: Story) -> None:
    """All the partners endorse them; the report states them from now on."""
    all_sign(story, "sign_recommendations")


def submit_draft(story: Story) -> None:
    """The lead reviewer submits a version of the report."""
    families.settle(story)
    made = Expected(documents=(DocumentKind.REPORT_VERSION,))
    story.does("reviewer", "submit_draft", expected=made)


def submit_with_a_day(story: Story, happened_on: str) -> None:
    """A first version says when it happened: it is found, and it is said why it may stay."""
    families.settle(story)
    answers = {"overview": f"It happened on {happened_on}."}
    made = Expected(documents=(DocumentKind.REPORT_VERSION,))
    story.does("reviewer", "submit_draft", answers, made)
    story.does("manager", "check_report")
    story.does("chair", "justify_hits", {"hits": (FIRST_OFFERED,)})


def submit_from_own_template(story: Story, today: str, happened_on: str) -> None:
    """That version is made from the partnership's own template, which two people apply first."""
    own_templates.apply_own_report(story, today)
    submit_with_a_day(story, happened_on)
    own_templates.report_is_of_it(story)


def submit_naming(story: Story, name: str) -> None:
    """A version names somebody of the family, and the check finds it (PUB-16)."""
    made = Expected(documents=(DocumentKind.REPORT_VERSION,))
    story.does("reviewer", "submit_draft", {"overview": f"It was {name} who told of it."}, made)
    story.shows("chair", "report/hits", name)


def says_who_took_no_part(story: Story) -> None:
    """No version while somebody of the family neither took part nor has a reason (FAM-10)."""
    refusal = Refusal(says="nothing is decided", status=409)
    story.is_refused("reviewer", "submit_draft", {}, refusal)


def _recommended(story: Story, on: str, count: int) -> Answers:
    """Return that many recommendations of one agency, which has half a year to act."""
    one = {"text": _WORDS, **_asked_of(story, on)}
    return {"recommendations": (one,) * count}


def _asked_of(story: Story, on: str) -> dict[str, object]:
    return {
        "owner": Labelled(story.place.agency("hospital")),
        "by_when": day(on) + timedelta(days=180),
        "addresses": ("practice", "system_leadership"),
        "said_before": "new",
    }


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
    expected = Expected(emails=(EmailTrigger.SIGN_OFF_NEEDED,) if ready else ())
    story.does("chair", "quality_assure", _assured(ready=ready), expected)


def _assured(*, ready: bool) -> Answers:
    comments = ({"holds": ready, "comment": "Read against it."} for _ in QualityQuestion)
    return {"answers": tuple(comments), "ready": ready}


def sign(story: Story) -> None:
    """The partners sign off the report (PUB-02)."""
    all_sign(story, "sign_report")


def change_text(story: Story) -> None:
    """A text that is changed once the report is signed is signed again, before it goes (PUB-02)."""
    answers = {"overview": "The overview, put right after the partners signed it."}
    made = Expected(
        documents=(DocumentKind.REPORT_VERSION,), emails=(EmailTrigger.SIGN_OFF_NEEDED,)
    )
    story.does("chair", "change_report", answers, made)
    all_sign(story, "sign_report")
