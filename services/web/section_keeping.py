"""Which forms of acts are posted where, and a section that came too late, with its whole form."""

from collections.abc import Mapping
from typing import Final

from fastapi import Request

from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import ACT_PAGES
from services.web.act_pages.sections import sections_of
from services.web.app_state import site_of
from services.web.dependencies import Transactions
from services.web.draft_saving import DraftForm
from services.web.posted_form import Posted
from services.web.section_pages import CHECK, place_asked
from services.web.section_saving import whole_form

SECTIONS: Final = "/sections"
FORMS: Final[Mapping[str, ActPage]] = {
    f"/{page.path}" if page.act.opens_case else f"/cases/{{case_id}}/{page.path}": page
    for page in ACT_PAGES.values()
    if page.keeps_draft
}
"""The forms of acts that keep a draft, by the paths of their pages."""
SECTIONED: Final[Mapping[str, ActPage]] = {
    f"{path}{SECTIONS}": page for path, page in FORMS.items() if sections_of(page)
}
"""Those that are filled in by sections too, by the paths of those pages."""
_OF_DRAFTS: Final = frozenset({"/cases/{case_id}/drafts/{act}", "/drafts/{act}"})


def form_served(path: str, act: str) -> ActPage | None:
    """Return the form of an act that is posted to the path; to that of drafts its act is named."""
    if path in _OF_DRAFTS:
        return ACT_PAGES.get(act)
    return FORMS.get(path) or SECTIONED.get(path)


def is_checked(request: Request) -> bool:
    """Tell whether the request is about all answers of a form, as they are checked."""
    return request.query_params.get("part") == CHECK


def whole_posted(
    request: Request, transaction: Transactions, form: DraftForm, posted: Posted
) -> Posted:
    """Return the whole form of which a section was posted; the check posts all of it itself."""
    section = place_asked(request, form).section
    if section is None:
        return posted
    return whole_form(transaction, site_of(request).neighbours.store, section, posted)
