"""What each kind of error says to a program: a problem of RFC 9457, and nothing that was sent."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Scope

from services.casework.accounts.sign_in_tries import TooManyTries
from services.domain.cited import plainly
from services.domain.errors import (
    AlreadyDone,
    AnswerRefused,
    CaseworkError,
    DeclareFirst,
    FormUsedOtherwise,
    NeedsPerson,
    NotFound,
    NotPermitted,
    ProveAgain,
)
from services.web.api.bearer import CookiesBrought, NoToken
from services.web.errors import status_of
from services.web.middleware.limits import RequestTooLarge
from services.web.refusals import keep_refusal

MEDIA_TYPE: Final = "application/problem+json"
NOT_FOUND: Final = "There is no such thing within reach of whoever the token speaks for."
SAID: Final[Mapping[int, str]] = {
    400: "The request could not be read.",
    404: NOT_FOUND,
    405: "That cannot be done here.",
    413: "A request may hold 1 MB. Nothing was kept.",
    415: "Send JSON, as application/json.",
    500: "Nothing that you sent was kept. Try again later.",
    503: "Nothing that you sent was kept. Try again in a few minutes.",
}
NO_TOKEN: Final = "Send a token that is not older than an hour, as Authorization: Bearer."  # noqa: S105
NO_COOKIES: Final = "Send no cookie here: the API takes tokens, and browsers use the pages."
# By it a program tells apart what has one status and not one meaning.
CODES: Final[Mapping[type[Exception], str]] = {
    NeedsPerson: "needs_person",
    ProveAgain: "prove_again",
    DeclareFirst: "declare_first",
    FormUsedOtherwise: "key_used_otherwise",
    AlreadyDone: "already_done",
    AnswerRefused: "answer_refused",
    TooManyTries: "too_many_tries",
}


class FieldProblem(BaseModel):
    """What is wrong with one field: where it is, by a JSON pointer, and what would be right."""

    pointer: str
    detail: str


class ProblemTold(BaseModel):
    """A problem as RFC 9457 has it, with a code for programs and what is wrong by field."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str = ""
    errors: list[FieldProblem] = []


class NotJson(Exception):
    """The body is of another kind than the API takes."""


class BodyRefused(Exception):
    """The body is no command that the act takes; says what is wrong, by field."""

    def __init__(self, errors: Sequence[FieldProblem]) -> None:
        super().__init__("refused")
        self.errors = list(errors)


def install(api: FastAPI) -> None:
    """Let the API answer every error with a problem."""
    for kind in (CaseworkError, RequestTooLarge, OperationalError, InterfaceError, PoolTimeout):
        api.add_exception_handler(kind, _of_ours)
    for refusal in (NotFound, NotPermitted):
        api.add_exception_handler(refusal, _of_refusal)
    api.add_exception_handler(AnswerRefused, _of_answer)
    api.add_exception_handler(BodyRefused, _of_body)
    api.add_exception_handler(RequestValidationError, _of_address)
    api.add_exception_handler(HTTPException, _of_plain)
    api.add_exception_handler(NotJson, _of_kind)
    api.add_exception_handler(NoToken, _of_no_token)
    api.add_exception_handler(CookiesBrought, _of_cookies)


def problem(
    status: int, detail: str, code: str = "", errors: Sequence[FieldProblem] = ()
) -> JSONResponse:
    """Return the answer that says the problem."""
    told = ProblemTold(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        code=code,
        errors=list(errors),
    )
    body = told.model_dump(exclude_defaults=True)
    return JSONResponse({"type": told.type, **body}, status, media_type=MEDIA_TYPE)


def unexpected(scope: Scope) -> ASGIApp:
    """Return the problem of an unexpected error: no details, and the request's id to report."""
    answer = problem(500, SAID[500])
    answer.headers["x-request-id"] = str(scope.get("state", {}).get("request_id", ""))
    return answer


def _of_ours(_request: Request, error: Exception) -> Response:
    status = status_of(error)
    code = next((CODES[kind] for kind in type(error).__mro__ if kind in CODES), "")
    speaks = isinstance(error, CaseworkError) and not isinstance(error, NotFound)
    return problem(status, plainly(str(error)) if speaks else SAID[status], code)


def _of_refusal(request: Request, error: Exception) -> Response:
    """Refuse, and keep that a person was refused, as at the pages."""
    if not isinstance(error, DeclareFirst | NeedsPerson):
        keep_refusal(request)
    answer = _of_ours(request, error)
    if isinstance(error, ProveAgain):
        answer.headers["www-authenticate"] = (
            'Bearer error="insufficient_user_authentication", max_age="0"'
        )
    return answer


def _of_answer(_request: Request, error: Exception) -> Response:
    field = error.field if isinstance(error, AnswerRefused) else ""
    pointer = "#/" + "/".join(field.replace("-", ".").split(".")) if field else "#"
    told = FieldProblem(pointer=pointer, detail=plainly(str(error)))
    return problem(422, "An answer is not accepted.", CODES[AnswerRefused], [told])


def _of_body(_request: Request, error: Exception) -> Response:
    errors = error.errors if isinstance(error, BodyRefused) else []
    return problem(422, "The body does not make the act's words.", "body_refused", errors)


def _of_address(_request: Request, _error: Exception) -> Response:
    return problem(400, "An answer in the address or the headers is missing or not understood.")


def _of_plain(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    status = status if status in SAID else 404 if 400 <= status < 500 else 500
    return problem(status, SAID[status])


def _of_kind(_request: Request, _error: Exception) -> Response:
    return problem(415, SAID[415])


def _of_no_token(_request: Request, _error: Exception) -> Response:
    answer = problem(401, NO_TOKEN, "no_token")
    answer.headers["www-authenticate"] = "Bearer"
    return answer


def _of_cookies(_request: Request, _error: Exception) -> Response:
    return problem(400, NO_COOKIES, "cookies")
