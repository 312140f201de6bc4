"""The page at a one-time address: who appoints confirms, who is invited accepts or declines.

Nothing is known of an address before something is posted to it: a mail scanner that follows the
link answers nothing. Whatever is wrong with it, the answer is the same page.
"""

from typing import Annotated, Final

from fastapi import APIRouter, Request, Response

from services.casework.accounts.who_is import SignedIn
from services.casework.collecting.tries import count_posting
from services.identity import session_ids
from services.web.app_state import site_of
from services.web.client_address import client_address
from services.web.cookies import VISITOR, ensure_visitor, set_cookie
from services.web.dependencies import open_to_anyone
from services.web.form_input import PostedForm
from services.web.invitation_door import answer_at
from services.web.rendering import page

router = APIRouter(prefix="/invitations")

Anyone = Annotated[
    SignedIn | None, open_to_anyone("who is invited, or appoints somebody, may have no account")
]
CLOSED: Final = (
    "Nothing can be answered at this address any more. It may have been used, replaced by a newer "
    "one, or taken back. Ask whoever wrote to you to send it again"
)


@router.get("/{token}")
def ask(token: str, request: Request, known: Anyone) -> Response:
    """Ask whether to open it, whatever the address is."""
    del token
    return _closed_or_first(request, known, "")


@router.post("/{token}")
def answer(token: str, request: Request, known: Anyone, posted: PostedForm) -> Response:
    """Show what is asked here, or put on record what was answered."""
    place = client_address(request)
    count_posting(site_of(request).sign_in_engine, place, session_ids.kept(token))
    return answer_at(request, token, known, posted) or _closed_or_first(request, known, CLOSED)


def _closed_or_first(request: Request, known: SignedIn | None, problem: str) -> Response:
    visitor = ensure_visitor(request) if known is None else ""
    status = 403 if problem else 200
    response = page(request, "pages/invitation.html", status, problem=problem)
    if visitor:
        set_cookie(request, response, VISITOR, visitor)
    return response
