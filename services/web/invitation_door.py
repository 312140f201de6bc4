"""What is asked at a one-time address for an appointment, and what becomes of the answer."""

from typing import Final

from fastapi import Request, Response

from services.casework.accounts.organisation_door import AFRESH, Errand, KnownProvider
from services.casework.accounts.organisations import offered_to
from services.casework.accounts.who_is import SignedIn
from services.casework.commands import Command
from services.casework.people.door import (
    AddressBrought,
    AtDoor,
    accept,
    accept_as_new,
    confirm,
    decline,
    shown_at,
)
from services.casework.people.door_commands import (
    AcceptInvitation,
    ConfirmAppointment,
    OpenAccount,
)
from services.domain.appointments import AnswerOf
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import PersonId
from services.web.account_forms import lately_proved
from services.web.app_state import site_of
from services.web.forms.fields import questions
from services.web.forms.parsing import Problem, read
from services.web.forms.rendering import show
from services.web.forms.validation import refused, understand
from services.web.organisation_errands import show_way
from services.web.posted_form import Posted
from services.web.rendering import page

DECLINE: Final = "decline"
ORGANISATION: Final = "organisation"
_OF_THE_DOOR: Final = frozenset({"csrf", "answer"})


def answer_at(
    request: Request, token: str, known: SignedIn | None, posted: Posted
) -> Response | None:
    """Show the question of the address, or do what was answered; None where it is not open."""
    site = site_of(request)
    brought = AddressBrought(token, PersonId(known.person_id) if known else None)
    found = shown_at(site.neighbours, brought)
    if found is None:
        return None
    if posted.only("answer") == DECLINE and found.answer_of is AnswerOf.APPOINTED:
        return _done(request, found, is_done=decline(site.neighbours, brought))
    if posted.only("answer") == ORGANISATION and found.answer_of is AnswerOf.APPOINTED:
        return _to_organisation(request, token, found, posted.only("provider"))
    asked = _asked(found, known)
    if asked is None:
        offered = _offered(request, found)
        return page(request, "pages/invitation_sign_in.html", found=found, offered=offered)
    return _answered(request, brought, found, (asked, posted))


def _offered(request: Request, found: AtDoor) -> list[KnownProvider]:
    """Return the organisations with which who is invited may sign in: that of their address."""
    one, known = found.appointment, request.state.known
    is_there = known is not None and known.session is not None and known.session.provider
    if found.answer_of is not AnswerOf.APPOINTED or is_there:
        return []
    return offered_to(site_of(request).sign_in_engine, one.tenant_id, one.address)


def _to_organisation(request: Request, token: str, found: AtDoor, provider: str) -> Response | None:
    """Show the way to the organisation, whose word on who they are is kept for good: asked anew.

    Whose account gets another way in by it shows first that it is them.
    """
    known: SignedIn | None = request.state.known
    if provider not in {one.code for one in _offered(request, found)}:
        return None
    if found.has_account and known is not None:
        lately_proved(known, request.url.path)
    errand = Errand(provider, AFRESH, request.url.path, invitation=token)
    return show_way(request, errand)


def _answered(
    request: Request, brought: AddressBrought, found: AtDoor, asked: tuple[type[Command], Posted]
) -> Response | None:
    """Do what was answered; show the question while nothing was, or with what is wrong."""
    kind, posted = asked
    of_door = {name: said for name, said in posted.answers.items() if name not in _OF_THE_DOOR}
    if not posted.only("answer"):
        return _form(request, found, kind, Posted(), [])
    answers = read(questions(kind), Posted(of_door), {})
    command = understand(kind, questions(kind), answers)
    if isinstance(command, list):
        return _form(request, found, kind, Posted(of_door), command)
    try:
        return _done(request, found, is_done=_do(request, brought, command))
    except AnswerRefused as error:
        problem = refused(error.field, str(error), questions(kind), answers)
        return _form(request, found, kind, Posted(of_door), [problem])
    except RuleBroken as error:
        return _form(request, found, kind, Posted(of_door), [Problem("", str(error))])


def _done(request: Request, found: AtDoor, *, is_done: bool) -> Response | None:
    is_in = request.state.known is not None
    return (
        page(request, "pages/invitation_done.html", found=found, is_in=is_in) if is_done else None
    )


def _asked(found: AtDoor, known: SignedIn | None) -> type[Command] | None:
    """Return what is asked; None where whoever is invited has an account and is to sign in."""
    if found.answer_of is AnswerOf.SECOND_PERSON:
        return ConfirmAppointment
    if not found.has_account:
        return OpenAccount
    return None if known is None else AcceptInvitation


def _do(request: Request, brought: AddressBrought, command: Command) -> bool:
    site = site_of(request)
    if isinstance(command, ConfirmAppointment):
        return confirm(site.neighbours, brought, command)
    if isinstance(command, OpenAccount):
        return accept_as_new(site.neighbours, brought, command, site.passwords)
    return accept(site.neighbours, brought)


def _form(
    request: Request,
    found: AtDoor,
    asked: type[Command],
    posted: Posted,
    problems: list[Problem],
) -> Response:
    form = show(questions(asked), {}, posted, problems)
    status = 422 if problems else 200
    told = {"found": found, "form": form, "offered": _offered(request, found)}
    return page(request, "pages/invitation_answer.html", status, **told)
