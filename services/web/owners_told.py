"""The emails to owners of accounts leave after the answer: what it takes tells nobody anything."""

from fastapi import Request, Response
from starlette.background import BackgroundTask

from services.casework.accounts.owner_notices import deliver_notices
from services.web.app_state import site_of


def tell_owners_after(response: Response, request: Request) -> Response:
    """Have what waits sent once the answer is; what cannot be sent now is sent by a later round."""
    site = site_of(request)
    response.background = BackgroundTask(deliver_notices, site.neighbours, site.accounts.engine)
    return response
