"""Whom a page tells its reader to ask for help: read when a page says it, and on no other page."""

import logging
from typing import Final

from fastapi import Request
from sqlalchemy.exc import SQLAlchemyError

from services.casework.accounts.who_is import SignedIn
from services.casework.help_given import HelpGiven, help_given
from services.database.unit_of_work import unit_of_work
from services.domain.errors import CaseworkError
from services.web.app_state import site_of

_LOG: Final = logging.getLogger(__name__)


def help_here(request: Request) -> HelpGiven | None:
    """Return whom the reader asks; nothing for a stranger, or where that cannot be read now.

    The page of an error says it too, so trouble in reading it must not become another error.
    """
    known: SignedIn | None = getattr(request.state, "known", None)
    if known is None or known.acting is None:
        return None
    around = site_of(request).neighbours
    try:
        with unit_of_work(around.engine, known.acting.actor, around.now(), around.calendar) as work:
            return help_given(work)
    except (CaseworkError, SQLAlchemyError):
        _LOG.warning("whom to ask for help could not be read")
        return None
