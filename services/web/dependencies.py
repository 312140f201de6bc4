"""The only way from a page to a unit of work: by naming the permission it needs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Depends, Request

from services.casework.accounts.proving import is_lately_proved
from services.casework.accounts.who_is import RoleHeld, SignedIn
from services.casework.drafts import SealedDraft
from services.casework.form_keys import was_repeated
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.errors import NotPermitted
from services.domain.roles import Permission
from services.web import kept_forms
from services.web.app_state import site_of
from services.web.asked_input import AskedBody
from services.web.cookies import CurrentPerson, current_person
from services.web.form_input import NotAForm, PostedForm, SignInFirst
from services.web.posted_form import Posted

Transactions = Callable[[], AbstractContextManager[UnitOfWork]]
"""Opens a short unit of work each time it is called; what is in it is kept when it closes."""


class ChooseRoleFirst(Exception):
    """The person holds several roles and has not said in which one to act."""


class Requires:
    """A page's declared permission; where several are named, one of them is enough."""

    def __init__(self, *permissions: Permission) -> None:
        self.permissions = permissions

    @contextmanager
    def transaction(
        self, request: Request, known: SignedIn | None, posted: Posted | None
    ) -> Iterator[UnitOfWork]:
        """Open a unit of work for the person's role, if it carries the permission.

        What is no form (``posted`` is nothing) has no key, and nothing of it is kept.
        """
        actor = acting_in(known).actor
        if not any(actor.may(permission) for permission in self.permissions):
            actor.must(self.permissions[0])
        around = site_of(request).neighbours
        once = None
        if posted is not None and request.method == "POST":
            once = once_of(posted)
        with unit_of_work(around.engine, actor, around.now(), around.calendar, once) as work:
            if posted is None:
                yield work
                return
            if kept_forms.is_asked(request):
                _bring_back(request, work)
            yield replace(work, begun=begun_of(posted), proof_is_old=proof_is_old(request, known))

    def keep_for_later(self, request: Request, known: SignedIn | None, posted: Posted) -> None:
        """Keep what is posted to be kept, or end it, and go no further: raises FormKept."""
        if not kept_forms.is_to_be_kept(request):
            return
        discards = f"?{request.url.query}" == kept_forms.DISCARDED
        with self.transaction(request, known, posted) as work:
            place = kept_forms.place_here(work, request)
            if discards:
                kept_forms.end_kept(work, request)
        if discards:
            raise kept_forms.FormKept(None)
        typed = kept_forms.typed_to_keep(posted)
        sealed = kept_forms.sealed_form(site_of(request).neighbours.store, place, typed)
        sealed = replace(sealed, follows=begun_of(posted), replaces=False)
        raise kept_forms.FormKept(self._kept_at(request, known, posted, sealed))

    def _kept_at(
        self, request: Request, known: SignedIn | None, posted: Posted, sealed: SealedDraft
    ) -> datetime:
        with self.transaction(request, known, posted) as work:
            return kept_forms.keep(work, request, sealed)


def proof_is_old(request: Request, known: SignedIn | None) -> bool:
    """Tell whether the person showed too long ago that it is them, for what decides."""
    session = known.session if known is not None else None
    return not is_lately_proved(session, site_of(request).proof_lasts)


def end_what_was_kept(request: Request, work: UnitOfWork) -> None:
    """End what was kept of the form that is done now; one that is shown again stays kept."""
    is_done = request.method == "POST" and not _is_refused(request)
    if is_done and kept_forms.is_asked(request):
        kept_forms.end_kept(work, request)


def keep_what_is_refused(request: Request, known: SignedIn | None, posted: Posted) -> None:
    """Keep what was typed into a form that is shown again: going back finds it (0120)."""
    keeps = getattr(request.app.state, "keeps_refused", None)
    if keeps is not None and request.method == "POST" and _is_refused(request):
        keeps(request, acting_in(known), posted)


def _is_refused(request: Request) -> bool:
    return bool(getattr(request.state, "is_refused", False))


def _bring_back(request: Request, work: UnitOfWork) -> None:
    """Have the page show what was kept of its form, or know in which form that was saved."""
    if request.method == "POST":
        request.state.follows = work.once  # shown again it is kept, by this form
    else:
        store = site_of(request).neighbours.store
        request.state.kept = kept_forms.kept_here(work, store, request)


class RequiresForRequest(Requires):
    """One unit of work, open as long as the page's handler runs."""

    def __call__(
        self, request: Request, known: CurrentPerson, posted: PostedForm
    ) -> Iterator[UnitOfWork]:
        """Open the unit of work."""
        self.keep_for_later(request, known, posted)
        with self.transaction(request, known, posted) as work:
            yield work
            end_what_was_kept(request, work)
            is_repeated = was_repeated(work.session)
        if not is_repeated:
            keep_what_is_refused(request, known, posted)


class RequiresForEach(Requires):
    """Several short units of work, with none open while a file moves.

    Each of them reads again who is signed in and in which role, so that a role that ended
    meanwhile opens no second one.
    """

    def __call__(
        self, request: Request, known: CurrentPerson, posted: PostedForm
    ) -> Iterator[Transactions]:
        """Yield what opens one unit of work after another."""
        self.keep_for_later(request, known, posted)
        yield lambda: self.transaction(request, current_person(request), posted)
        if request.method == "POST" and kept_forms.is_asked(request):
            with self.transaction(request, current_person(request), posted) as work:
                end_what_was_kept(request, work)
            keep_what_is_refused(request, known, posted)


class RequiresForQuestions(Requires):
    """Short units of work for what a page that is not ours asks by JSON, under our name."""

    def __call__(self, request: Request, known: CurrentPerson, _body: AskedBody) -> Transactions:
        """Return what opens one unit of work after another."""
        return lambda: self.transaction(request, known, None)


def requires(*permissions: Permission) -> Any:  # noqa: ANN401 - FastAPI's own Depends is Any
    """Declare a page's permission; the commit happens before the answer is sent."""
    return Depends(RequiresForRequest(*permissions), scope="function")


def requires_for_each(*permissions: Permission) -> Any:  # noqa: ANN401 - as above
    """Declare the permission of a page that moves a file and opens transactions around that."""
    return Depends(RequiresForEach(*permissions), scope="function")


def requires_for_questions(*permissions: Permission) -> Any:  # noqa: ANN401 - as above
    """Declare the permission of an address that is asked by JSON and holds nothing open."""
    return Depends(RequiresForQuestions(*permissions), scope="function")


class OpenTo:
    """A page that needs no permission, and why."""

    def __init__(self, whom: str, reason: str, *, signed_in_only: bool) -> None:
        self.whom = whom
        self.reason = reason
        self.signed_in_only = signed_in_only

    def __call__(self, known: CurrentPerson, _posted: PostedForm) -> SignedIn | None:
        """Let anyone in, or anyone who is signed in."""
        if self.signed_in_only and known is None:
            raise SignInFirst
        return known


class OpenToMachines:
    """An answer for monitors of the process; it asks for no sign-in and reads no database."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def __call__(self) -> None:
        """Let anyone in."""


class OpenToProviders:
    """A posting of an organisation's provider: what it signed proves it, and no token of a form."""

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def __call__(self) -> None:
        """Let it in; whoever reads it asks for the signature."""


def open_to_providers(reason: str) -> Any:  # noqa: ANN401 - FastAPI's own Depends is Any
    """Declare that a posting is a provider's, and why."""
    return Depends(OpenToProviders(reason))


def open_to_machines(reason: str) -> Any:  # noqa: ANN401 - FastAPI's own Depends is Any
    """Declare that an answer is for machines that watch the process, and why."""
    return Depends(OpenToMachines(reason))


def open_to_anyone(reason: str) -> Any:  # noqa: ANN401 - FastAPI's own Depends is Any
    """Declare that a page is for strangers too, and why."""
    return Depends(OpenTo("anyone", reason, signed_in_only=False))


def open_to_signed_in(reason: str) -> Any:  # noqa: ANN401 - FastAPI's own Depends is Any
    """Declare that a page is for everybody who is signed in, in whichever role, and why."""
    return Depends(OpenTo("anyone signed in", reason, signed_in_only=True))


def known_to_be_in(known: SignedIn | None) -> SignedIn:
    """Return the person, or have them sign in first."""
    if known is None:
        raise SignInFirst
    return known


def acting_in(known: SignedIn | None) -> RoleHeld:
    """Return the role in which the person acts, or have them sign in or choose first."""
    person = known_to_be_in(known)
    if not person.roles:
        raise NotPermitted("You hold no role in any partnership today.")
    if person.acting is None:
        raise ChooseRoleFirst
    return person.acting


def once_of(posted: Posted) -> UUID:
    """Return the key of the form that was posted, by which it is acted on once (P4)."""
    try:
        return UUID(posted.one("once"))
    except ValueError:
        raise NotAForm from None


def begun_of(posted: Posted) -> UUID | None:
    """Return the key of the form that had saved the draft with which the posted one was opened."""
    try:
        return UUID(posted.one("begun"))
    except ValueError:
        return None
