"""Every row that names an object in the store: documents of cases, and templates of papers."""

from typing import Final

from sqlalchemy import update
from sqlmodel import Session, col, select

from services.database.documents import Document, DocumentState, every_document
from services.database.paper_templates import PaperTemplate, every_template_file
from services.domain.identifiers import PartnershipId

StoredRow = Document | PaperTemplate
KINDS: Final = (Document, PaperTemplate)


def named_versions(session: Session, keys: set[str]) -> dict[str, str | None]:
    """Return which of these keys a row names, with the object version that it names."""
    found: dict[str, str | None] = {}
    for kind in KINDS:
        question = select(kind.key, kind.version_id).where(col(kind.key).in_(keys))
        found |= dict(session.exec(question).all())
    return found


def every_file(session: Session, owner: PartnershipId) -> list[StoredRow]:
    """Return every document of the partnership's own by its id, and behind them its templates."""
    return [*every_document(session, owner), *every_template_file(session, owner)]


def is_refused(stored: StoredRow) -> bool:
    """Tell whether a virus scanner refused the file; a template that it refuses is never kept."""
    return isinstance(stored, Document) and stored.standing is DocumentState.REFUSED


def name_version(session: Session, stored: StoredRow, version_id: str | None) -> None:
    """Have the row name another version of its object, unless it names a later one meanwhile."""
    kind = type(stored)
    session.execute(
        update(kind)
        .where(col(kind.id) == stored.id, col(kind.version_id) == stored.version_id)
        .values(version_id=version_id)
    )
