"""Scoping: forms go out, agencies answer, one is chased, one excused, the pack is accepted."""

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.labels import label
from services.domain.todos import Todo
from tests.acceptance.answers import Answers, Labelled
from tests.acceptance.dates import moment
from tests.acceptance.expectations import Expected
from tests.acceptance.story import Story


def send_forms(story: Story, agencies: tuple[str, ...], *, back_by: str, met: str) -> None:
    """The business manager sends the form to every agency that had a part (K5, K6)."""
    expected = Expected(
        starts={"K6": back_by},
        meets={"K5": met},
        documents=(DocumentKind.SCOPING_LETTER, DocumentKind.SCOPING_FORM),
        emails=(EmailTrigger.SCOPING_REQUESTED,),
    )
    story.does("manager", "request_returns", _named(story, agencies), expected)


def send_forms_unseen(
    story: Story, agencies: tuple[str, ...], *, back_by: str, met: str | None = None
) -> None:
    """Nobody referred the case, or only beside: agencies that never saw it declare first."""
    expected = Expected(
        starts={"K6": back_by},
        meets={"K5": met} if met else {},
        documents=(DocumentKind.SCOPING_LETTER, DocumentKind.SCOPING_FORM),
        emails=(EmailTrigger.DECLARATION_NEEDED,),
    )
    story.does("manager", "request_returns", _named(story, agencies), expected)


def return_form(story: Story, agency: str, met: str, also: tuple[EmailTrigger, ...] = ()) -> None:
    """An agency returns its form and says that its records are secured."""
    expected = Expected(
        meets={"K6": met},
        documents=(DocumentKind.SCOPING_RETURN,),
        emails=(EmailTrigger.RETURN_RECEIVED, *also),
    )
    story.does(agency, "submit_return", expected=expected)


def correct_return(story: Story, agency: str) -> None:
    """An agency adds to its return; the first one stays, and the manager is told (RR-40)."""
    expected = Expected(
        documents=(DocumentKind.SCOPING_RETURN,), emails=(EmailTrigger.RETURN_CORRECTED,)
    )
    story.does(agency, "correct_return", expected=expected)


def telephoned(story: Story, agency: str, received_at: str) -> Answers:
    """Return how an agency answered, and when."""
    who = Labelled(story.place.agency(agency))
    return {"agency": who, "source": "telephone", "received_at": moment(received_at)}


def enter_return(story: Story, agency: str, received_at: str, met: str) -> None:
    """The manager enters what an agency said by telephone; it is asked to confirm it (K6)."""
    expected = Expected(
        meets={"K6": met},
        documents=(DocumentKind.SCOPING_RETURN,),
        emails=(EmailTrigger.RETURN_TO_CONFIRM,),
    )
    story.does("manager", "enter_return", telephoned(story, agency, received_at), expected)


def confirm_return(story: Story, agency: str) -> None:
    """The agency corrects what was entered and says that its records are secured (RR-41)."""
    changed = {"key_events": "Seen once, in March.", "reason": "It was heard wrongly."}
    expected = Expected(
        documents=(DocumentKind.SCOPING_RETURN, DocumentKind.MEETING_PACK),
        emails=(EmailTrigger.RETURN_RECEIVED, EmailTrigger.PACK_RENEWED, EmailTrigger.GUEST_CODE),
    )
    story.does(agency, "confirm_return", changed, expected)


def chase(story: Story, agency: str) -> None:
    """The business manager reminds an agency that has not answered, nor opened the case."""
    answers = {"agency": Labelled(story.place.agency(agency))}
    story.does("manager", "chase", answers, Expected(emails=(EmailTrigger.DECLARATION_NEEDED,)))
    _remind_again(story, agency)


def _remind_again(story: Story, agency: str) -> None:
    """The business manager reminds the agency where it stands with others who are waited for."""
    name = f"{story.place.agency(agency)}: {label(Todo.SUBMIT_RETURN)}"
    answers = {"waits_on": (Labelled(name),)}
    story.does("manager", "remind", answers, Expected(emails=(EmailTrigger.DECLARATION_NEEDED,)))


def excuse(story: Story, agency: str) -> None:
    """The business manager records why an agency's form is not coming (RR-13)."""
    story.does("manager", "excuse_return", {"agency": Labelled(story.place.agency(agency))})


def accept_pack(story: Story, minutes: str = "not_relevant") -> None:
    """The business manager accepts the pack once every agency is settled (G3)."""
    expected = Expected(documents=(DocumentKind.MEETING_PACK,), emails=(EmailTrigger.PACK_SHARED,))
    story.does("manager", "accept_pack", {"minutes": minutes}, expected)


def _named(story: Story, agencies: tuple[str, ...]) -> Answers:
    return {"agencies": tuple(Labelled(story.place.agency(which)) for which in agencies)}
