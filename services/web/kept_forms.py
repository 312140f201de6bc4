"""A form of no act that is kept: saved while it is typed, or posted when its sender had to sign in.

The form of an act is saved as the draft that it has anyhow (`draft_saving.py`). Every other form is
kept here, in the same store and under the same rules, by the address of its page: encrypted, its
author's alone. It stands in its page again (on a case: at that address with `?kept=yes`), and ends
when what is posted there is done. No file is kept, and no form of an account, which may hold a
password.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from fastapi import Request

from services.casework.access.cases import case_in_sight
from services.casework.drafts import SealedDraft, end_draft, place_of, save_draft, seal, unseal
from services.database.drafts import DraftPlace, draft_at
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused, NotFound, Unavailable
from services.domain.identifiers import CaseId
from services.storage import Store, StoredContentChanged
from services.web.app_state import site_of
from services.web.forms.parsing import NO_ANSWER, OUR_OWN
from services.web.forms.text import is_blank, showable
from services.web.path_ids import id_in
from services.web.posted_form import Posted

KEPT: Final = "kept"
OF_CASES: Final = "/cases/"
_A_CODE: Final = re.compile("[a-z0-9_-]+")
KEPT_QUERY: Final = f"?{KEPT}=yes"
KEEP: Final = "keep"
AGAIN: Final = "again"
"""In an address: the form that led here had been sent before, and was done once."""
LATER: Final = f"?{KEEP}=later"
DISCARDED: Final = f"?{KEEP}=discard"


class FormKept(Exception):
    """What was posted is kept for its author, or discarded by them, and nothing else is done."""

    def __init__(self, at: datetime | None) -> None:
        super().__init__("The form is kept.")
        self.at = at


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What was typed into a form, when it was kept, by which form, and the key to discard it."""

    posted: Posted = field(default_factory=Posted)
    at: datetime | None = None
    is_readable: bool = True
    key: UUID | None = None
    discards: UUID = field(default_factory=uuid4)


def is_asked(request: Request) -> bool:
    """Tell whether the page shows what was kept of its form: on a case where its address asks."""
    return KEPT in request.query_params or saves_itself(request)


def saves_itself(request: Request) -> bool:
    """Tell whether what is typed into the form of this page can be kept before it is sent."""
    paths: frozenset[str] = getattr(request.app.state, "paths_of_forms", frozenset())
    return (
        hasattr(request.state, "posts_to")
        or getattr(request.scope.get("route"), "path", "") in paths
    )


def is_to_be_kept(request: Request) -> bool:
    """Tell whether the form is posted to be kept or discarded, and not to be acted on."""
    return request.method == "POST" and KEEP in request.query_params and saves_itself(request)


def typed_in_any(posted: Posted) -> Posted:
    """Return the answers without what is the page's own; nothing where none was typed."""
    given = {name: said for name, said in posted.answers.items() if name not in OUR_OWN}
    return Posted({} if all(is_blank(one) for said in given.values() for one in said) else given)


def texts_to_copy(request: Request) -> tuple[str, ...]:
    """Return what was typed into the form that is refused by a page of its own: no code, no day.

    The form cannot be shown there. Of a form of an account, which may hold a password, nothing.
    """
    posted: Posted | None = getattr(request.state, "posted", None)
    if posted is None or not (saves_itself(request) or request.url.path.startswith(OF_CASES)):
        return ()
    typed = typed_in_any(posted).answers.items()
    texts = (
        showable(one) for name, said in typed if not name.startswith(NO_ANSWER) for one in said
    )
    return tuple(one for one in texts if not is_blank(one) and not _A_CODE.fullmatch(one))


def place_here(work: UnitOfWork, request: Request) -> DraftPlace:
    """Return where the form of this page is kept, for a person who may know of its case."""
    told = request.path_params.get("case_id")
    case_id = CaseId(id_in(told)) if told is not None else None
    if case_id is not None:
        case_in_sight(work, case_id)
    return place_of(work, address_here(request), case_id)


def address_here(request: Request) -> str:
    """Return the address to which the form of this page is posted: its own, or another's."""
    return str(getattr(request.state, "posts_to", "")) or request.url.path


def stands_also(request: Request, work: UnitOfWork, address: str) -> None:
    """Have this page show what was kept of a form that stands on it and is posted elsewhere.

    There it is kept too; it comes back on this page and on its own.
    """
    request.state.posts_to = address
    if request.method != "POST":
        request.state.kept = kept_here(work, site_of(request).neighbours.store, request)


def sealed_form(store: Store, place: DraftPlace, posted: Posted) -> SealedDraft:
    """Encrypt what was posted, with no transaction open."""
    return SealedDraft(content=seal(store, place, posted.answers), form_version="", replaces=True)


def typed_to_keep(posted: Posted) -> Posted:
    """Return the answers to keep; raises AnswerRefused where nothing was typed."""
    typed = typed_in_any(posted)
    if not typed.answers:
        raise AnswerRefused("", "There is nothing to save yet. Go back, and type an answer first.")
    return typed


def keep(work: UnitOfWork, request: Request, sealed: SealedDraft) -> datetime:
    """Keep the form, and return when; one that replaces takes the place of what is kept."""
    return save_draft(work, place_here(work, request), sealed)


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
        answers = unseal(store, found, place)
    except (Unavailable, StoredContentChanged):
        return KeptForm(at=found.saved_at, is_readable=False, key=found.form_key)
    return KeptForm(Posted(answers), found.saved_at, key=found.form_key)


def end_kept(work: UnitOfWork, request: Request) -> None:
    """End what was kept: what was posted is done, or its author discards it."""
    place = place_here(work, request)
    end_draft(work, place.act, CaseId(place.case_id) if place.case_id else None, {""})
