"""The page at a one-time address: a national body collects documents, a guest is let in to a case.

Nothing is known of an address before something is posted to it: a mail scanner that follows the
link opens nothing. Whatever is wrong, the answer is the same page.
"""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.accounts.who_is import SignedIn
from services.casework.collecting.door import Brought
from services.casework.collecting.guest_door import ask_for_code, place_of_guest
from services.casework.collecting.handing_out import HandedOut, Offered, hand_out, offered
from services.casework.collecting.tries import count_posting
from services.domain.errors import NotFound
from services.domain.labels.own_words import in_own_words
from services.identity import session_ids
from services.storage.file_names import disposition
from services.web.app_state import site_of
from services.web.client_address import client_address
from services.web.cookies import VISITOR, ensure_visitor, set_cookie
from services.web.dependencies import open_to_anyone
from services.web.form_input import PostedForm
from services.web.guest_entry import enter_as_guest, typed_of_who_comes
from services.web.path_ids import id_in
from services.web.posted_form import Posted
from services.web.rendering import page

router = APIRouter(prefix="/collect")

Anyone = Annotated[
    SignedIn | None, open_to_anyone("who has no account collects documents here, or is let in")
]
REFUSED = (
    "The code is not right, or nothing can be opened at this address any more. Check the code, "
    "have another one sent, or phone the business unit that wrote to you"
)


@router.get("/{token}")
def ask(token: str, request: Request, known: Anyone) -> Response:
    """Ask for the code, whatever the address is."""
    del token
    return _form(request, known, Posted())


@router.post("/{token}")
def enter(token: str, request: Request, known: Anyone, posted: PostedForm) -> Response:
    """List what waits here, send the document that was asked for, or let a guest in.

    Each needs the right code. Who has a code sent is told the same at every address.
    """
    site, code = site_of(request), "".join(posted.only("code").split())
    brought = Brought(session_ids.kept(token), code)
    count_posting(site.sign_in_engine, client_address(request), brought.address_sha256)
    place = place_of_guest(site.neighbours, brought)
    if posted.only("send"):
        if place is not None:
            ask_for_code(site.neighbours, place)
        return _form(request, known, posted, is_code_asked=True)
    if place is not None:
        opened = enter_as_guest(request, place, brought, posted)
    else:
        opened = _collect(request, brought, posted.only("document"))
    return opened or _form(request, known, posted, problem=in_own_words(REFUSED))


def _collect(request: Request, brought: Brought, wanted: str) -> Response | None:
    """List what a national body may collect, or send the document that it wants."""
    site = site_of(request)
    if not wanted:
        found = offered(site.neighbours, brought, site.passwords)
        return None if found is None else _list(request, found, brought.code)
    try:
        document_id = id_in(wanted)
    except NotFound:
        return None
    handed = hand_out(site.neighbours, brought, site.passwords, document_id)
    return None if handed is None else _file(handed)


def _form(
    request: Request,
    known: SignedIn | None,
    posted: Posted,
    *,
    problem: str = "",
    is_code_asked: bool = False,
) -> Response:
    """Show the form; the cookie that binds its token is the only one, and says nothing.

    What was typed of who comes goes with it, whatever the address is: a code can end meanwhile.
    """
    visitor = ensure_visitor(request) if known is None else ""
    typed = typed_of_who_comes(posted)
    told = {"problem": problem, "is_code_asked": is_code_asked, "typed": typed}
    response = page(request, "pages/collect.html", 403 if problem else 200, **told)
    if visitor:
        set_cookie(request, response, VISITOR, visitor)
    return response


def _list(request: Request, found: Offered, code: str) -> Response:
    """Show the list; each download brings the code again, so nothing is kept in the browser."""
    return page(request, "pages/collection.html", offered=found, code=code)


def _file(handed: HandedOut) -> Response:
    headers = {"content-disposition": disposition(handed.filename)}
    return Response(handed.content, headers=headers, media_type=handed.media_type)
