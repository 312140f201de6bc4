"""For whom a request to the API speaks: a token in its header, and nothing that a browser adds."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import HTTPBearer

from services.casework.accounts.proving import is_lately_proved
from services.casework.systems.tokens import TokenBearer, bearer_of
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.errors import AnswerRefused, NotPermitted
from services.domain.labels import label
from services.domain.labels.own_words import speak_with
from services.domain.roles import Actor
from services.domain.systems import Scope
from services.domain.working_days import london_date
from services.web.app_state import Site, site_of

LONGEST_TOKEN: Final = 128
SCHEME: Final = HTTPBearer(
    bearerFormat="opaque",
    description="A token of a system for itself, or of a person by way of a system. It lasts an "
    "hour.",
    auto_error=False,
)


class NoToken(Exception):
    """The request brings no token that opens anything."""


class CookiesBrought(Exception):
    """The request brings cookies: the API is for programs, and no browser speaks to it."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever speaks to the API, with what opens a unit of work for them."""

    bearer: TokenBearer
    actor: Actor
    site: Site

    @contextmanager
    def work(self, once: UUID | None = None) -> Iterator[UnitOfWork]:
        """Open one unit of work; ``once`` is the key by which what is asked is done once."""
        around, now = self.site.neighbours, self.bearer.known.session
        is_old = not self.actor.is_system and not is_lately_proved(now, self.site.proof_lasts)
        with unit_of_work(around.engine, self.actor, around.now(), around.calendar, once) as work:
            yield replace(work, proof_is_old=is_old)

    def must_be_let(self, scope: Scope) -> None:
        """Refuse a system that is not let do this; a person's token is for whatever they may do."""
        needed = scope if self.bearer.is_system else Scope.PERSONS
        if needed not in self.bearer.scopes:
            raise NotPermitted(f"This token is not for it. It takes the scope: {label(needed)}.")


def caller(request: Request) -> Caller:
    """Return for whom the request speaks, read again at every request.

    Raises NoToken, and CookiesBrought for what a browser sent by itself: a token is never given by
    a cookie, so there is nothing that another site's page could use.
    """
    site = site_of(request)
    if "cookie" in request.headers:
        raise CookiesBrought
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    is_one = token.isascii() and token.replace("-", "").replace("_", "").isalnum()
    if scheme.lower() != "bearer" or not is_one or len(token) > LONGEST_TOKEN:
        raise NoToken
    site.doors.must_be_open(site.neighbours.engine)
    today = london_date(site.neighbours.now())
    bearer = bearer_of(site.sign_in_engine, token, today)
    if bearer is None or bearer.known.acting is None:
        raise NoToken
    request.state.known = bearer.known
    speak_with(bearer.known.acting.own_words)
    return Caller(bearer, bearer.known.acting.actor, site)


def let(scope: Scope) -> Callable[..., Caller]:
    """Return what a route asks of its caller: a token, and of a system's that it is for this."""

    def let_in(
        request: Request,
        called: Annotated[Caller, Depends(caller)],
        _shown: Annotated[object, Depends(SCHEME)],
    ) -> Caller:
        called.must_be_let(scope)
        _must_know_each_question(request)
        return called

    return let_in


def _must_know_each_question(request: Request) -> None:
    """Refuse a name in the address that the route does not take: it may be a known one misspelt.

    Raises AnswerRefused, which repeats nothing of the address.
    """
    route = request.scope["route"]
    known = {one.alias for one in route.dependant.query_params}
    if request.query_params.keys() - known:
        raise AnswerRefused("", "There is a name in the address that this does not take.")


Reader = Annotated[Caller, Depends(let(Scope.READ))]
"""Whoever carries a token that lets them read; a system needs the scope for it."""
