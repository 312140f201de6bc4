"""Gates G4 and G5: the record, the eight criteria, the decision, the signatures, the submission."""

from datetime import timedelta

from services.domain.criteria import HaveRegardTo, MustConsider
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.todos import Todo
from services.domain.workflow import Outcome
from tests.acceptance.answers import Answers
from tests.acceptance.chapters.signing import all_sign
from tests.acceptance.dates import day, moment
from tests.acceptance.story import Expected, Story

KEY_LINES = (
    "How did agencies understand the child's daily life?",
    "How were missed appointments followed up?",
    "How was information shared between health and children's services?",
    "How were the family's circumstances weighed over time?",
)


def write_record(story: Story) -> None:
    """The chair writes the record: all that must be in it, nothing that must not (RR-07 to 26)."""
    written = {
        "child": "The child's particulars, as the referral gives them.",
        "family": "A mother and one child; no other significant adult is known.",
        "safeguarding": "The child is safe; an interim plan is in place.",
        "facts": "Brought in with injuries that were not explained. Two missed appointments.",
        "learning": "Same-day calls after a missed appointment, shared by a briefing.",
        "agencies": "All agencies asked took part, or their absence is explained.",
        "lived_experience": "The child liked school and spoke of feeling hungry in the mornings.",
        "identity": "White British; no faith recorded.",
        "health": "No disability known; treated for asthma.",
        "risks": "Isolation and debt present; no known domestic abuse.",
        "national_reviews": "The Panel's briefing on missed appointments.",
        "national_significance": "None beyond what is already known.",
        "reasons_for_review": "Two or more agencies did not work together as they should have.",
        "good_practice": "The school's pastoral notes were exact and prompt.",
        "agency_actions": "Community health revises its follow-up calls at once.",
        "keeps_out": True,
    }
    story.does(
        "chair", Todo.WRITE_RECORD, written, Expected(emails=(EmailTrigger.RECORD_TO_AGREE,))
    )


def answer_criteria(story: Story) -> None:
    """The chair answers all eight criteria, in their two groups (DEC-01 to DEC-08)."""
    answers = {
        "must": tuple(
            {"applies": one is not MustConsider.PANEL_PREFERS_LOCAL, "reasons": "From the facts."}
            for one in MustConsider
        ),
        "regard": tuple(
            {"applies": one is HaveRegardTo.SINGLE_AGENCY, "reasons": "From the facts."}
            for one in HaveRegardTo
        ),
    }
    story.does("chair", Todo.ANSWER_CRITERIA, answers)


def proposal(outcome: Outcome, *, met: bool, on: str) -> Answers:
    """Return the decision that the partners are asked to sign."""
    is_review = outcome is Outcome.LOCAL_REVIEW
    action = {
        "action": "Call the family on the day of a missed appointment.",
        "owner": "Community health",
        "by_when": day(on) + timedelta(days=60),
    }
    return {
        "outcome": outcome,
        "criteria_met": met,
        "grounds": "The criteria were weighed one by one; the record gives the reasons.",
        "key_lines": tuple({"question": line} for line in KEY_LINES) if is_review else (),
        "learning": "A briefing to every agency, and a workshop with the schools.",
        "actions": () if is_review else (action,),
    }


def propose(story: Story, answers: Answers) -> None:
    """The chair puts the decision to the three partners."""
    expected = Expected(emails=(EmailTrigger.SIGN_OFF_NEEDED,))
    story.does("chair", Todo.PROPOSE_DECISION, answers, expected)


def sign(story: Story, expected: Expected | None = None) -> None:
    """The three partners sign; the third signature is the decision's date."""
    all_sign(story, Todo.SIGN_RAPID_REVIEW, expected)


def submit(story: Story, at: str, meets: dict[str, str]) -> None:
    """The business manager sends the rapid review to the Panel (RR-34, K10)."""
    answers = {"submitted_at": moment(at), "reference": "By e-mail to the Panel's mailbox"}
    expected = Expected(
        meets=meets,
        documents=(DocumentKind.RAPID_REVIEW_RECORD, DocumentKind.COVERING_LETTER),
        emails=(
            EmailTrigger.RAPID_REVIEW_SUBMITTED,
            EmailTrigger.OUTCOME_TOLD,
            EmailTrigger.CHAIR_TOLD,
            EmailTrigger.COMMISSIONING_DECIDED,
        ),
    )
    story.does("manager", Todo.SUBMIT, answers, expected)
