"""Gates G4 and G5: the record, the eight criteria, the decision, the signatures, the submission."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from services.domain.criteria import NotificationCriterion
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import Outcome
from tests.acceptance.answers import FIRST_OFFERED, Answers
from tests.acceptance.chapters import dispatches
from tests.acceptance.chapters.signing import all_sign
from tests.acceptance.dates import day, moment
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.story import Story

Lapsed = tuple[NotificationCriterion, ...]
NO_REVIEW: Final[Answers] = {"benefit": None, "sought": (), "key_lines": ()}
PROPOSED: Final[Answers] = {
    "model": "One independent reviewer, with a small team.",
    "methodology": "A systems approach, with workshops for practitioners.",
    "timescale": "A draft in four months.",
}
SENT_TO_THE_PANEL: Final = (DocumentKind.RAPID_REVIEW_RECORD, DocumentKind.COVERING_LETTER)


def write_record(story: Story) -> None:
    """The chair writes the record: all that must be in it, nothing that must not (RR-07 to 26)."""
    story.does("chair", "write_record", expected=Expected(emails=(EmailTrigger.RECORD_TO_AGREE,)))


def answer_criteria(story: Story) -> None:
    """The chair answers all eight criteria, in their two groups (DEC-01 to DEC-08)."""
    story.does("chair", "answer_criteria")


def keep_what_is_relevant(story: Story, answers: Answers) -> None:
    """What is told of years back keeps the record from the partners until it has a reason (G4)."""
    says = Refusal(says="keep each passage with its reason", status=409)
    story.is_refused("chair", "propose_decision", answers, says)
    kept = {"passage": FIRST_OFFERED, "reasons": "The same signs were missed in 2019 as now."}
    story.does("chair", "keep_passage", kept)


def proposal(outcome: Outcome, *, met: bool, on: str, lapsed: Lapsed = ()) -> Answers:
    """Return the decision that the partners are asked to sign.

    ``met`` is of the criteria for an LCSPR, ``lapsed`` what is no longer met of those for
    notification (DEC-12).
    """
    said: Answers = {
        "outcome": outcome,
        "notification_met": not lapsed,
        "no_longer_met": tuple(map(str, lapsed)),
        "criteria_met": met,
    }
    if outcome is Outcome.LOCAL_REVIEW:
        return {**said, **PROPOSED}
    action = {
        "action": "Call the family on the day of a missed appointment.",
        "owner": "Community health",
        "by_when": day(on) + timedelta(days=60),
    }
    return {**said, **NO_REVIEW, "actions": (action,)}


def propose(story: Story, answers: Answers) -> None:
    """The chair puts the decision to the partners, on paper."""
    expected = Expected(
        documents=(DocumentKind.RAPID_REVIEW_RECORD,), emails=(EmailTrigger.SIGN_OFF_NEEDED,)
    )
    story.does("chair", "propose_decision", answers, expected)


def sign(story: Story, expected: Expected | None = None) -> None:
    """The partners sign; what goes to the Panel is made by the third signature (RR-49)."""
    all_sign(story, "sign_rapid_review", with_papers(expected or Expected()))


def sign_again(story: Story, expected: Expected) -> None:
    """The partners sign what they decide after the Panel's query (GOV-14)."""
    all_sign(story, "sign_rapid_review", expected)


def with_papers(expected: Expected) -> Expected:
    """Add the record and the covering letter to what is expected of the last signature."""
    return replace(expected, documents=(*expected.documents, *SENT_TO_THE_PANEL))


def submit(story: Story, at: str, meets: dict[str, str], late_reason: str = "") -> None:
    """The business manager sends the rapid review to the Panel, or late (RR-34, K10)."""
    expected = Expected(
        meets=meets,
        documents=(DocumentKind.COMMISSIONING_NOTICE,),
        emails=(
            EmailTrigger.RAPID_REVIEW_SUBMITTED,
            EmailTrigger.OUTCOME_TOLD,
            EmailTrigger.CHAIR_TOLD,
            EmailTrigger.RECOMMENDATION_SHARED,
        ),
    )
    said = {"submitted_at": moment(at), "late_reason": late_reason or None}
    story.does("manager", "submit", said, expected)
    tell_decision(story)


def tell_decision(story: Story) -> None:
    """Every decision on commissioning is told to three bodies, with its grounds (GOV-16)."""
    notice = DocumentKind.COMMISSIONING_NOTICE
    dispatches.confirm(story, notice, EmailTrigger.COMMISSIONING_DECIDED)
