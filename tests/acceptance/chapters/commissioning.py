"""Gates G6 to G8: the terms of reference, the lead reviewer, the agencies' reports."""

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.todos import Todo
from tests.acceptance.answers import Answers, Labelled
from tests.acceptance.chapters.rapid_review import KEY_LINES
from tests.acceptance.chapters.signing import all_sign
from tests.acceptance.dates import day
from tests.acceptance.story import Expected, Story

AGENCIES = ("hospital", "schools")


def agree_terms(story: Story) -> None:
    """The chair draws up the terms of reference."""
    expected = Expected(
        documents=(DocumentKind.TERMS_OF_REFERENCE,), emails=(EmailTrigger.SIGN_OFF_NEEDED,)
    )
    story.does("chair", Todo.AGREE_TERMS, terms(story), expected)


def terms(story: Story) -> Answers:
    """Return the terms of reference, with four key lines of enquiry."""
    return {
        "background": "A child was seriously harmed; the rapid review found learning to deepen.",
        "period_from": day("Mon 1 Jan 2024"),
        "period_to": day("Sun 30 Nov 2025"),
        "key_lines": tuple({"question": line} for line in KEY_LINES),
        "methodology": "Conversations with practitioners and a chronology: proportionate.",
        "information": "Agency reports, and two learning events.",
        "agencies": _named(story),
        "family_plan": "The mother is met by the reviewer, with an advocate if she wishes.",
        "equality": "Poverty and isolation are looked at in every key line.",
        "parallel": "The coroner and the police investigation are told of the timetable.",
        "criminal": "Agreed with police: no witness is spoken to before their interview.",
        "needs_legal_advice": False,
        "legal_advice": "None is needed at the outset; the council's solicitor is told.",
        "timetable": "Agency reports in five weeks, a draft in ten, publication in six months.",
    }


def sign_terms(story: Story) -> None:
    """The three partners endorse the terms."""
    all_sign(story, Todo.SIGN_TERMS)


def appoint_reviewer(story: Story) -> None:
    """The business manager appoints the lead reviewer and tells the national bodies (LC-24)."""
    answers = {
        "person": Labelled(story.place.people["reviewer"]),
        "skills": "Led four reviews of harm to young children.",
        "independent": True,
        "independence": "Has never worked for any agency of this partnership; asked in writing.",
    }
    expected = Expected(
        documents=(DocumentKind.REVIEWER_NOTICE,),
        emails=(EmailTrigger.REVIEWER_APPOINTED, EmailTrigger.REVIEWER_NAMED),
    )
    story.does("manager", Todo.APPOINT_REVIEWER, answers, expected)


def declare(story: Story) -> None:
    """The lead reviewer declares no conflict and signs; only now is the case open to them (G7)."""
    story.does("reviewer", Todo.DECLARE, {"has_conflict": False, "keeps_confidential": True})


def request_reports(story: Story, due: str) -> None:
    """The business manager asks agencies for their reports (LC-29)."""
    answers = {
        "agencies": _named(story),
        "due": day(due),
        "request": "A chronology, and an analysis against each key line of enquiry.",
    }
    expected = Expected(emails=(EmailTrigger.REPORT_REQUESTED,))
    story.does("manager", Todo.REQUEST_REPORTS, answers, expected)


def send_report(story: Story, agency: str) -> None:
    """An agency sends its report: roles, and no practitioner's name (LC-34)."""
    answers = {
        "chronology": "March: first contact by the duty nurse. October: a missed appointment.",
        "analysis": "The follow-up call was not made because two teams each thought it theirs.",
        "learning": "One team now owns every missed appointment.",
        "names_no_practitioner": True,
    }
    expected = Expected(
        documents=(DocumentKind.AGENCY_REPORT,), emails=(EmailTrigger.REPORT_RECEIVED,)
    )
    story.does(agency, Todo.SUBMIT_REPORT, answers, expected)


def return_report(story: Story, agency: str) -> None:
    """The lead reviewer sends a report back for more (LC-26)."""
    answers = {
        "agency": Labelled(story.place.agency(agency)),
        "reasons": "The third key line of enquiry is not analysed.",
    }
    expected = Expected(emails=(EmailTrigger.REPORT_RETURNED,))
    story.does("reviewer", "agency-reports/return", answers, expected)


def accept_report(story: Story, agency: str) -> None:
    """The lead reviewer accepts a report into the review (G8)."""
    answers = {"agency": Labelled(story.place.agency(agency)), "sufficient": True}
    expected = Expected(emails=(EmailTrigger.REPORT_ACCEPTED,))
    story.does("reviewer", Todo.JUDGE_REPORT, answers, expected)


def _named(story: Story) -> tuple[Labelled, ...]:
    return tuple(Labelled(story.place.agency(which)) for which in AGENCIES)
