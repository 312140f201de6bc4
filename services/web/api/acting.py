"""Each act by the API: its command as JSON, done once, under the key that its sender chose."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request, Response

from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import CASE_PAGES, OPENING_PAGES
from services.web.api.bearer import SCHEME, Caller, caller
from services.web.api.doing import done
from services.web.api.problems import NotJson
from services.web.api.shapes import ActDone
from services.web.path_ids import TheCaseId

router = APIRouter(tags=["Acts"])
JSON: Final = "application/json"
OPENED_AT: Final = {
    "refer": "/referrals",
    "log_lead": "/leads",
    "request_review": "/review-requests",
}
# What is told once is shown on a page, to the person who tells it on by telephone.
BY_API: Final = tuple(one for one in CASE_PAGES if not one.told_once)
Key = Annotated[
    UUID,
    Header(
        alias="Idempotency-Key",
        description="Chosen by the sender: what is sent again under it is done once. With other "
        "words it is refused.",
    ),
]


async def json_body(request: Request) -> bytes:
    """Return the body, if its sender says that it is JSON."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise NotJson
    return await request.body()


Body = Annotated[bytes, Depends(json_body)]
Somebody = Annotated[Caller, Depends(caller)]
Shown = Annotated[object, Depends(SCHEME)]


def _serve_on_a_case(asked: ActPage) -> None:
    def do(case_id: TheCaseId, called: Somebody, body: Body, key: Key, _shown: Shown) -> Response:
        """Do the act on the case, once."""
        return done(called, asked, case_id, body, key)

    _add(asked, f"/cases/{{case_id}}/acts/{asked.act.name}", do, 200)


def _serve_opening(asked: ActPage) -> None:
    def do(called: Somebody, body: Body, key: Key, _shown: Shown) -> Response:
        """Open a case, once."""
        return done(called, asked, None, body, key)

    _add(asked, OPENED_AT[asked.act.name], do, 201)


def _add(asked: ActPage, path: str, do: Any, status: int) -> None:  # noqa: ANN401 - a handler
    who = "A system may do it for itself." if asked.act.by_system else "It needs a named person."
    router.post(
        path,
        name=asked.act.name,
        operation_id=asked.act.name,
        summary=asked.title,
        description=f"{asked.done} {who}",
        status_code=status,
        response_model=ActDone,
        openapi_extra=_takes(asked),
    )(do)


def _takes(asked: ActPage) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{asked.act.command.__name__}"}
    return {"requestBody": {"required": True, "content": {JSON: {"schema": schema}}}}


for _page in BY_API:
    _serve_on_a_case(_page)
for _page in OPENING_PAGES:
    _serve_opening(_page)
