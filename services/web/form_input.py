"""How a posted form is taken in, once its sender has shown that it came from our own page."""

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass
from secrets import compare_digest
from typing import Annotated, Final
from urllib.parse import parse_qsl

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from services.casework.accounts.who_is import SignedIn
from services.web.app_state import site_of
from services.web.cookies import (
    VISITOR,
    CurrentPerson,
    csrf_token,
    ended_person,
    read_cookie,
)
from services.web.posted_form import Posted, PostedFile

MOST_ANSWERS: Final = 2_000
MOST_FILES: Final = 5
LONGEST_PART: Final = 1_000_000
PLAIN: Final = "application/x-www-form-urlencoded"
UPLOAD: Final = "multipart/form-data"
OURS: Final = frozenset({"same-origin", "none"})
SIGN_IN: Final = frozenset({"/sign-in", "/sign-in/organisation"})
# Who comes here may have no account, and is not sent to sign in.
AT_ONE_TIME_ADDRESS: Final = ("/collect/", "/invitations/", "/reset-password/")
ASKED_BY_STRANGERS: Final = ("/sign-in/", "/forgotten-password")
READING: Final = frozenset({"GET", "HEAD"})


class NotOurForm(Exception):
    """What was posted does not show that it came from a page of ours."""


class SignInFirst(Exception):
    """No person is signed in with this browser."""


@dataclass(frozen=True, slots=True)
class TypedBefore:
    """A form that its author sent after their session had ended."""

    person: SignedIn
    posted: Posted


class CookiesRefused(Exception):
    """The browser sent the form to sign in, and not the cookie that it was given with it."""


class NotAForm(Exception):
    """What was posted is not a form that can be read."""


async def receive_form(request: Request, known: CurrentPerson) -> AsyncIterator[Posted]:
    """Yield the posted form with its files, which are closed afterwards; a GET has none."""
    if request.method in READING:
        yield Posted()
        return
    must_come_from_here(request)
    is_lost = known is None and not _is_open_to_strangers(request)
    ended = ended_person(request) if is_lost else None
    if known is None and ended is None and not request.state.csrf:
        raise SignInFirst if is_lost else CookiesRefused
    parts = None
    try:
        parts = await _parts(request)
        posted = _plain(await request.body()) if parts is None else _with_files(parts)
        if ended is not None:
            _keep_for(ended, request, posted)
            raise SignInFirst
        if not _is_of_our_page(request, posted):
            is_stranger = known is None and not _is_at_one_time_address(request)
            raise SignInFirst if is_stranger else NotOurForm
        request.state.posted = posted
        yield posted
    finally:
        if parts is not None:
            await parts.close()


PostedForm = Annotated[Posted, Depends(receive_form)]


def _has_token(posted: Posted, csrf: str) -> bool:
    return compare_digest(posted.one("csrf").encode("utf-8", "replace"), csrf.encode())


def _is_of_our_page(request: Request, posted: Posted) -> bool:
    """Tell whether the form carries the token of this browser's session.

    A page to sign in may have been open before the browser was signed in by another tab: its token
    is that of the visitor, and it still signs in.
    """
    if _has_token(posted, request.state.csrf):
        return True
    visitor = read_cookie(request, VISITOR)
    is_older = request.url.path in SIGN_IN and bool(visitor)
    return is_older and _has_token(posted, csrf_token(site_of(request).secret, visitor))


def _keep_for(ended: SignedIn, request: Request, posted: Posted) -> None:
    """Keep the form for whoever answers the request, if its token is of the session that ended."""
    if _has_token(posted, csrf_token(site_of(request).secret, ended.form_secret)):
        request.state.typed = TypedBefore(ended, posted)


def must_come_from_here(request: Request) -> None:
    """Refuse a form sent by another site's page (reliability S3).

    The origin is compared with the configured addresses: `Host` is only what the sender says. A
    page that tells no site where it was (`no-referrer`) sends `null` in its place; its token still
    shows whose it is.
    """
    if request.headers.get("sec-fetch-site", "none") not in OURS:
        raise NotOurForm
    origin = request.headers.get("origin")
    if origin == "null" and _is_at_one_time_address(request):
        return
    if origin is not None and not site_of(request).addresses.has_origin(origin):
        raise NotOurForm


def _is_at_one_time_address(request: Request) -> bool:
    return request.url.path.startswith(AT_ONE_TIME_ADDRESS)


def _is_open_to_strangers(request: Request) -> bool:
    path = request.url.path
    is_asked = path in SIGN_IN or path.startswith(ASKED_BY_STRANGERS)
    return is_asked or _is_at_one_time_address(request)


class Utf8Parts(MultiPartParser):
    """Parts of a form, of which the text is UTF-8, as every browser sends it from our pages.

    The parser itself would take other bytes for Latin-1, and what was typed would be changed.
    """

    def on_part_end(self) -> None:
        """Refuse a part of text that is none."""
        part = self._current_part
        if part.file is None:
            try:
                part.data.decode()
            except UnicodeDecodeError:
                raise MultiPartException("A part is not UTF-8.") from None
        super().on_part_end()


async def _parts(request: Request) -> FormData | None:
    """Return the parts of a form that is sent in parts, and nothing for one that is sent whole."""
    kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    is_utf8 = "charset" not in parameters or "utf-8" in parameters
    if kind.strip() not in {PLAIN, UPLOAD} or not is_utf8:
        raise NotAForm
    if kind.strip() == PLAIN:
        return None
    try:
        async with aclosing(request.stream()) as stream:
            return await Utf8Parts(
                request.headers,
                stream,
                max_files=MOST_FILES,
                max_fields=MOST_ANSWERS,
                max_part_size=LONGEST_PART,
            ).parse()
    except (MultiPartException, KeyError):
        raise NotAForm from None


def _plain(body: bytes) -> Posted:
    if body.count(b"&") >= MOST_ANSWERS:
        raise NotAForm
    answers = defaultdict(list)
    text = body.decode("utf-8", "replace")
    for name, value in parse_qsl(text, keep_blank_values=True, errors="replace"):
        answers[name].append(value)
    return Posted({name: tuple(values) for name, values in answers.items()})


def _with_files(form: FormData) -> Posted:
    answers, files = defaultdict(list), {}
    for name, value in form.multi_items():
        if not isinstance(value, UploadFile):
            answers[name].append(value)
        elif value.filename or value.size:
            files[name] = PostedFile(value.filename or "", value.file, value.size or 0)
    return Posted({name: tuple(values) for name, values in answers.items()}, files)
