"""How a question by JSON is taken in, once its sender has shown that it came from a page of ours.

Prefect's own pages, which Keyline serves under its name, carry no token. A browser says with each
of their questions from which site it comes, and lets no other site send JSON here.
"""

from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.requests import ClientDisconnect

from services.web.cookies import CurrentPerson
from services.web.form_input import READING, NotAForm, NotOurForm, SignInFirst, must_come_from_here

JSON: Final = "application/json"


async def receive_question(request: Request, known: CurrentPerson) -> bytes:
    """Return what a page of ours asks with; a GET brings nothing.

    Unlike a form it must name the site it comes from (`Origin`), for nothing else tells.
    """
    if request.method in READING:
        return b""
    if known is None:
        raise SignInFirst
    must_come_from_here(request)
    if request.headers.get("origin") is None:
        raise NotOurForm
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise NotAForm
    try:
        return await request.body()
    except ClientDisconnect:  # the page was left meanwhile: nobody hears the answer
        raise NotAForm from None


AskedBody = Annotated[bytes, Depends(receive_question)]
