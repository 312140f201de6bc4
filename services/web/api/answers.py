"""How an answer of the API goes out: as JSON with its ETag, in pages that link to the next."""

from collections.abc import Callable, Sequence
from typing import Annotated, Final, TypeVar

from fastapi import Query, Request, Response
from pydantic import BaseModel

from services.domain.errors import AnswerRefused
from services.web.conditional import unless_known

Item = TypeVar("Item")
MOST: Final = 100
FEW: Final = 50
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many are told at once.")]
After = Annotated[
    str, Query(max_length=64, description="From the link to the next page; nothing for the first.")
]
IF_NONE_MATCH: Final = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "description": "The ETag of what is known already: if it is still so, the answer is 304.",
    "schema": {"type": "string"},
}
CONDITIONAL: Final = {"parameters": [IF_NONE_MATCH]}


def answered(request: Request, told: BaseModel) -> Response:
    """Return what is told, or that it is as the asker knows it by its ETag."""
    following = getattr(told, "next", None)
    headers = {"link": f'<{following}>; rel="next"'} if following else {}
    return unless_known(request, told.model_dump_json().encode(), "application/json", headers)


def cut(
    found: Sequence[Item], named: Callable[[Item], str], after: str, limit: int
) -> tuple[Sequence[Item], str]:
    """Return the items that come after the named one, and by which one the next page begins.

    Raises AnswerRefused for a name that is not among them: it was of another list, or is gone.
    """
    start = 0
    if after:
        place = next((at for at, one in enumerate(found) if named(one) == after), None)
        if place is None:
            raise AnswerRefused("after", "There is no such place in the list: begin with the first")
        start = place + 1
    told = found[start : start + limit]
    is_last = start + limit >= len(found)
    return told, "" if is_last or not told else named(told[-1])


def next_page(request: Request, after: str, limit: int) -> str | None:
    """Return the address of the next page, if there is one."""
    return f"{request.url.path}?after={after}&limit={limit}" if after else None
