"""A local review is asked for, considered, and decided by the partners (NOT-23 to NOT-25)."""

from dataclasses import dataclass
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from tests.acceptance.answers import Answers
from tests.acceptance.chapters.notify import TOLD_OF_A_REFERRAL
from tests.acceptance.chapters.signing import all_sign
from tests.acceptance.dates import day, moment
from tests.acceptance.expectations import Expected
from tests.acceptance.fixtures import Family
from tests.acceptance.story import Story

DOCUMENTS_OF_A_REQUEST: Final = {
    DocumentKind.REVIEW_REQUEST: 1,
    DocumentKind.REQUEST_DECISION: 1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked about, by whom, and when the partnership heard of it."""

    family: Family
    happened_on: str
    received_at: str
    occasion: str
    asked_by: str = "hospital"


def ask(story: Story, request: Request) -> None:
    """An agency asks, and those who act first open the case: no clock runs."""
    story.secrets.update(request.family.secrets())
    expected = Expected(
        documents=(DocumentKind.REVIEW_REQUEST,), emails=(EmailTrigger.DECLARATION_NEEDED,)
    )
    story.does(request.asked_by, "request_review", answers_of(request), expected)
    story.all_open_the_case(*TOLD_OF_A_REFERRAL, *story.place.partners)


def answers_of(request: Request) -> Answers:
    """Return what the request says of this family."""
    family = request.family
    child = {
        "name": family.child,
        "born_on": family.born_on,
        "sex": "not_known",
        "statuses": ("child_in_need",),
        "died": False,
    }
    return {
        "occasion": request.occasion,
        "incident_on": day(request.happened_on),
        "children": (child,),
        "happened": f"{family.child} was found in time by a neighbour. This is an example.",
        "family_members": (family.mother,),
        "family": family.description,
        "received_at": moment(request.received_at),
    }


def consider(story: Story, answers: Answers) -> None:
    """The chair puts what is recommended to the partners."""
    expected = Expected(emails=(EmailTrigger.SIGN_OFF_NEEDED,))
    story.does("chair", "consider_request", answers, expected)


def sign(story: Story, starts: dict[str, str] | None = None, *more: DocumentKind) -> None:
    """The partners sign; what follows, follows from the last signature."""
    expected = Expected(
        starts=starts or {},
        documents=(DocumentKind.REQUEST_DECISION, *more),
        emails=(EmailTrigger.REQUEST_DECIDED,),
    )
    all_sign(story, "sign_request", expected)
