"""How a draft is saved: let in by its form's door, encrypted, kept in a second transaction."""

from dataclasses import dataclass
from datetime import datetime

from services.casework.drafts import (
    SealedDraft,
    TypedAnswers,
    place_of,
    save_draft,
    seal,
    unseal,
)
from services.database.drafts import DraftPlace, draft_at
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import Unavailable
from services.domain.identifiers import CaseId
from services.storage import Store, StoredContentChanged
from services.web.act_door import case_for
from services.web.act_pages.act_page import ActPage
from services.web.dependencies import Transactions, begun_of
from services.web.drafts import about_in, typed_in
from services.web.forms.version import version_of
from services.web.meanwhile import kept_beside
from services.web.posted_form import Posted


@dataclass(frozen=True, slots=True)
class DraftForm:
    """The form of an act, on a case or on none."""

    asked: ActPage
    case_id: CaseId | None

    @property
    def page(self) -> str:
        """Return the address of the form's own page."""
        above = f"/cases/{self.case_id}" if self.case_id is not None else ""
        return f"{above}/{self.asked.path}"


def draft_place(work: UnitOfWork, form: DraftForm, posted: Posted) -> DraftPlace:
    """Return where the actor's draft lies, if they may do the act and open its case (LC-01, G7).

    What is typed for each of several things on the case is kept apart.
    """
    work.actor.must(form.asked.act.permission)
    case = case_for(work, form.asked, form.case_id) if form.case_id is not None else None
    about = about_in(work, form.asked, case, posted)
    return place_of(work, form.asked.act.name, form.case_id, about)


def save_typed(
    transaction: Transactions,
    store: Store,
    form: DraftForm,
    posted: Posted,
    *,
    replaces: bool = False,
) -> datetime:
    """Save what stands in the form, and return when; it is encrypted with no transaction open."""
    with transaction() as work:
        place = draft_place(work, form, posted)
        typed = typed_in(form.asked, posted)
        if replaces:
            typed = {**typed, **_of_other_window(work, store, place, (posted, typed))}
    sealed = SealedDraft(
        content=seal(store, place, typed),
        form_version=version_of(form.asked.questions),
        follows=begun_of(posted),
        replaces=replaces,
    )
    with transaction() as work:
        return save_draft(work, draft_place(work, form, posted), sealed)


def _of_other_window(
    work: UnitOfWork, store: Store, place: DraftPlace, form: tuple[Posted, TypedAnswers]
) -> TypedAnswers:
    """Return what another window had kept otherwise, to be kept beside what takes its place."""
    posted, typed = form
    found = draft_at(work.session, place)
    if found is None or found.form_key in (work.once, begun_of(posted)):
        return {}
    try:
        return kept_beside(unseal(store, found, place), typed)
    except (Unavailable, StoredContentChanged):
        return {}
