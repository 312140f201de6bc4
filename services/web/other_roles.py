"""The other roles that a person holds today: what waits for them there, read in each of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from fastapi import Depends, Request

from services.casework.accounts.who_is import RoleHeld, SignedIn
from services.database.unit_of_work import UnitOfWork
from services.domain.labels.own_words import speak_with
from services.domain.roles import Permission
from services.web.cookies import CurrentPerson
from services.web.dependencies import Requires

OtherRoles = Callable[[], Iterator[tuple[RoleHeld, UnitOfWork]]]
"""Goes through the other roles, each in a short unit of work of its own and in its own words."""


class RequiresInOtherRoles(Requires):
    """Units of work in the roles that the person holds besides, of which each must carry it.

    They are the roles that the session opens, read again at this request: no partnership's page
    reads another partnership's rows, for each is read by the actor of its own role.
    """

    def __call__(self, request: Request, known: CurrentPerson) -> OtherRoles:
        """Return what goes through the other roles, one unit of work after another."""
        return lambda: self._others(request, known)

    def _others(
        self, request: Request, known: SignedIn | None
    ) -> Iterator[tuple[RoleHeld, UnitOfWork]]:
        if known is None or known.acting is None:
            return
        for held in known.roles:
            if held.membership_id != known.acting.membership_id and self._carries(held):
                with self._in_role(request, known, held) as work:
                    yield held, work

    def _carries(self, held: RoleHeld) -> bool:
        return any(held.actor.may(permission) for permission in self.permissions)

    @contextmanager
    def _in_role(self, request: Request, known: SignedIn, held: RoleHeld) -> Iterator[UnitOfWork]:
        acting = known.acting.own_words if known.acting else {}
        speak_with(held.own_words)
        try:
            with self.transaction(request, replace(known, acting=held), None) as work:
                yield work
        finally:
            speak_with(acting)


def requires_in_other_roles(*permissions: Permission) -> Any:  # noqa: ANN401 - as in dependencies
    """Declare what a person's other roles must carry to be read besides the one they act in."""
    return Depends(RequiresInOtherRoles(*permissions), scope="function")
