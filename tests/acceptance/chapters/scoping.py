"""Scoping: forms go out, agencies answer, one is chased, one excused, the pack is accepted."""

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.todos import Todo
from tests.acceptance.answers import Answers, Labelled
from tests.acceptance.story import Expected, Story


def send_forms(story: Story, agencies: tuple[str, ...], *, back_by: str, met: str) -> None:
    """The business manager sends the form to every agency that had a part (K5, K6)."""
    answers = {
        "agencies": tuple(Labelled(story.place.agency(which)) for which in agencies),
        "message": "Any contact with the child or the household in the last two years.",
    }
    expected = Expected(
        starts={"K6": back_by},
        meets={"K5": met},
        documents=(DocumentKind.SCOPING_LETTER, DocumentKind.SCOPING_FORM),
        emails=(EmailTrigger.SCOPING_REQUESTED,),
    )
    story.does("manager", Todo.REQUEST_RETURNS, answers, expected)


def return_form(story: Story, agency: str, met: str) -> None:
    """An agency returns its form and says that its records are secured."""
    expected = Expected(
        meets={"K6": met},
        documents=(DocumentKind.SCOPING_RETURN,),
        emails=(EmailTrigger.RETURN_RECEIVED,),
    )
    story.does(agency, Todo.SUBMIT_RETURN, a_return(), expected)


def a_return() -> Answers:
    """Return one agency's return."""
    return {
        "involved": True,
        "involvement": "Seen four times between March and November by the duty team.",
        "key_events": "A missed appointment in October that was not followed up.",
        "risk": "Nobody else is known to be at risk now.",
        "learning": "Missed appointments of young children need a call the same day.",
        "records_secured": True,
        "representative": "The agency's head of safeguarding",
    }


def chase(story: Story, agency: str) -> None:
    """The business manager reminds an agency that has not answered."""
    answers = {"agency": Labelled(story.place.agency(agency))}
    story.does("manager", "scoping/chase", answers, Expected(emails=(EmailTrigger.AGENCY_CHASED,)))


def excuse(story: Story, agency: str) -> None:
    """The business manager records why an agency's form is not coming (RR-13)."""
    answers = {
        "agency": Labelled(story.place.agency(agency)),
        "reasons": "It never had the family as tenants; its search was confirmed by telephone.",
    }
    story.does("manager", "scoping/excuse", answers)


def accept_pack(story: Story, minutes: str = "not relevant") -> None:
    """The business manager accepts the pack once every agency is settled (G3)."""
    answers = {"notification_included": True, "referral_included": True, "minutes": minutes}
    expected = Expected(documents=(DocumentKind.MEETING_PACK,), emails=(EmailTrigger.PACK_SHARED,))
    story.does("manager", Todo.ACCEPT_PACK, answers, expected)
