"""The page of one rule of the framework, for whoever asks why something is asked or refused."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import Response

from services.casework.accounts.who_is import SignedIn
from services.domain.errors import NotFound
from services.domain.rule_words import rule_in_words
from services.web.dependencies import open_to_anyone
from services.web.rendering import page

router = APIRouter()
Anyone = Annotated[
    SignedIn | None, open_to_anyone("What the framework says is public, and stands behind errors.")
]


RuleId = Annotated[str, Path(max_length=8)]


@router.get("/guidance/{rule}")
def guidance(
    request: Request, _known: Anyone, rule: Annotated[str, Path(max_length=8)]
) -> Response:
    """Show the rule in words, where it stands and how binding it is."""
    found = rule_in_words(rule)
    if found is None:
        raise NotFound
    return page(request, "pages/rule.html", rule=found)
