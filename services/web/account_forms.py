"""A form of an account: read, refused beside its question, and never shown with what is secret."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from fastapi import Request, Response

from services.casework.accounts.proving import (
    FOR_THE_ACCOUNT,
    is_lately_proved,
    must_change_factors,
)
from services.casework.accounts.who_is import SignedIn
from services.casework.commands import Command
from services.domain.errors import AnswerRefused, CaseworkError
from services.web.cookies import VISITOR, ensure_visitor, read_cookie, set_cookie
from services.web.dependencies import known_to_be_in
from services.web.errors import status_of
from services.web.forms.fields import questions
from services.web.forms.parsing import Problem, read
from services.web.forms.rendering import ShownForm, show
from services.web.forms.validation import understand
from services.web.posted_form import Posted
from services.web.rendering import page

C = TypeVar("C", bound=Command)
ACCOUNT: Final = "/account"
PROVE: Final = f"{ACCOUNT}/prove"
KEPT: Final = "typed"  # says that the form which led to the proof was kept
OF_THE_PAGE: Final = frozenset({KEPT, "next", "offered", "passkey", "once"})


class ProveFirst(Exception):
    """The account is about to be changed, and its owner's last proof is too old for that.

    ``onward`` is the page to which they go on after it, where a form was posted.
    """

    def __init__(self, onward: str = ACCOUNT) -> None:
        super().__init__()
        self.onward = onward


@dataclass(frozen=True, slots=True)
class AccountPage:
    """A page of an account: its template, its form, and what else it shows."""

    template: str
    command: type[Command]
    told: Mapping[str, Any] = field(default_factory=dict)


def answered(command: type[C], posted: Posted) -> C | list[Problem]:
    """Return the command that was posted, or what is wrong with it."""
    given = {name: said for name, said in posted.answers.items() if name not in OF_THE_PAGE}
    asked = questions(command)
    return understand(command, asked, read(asked, Posted(given), {}))


def shown(
    request: Request, asked: AccountPage, posted: Posted | None = None, problem: object = None
) -> Response:
    """Show the form; a stranger's browser gets the cookie that binds the token of the form."""
    problems = _problems(problem)
    status = status_of(problem) if isinstance(problem, Exception) else 422 if problems else 200
    form: ShownForm = show(questions(asked.command), {}, posted, problems)
    is_stranger = getattr(request.state, "known", None) is None
    visitor = ensure_visitor(request) if is_stranger else ""
    response = page(request, asked.template, status, form=form, **asked.told)
    if visitor and not read_cookie(request, VISITOR):
        set_cookie(request, response, VISITOR, visitor)
    return response


def lately_proved(
    known: SignedIn | None, onward: str = ACCOUNT, *, by_organisation: bool = False
) -> SignedIn:
    """Return the owner of the account, who has lately shown it here, by what is ours.

    Who has not shows it, and then goes on to the page of ours. ``by_organisation`` takes it as well
    of who signed in with their organisation, and shows it there.
    """
    person = known_to_be_in(known)
    if not by_organisation:
        must_change_factors(person)
    if not is_lately_proved(person.session, FOR_THE_ACCOUNT):
        raise ProveFirst(onward)
    return person


def _problems(problem: object) -> list[Problem]:
    if isinstance(problem, list):
        return problem
    if isinstance(problem, AnswerRefused):
        return [Problem(problem.field, str(problem))]
    return [Problem("", str(problem))] if isinstance(problem, CaseworkError) else []
