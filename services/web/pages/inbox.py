"""The emails that a demonstration has caught instead of sending them."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.database.caught_emails import caught_email, caught_emails
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotFound
from services.domain.roles import Permission
from services.web.app_state import site_of
from services.web.dependencies import requires
from services.web.forms.text import showable
from services.web.rendering import page

router = APIRouter(prefix="/inbox")

InboxReader = Annotated[UnitOfWork, requires(Permission.READ_CAUGHT_EMAILS)]


@router.get("")
def inbox(request: Request, work: InboxReader, words: str = "") -> Response:
    """Show the newest caught emails."""
    _must_be_a_demonstration(request)
    wanted = showable(words)[:100].strip()
    emails = caught_emails(work.session, words=wanted)
    return page(request, "pages/inbox/list.html", emails=emails, words=wanted)


@router.get("/{number}")
def email(request: Request, work: InboxReader, number: str) -> Response:
    """Show one email as it would have been sent."""
    _must_be_a_demonstration(request)
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    found = caught_email(work.session, int(number)) if is_number else None
    if found is None:
        raise NotFound("There is no such email.")
    return page(request, "pages/inbox/email.html", email=found)


def _must_be_a_demonstration(request: Request) -> None:
    if not site_of(request).is_demonstration:
        raise NotFound("Emails are not caught here.")
