"""A calendar at its secret address, as other programs read it: no sign-in, no cookie, no page."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.accounts.who_is import SignedIn
from services.casework.calendar_feeds.reading import calendar_at
from services.web.app_state import site_of
from services.web.client_address import client_address
from services.web.conditional import unless_known
from services.web.dependencies import open_to_anyone

router = APIRouter(prefix="/calendars")

Anyone = Annotated[
    SignedIn | None, open_to_anyone("a calendar program reads it by the secret in the address")
]


@router.get("/{token}/keyline.ics")
def read(token: str, request: Request, _known: Anyone) -> Response:
    """Send the calendar, or that it is as the program knows it."""
    site = site_of(request)
    body = calendar_at(site.neighbours, site.sign_in_engine, token, client_address(request))
    return unless_known(request, body, "text/calendar; charset=utf-8")
