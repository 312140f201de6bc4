"""A form that could not be acted on, because its sender had to sign in or to prove it first.

The form of an act is saved as the draft that it has anyhow (`draft_saving.py`). Every other form is
kept here, in the same store and under the same rules, by the address of its page: encrypted, its
author's alone. It comes back at that address with `?kept=yes`, and ends when it is posted from
there. No file is kept, and no form of an account, which may hold a password.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from fastapi import Request

from services.casework.access.cases import case_in_sight
from services.casework.drafts import SealedDraft, end_draft, place_of, save_draft, seal, unseal
from services.database.drafts import DraftPlace, draft_at
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotFound, Unavailable
from services.domain.identifiers import CaseId
from services.storage import Store, StoredContentChanged
from services.web.forms.parsing import OUR_OWN
from services.web.forms.text import is_blank
from services.web.path_ids import id_in
from services.web.posted_form import Posted

KEPT: Final = "kept"
KEPT_QUERY: Final = f"?{KEPT}=yes"


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What was typed into a form that was posted too late, and when that was."""

    posted: Posted = field(default_factory=Posted)
    at: datetime | None = None
    is_readable: bool = True


def is_asked(request: Request) -> bool:
    """Tell whether the address asks for what was kept of its form."""
    return KEPT in request.query_params


def typed_in_any(posted: Posted) -> Posted:
    """Return the answers without what is the page's own; nothing where none was typed."""
    given = {name: said for name, said in posted.answers.items() if name not in OUR_OWN}
    return Posted({} if all(is_blank(one) for said in given.values() for one in said) else given)


def place_here(work: UnitOfWork, request: Request) -> DraftPlace:
    """Return where the form of this page is kept, for a person who may know of its case."""
    told = request.path_params.get("case_id")
    case_id = CaseId(id_in(told)) if told is not None else None
    if case_id is not None:
        case_in_sight(work, case_id)
    return place_of(work, request.url.path, case_id)


def sealed_form(store: Store, place: DraftPlace, posted: Posted) -> SealedDraft:
    """Encrypt what was posted, with no transaction open."""
    return SealedDraft(content=seal(store, place, posted.answers), form_version="", replaces=True)


def keep(work: UnitOfWork, request: Request, sealed: SealedDraft) -> None:
    """Keep the form; a later one of the same page takes its place."""
    save_draft(work, place_here(work, request), sealed)


def kept_here(work: UnitOfWork, store: Store, request: Request) -> KeptForm | None:
    """Return what is kept of the form of this page, if anything is."""
    try:
        place = place_here(work, request)
    except NotFound:
        return None
    found = draft_at(work.session, place)
    if found is None:
        return None
    try:
        return KeptForm(Posted(unseal(store, found, place)), found.saved_at)
    except (Unavailable, StoredContentChanged):
        return KeptForm(at=found.saved_at, is_readable=False)


def end_kept(work: UnitOfWork, request: Request) -> None:
    """End what was kept: it stands in the form that is posted now."""
    place = place_here(work, request)
    end_draft(work, place.act, CaseId(place.case_id) if place.case_id else None, {""})
