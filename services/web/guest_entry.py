"""A guest comes in by a one-time address: with the right code, and after saying who they are."""

from typing import Final

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.browser_sessions import ProofGiven, begin_session, sign_out
from services.casework.collecting.door import Brought
from services.casework.collecting.guest_door import Expected, SayWhoComes, expected, let_in
from services.database.watch import GuestPlace
from services.domain.accounts import ProofMethod
from services.web.app_state import site_of
from services.web.cookies import SESSION, VISITOR, delete_cookie, read_cookie, set_cookie
from services.web.forms.fields import questions
from services.web.forms.parsing import Problem, read
from services.web.forms.rendering import show
from services.web.forms.text import showable
from services.web.forms.validation import understand
from services.web.posted_form import Posted
from services.web.rendering import page
from services.web.visits import device_of

ASKED: Final = questions(SayWhoComes)
_OF_THE_DOOR: Final = frozenset({"csrf", "code", "who"})


def enter_as_guest(
    request: Request, place: GuestPlace, brought: Brought, posted: Posted
) -> Response | None:
    """Let the guest in to the case, or ask who they are; nothing where the code is not right.

    Whom the address names is known; at an agency's own address whoever comes says who they are.
    """
    site = site_of(request)
    found = expected(site.neighbours, place, brought, site.passwords)
    if found is None:
        return None
    said: SayWhoComes | None = None
    if not found.name:
        if not posted.only("who"):
            return _who(request, found, brought, posted, [])
        understood = understand(SayWhoComes, ASKED, read(ASKED, _of_form(posted), {}))
        if isinstance(understood, list):
            return _who(request, found, brought, posted, understood)
        said = understood
    guest = let_in(site.neighbours, place, brought, site.passwords, said)
    if guest is None:
        return None
    before = read_cookie(request, SESSION)
    if before:
        sign_out(site.sign_in_engine, before)
    response = RedirectResponse(f"/cases/{guest.case_id}", status_code=303)
    proof = ProofGiven((ProofMethod.ONE_TIME_ADDRESS,), device_of(request))
    carried = begin_session(site.sign_in_engine, guest.person_id, proof)
    set_cookie(request, response, SESSION, carried)
    delete_cookie(request, response, VISITOR)
    return response


def typed_of_who_comes(posted: Posted) -> dict[str, str]:
    """Return what somebody typed of who they are, to stand in the form again after another code."""
    typed = ((one.name, showable(posted.only(one.name))) for one in ASKED)
    return {name: text for name, text in typed if text}


def _of_form(posted: Posted) -> Posted:
    answers = posted.answers.items()
    return Posted({name: value for name, value in answers if name not in _OF_THE_DOOR})


def _who(
    request: Request, found: Expected, brought: Brought, posted: Posted, problems: list[Problem]
) -> Response:
    """Ask who comes; the code goes with the form, so nothing is kept in the browser."""
    form = show(ASKED, {}, posted, problems)
    status = 422 if problems else 200
    told = {"form": form, "expected": found, "code": brought.code}
    return page(request, "pages/guest_who.html", status, **told)
