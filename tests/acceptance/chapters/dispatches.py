"""What leaves for the national bodies: read and confirmed, sent by hand, come back."""

from collections.abc import Mapping
from datetime import date

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.mailboxes import NOT_PRODUCTION
from services.domain.recipients import Recipient
from tests.acceptance.answers import Labelled
from tests.acceptance.expectations import Expected
from tests.acceptance.story import Story


def read(story: Story, *kinds: DocumentKind) -> None:
    """The business manager opens the newest PDF of each kind, as it will be sent."""
    made = [one for one in story.connections.database.documents(story.case) if one.form == "pdf"]
    for kind in kinds:
        newest = max((one for one in made if one.kind == kind), key=lambda one: one.version)
        story.opens("manager", newest.id)


def correct(story: Story, who: str, kind: DocumentKind) -> None:
    """The words of a letter are put right before it is sent; it is made again."""
    story.does(who, "correct_letter", expected=Expected(documents=(kind,)))


def confirm(
    story: Story, kind: DocumentKind, email: EmailTrigger, meets: Mapping[str, str] | None = None
) -> None:
    """The business manager opens the document, and confirms that it may be attached."""
    read(story, kind)
    expected = Expected(meets=meets or {}, emails=(email,))
    story.does("manager", "confirm_dispatch", expected=expected)
    story.shows("manager", "", "Accepted by the mail service")


def send_by_hand(story: Story, on: date, to: Recipient = Recipient.PANEL) -> None:
    """The business manager sends what waits by secure mail, and records it."""
    address = NOT_PRODUCTION.address_of(to)
    story.does("manager", "send_by_hand", {"sent_on": on, "address": address})
    story.shows("manager", "", "Sent by hand")


def comes_back_and_is_sent_by_hand(story: Story, on: date) -> None:
    """The reviewer's name came back from Ofsted: not sent, until it is sent in another way."""
    returned = Labelled("The reviewer's name, to Ofsted")
    story.does("manager", "record_return", {"dispatch": returned, "returned_on": on})
    story.shows("manager", "", "Came back: not sent")
    send_by_hand(story, on, Recipient.OFSTED)
