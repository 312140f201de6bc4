"""Who looked at what of a case, as its page tells it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.database.cases import Case
from services.database.documents import documents
from services.database.history import Viewing, viewings
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.labels.own_words import in_own_words
from services.domain.plain_text import capital
from services.domain.viewings import Viewed
from services.web.act_pages.registry import ACT_PAGES
from services.web.timeline import names_for


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewingLine:
    """One look at the case, a form or a document."""

    at: datetime
    who: str
    role: str
    what: str


def viewing_lines(work: UnitOfWork, case: Case) -> list[ViewingLine]:
    """Return who looked at the case, newest first."""
    seen = viewings(work.session, case.id)
    named = names_for(work, {one.person_id for one in seen})
    titles = {one.id: one.shown_title for one in documents(work.session, case.id)}
    return [
        ViewingLine(
            at=one.at,
            who=named.get(str(one.person_id), "A person who has left"),
            role=capital(label(one.role)),
            what=capital(_what(one, titles)),
        )
        for one in seen
    ]


def _what(one: Viewing, titles: dict[UUID, str]) -> str:
    if one.what is Viewed.FORM and one.act in ACT_PAGES:
        return in_own_words(ACT_PAGES[one.act].title)
    if one.what is Viewed.DOCUMENT and one.document_id in titles:
        return titles[one.document_id]
    return label(one.what)
