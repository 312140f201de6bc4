"""What is stored for a case: where, which version, its hash, and who made it."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from functools import partial
from secrets import token_hex
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import Column, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, distinct_on
from sqlmodel import Field, Session, UniqueConstraint, col, select

from services.database.partnership_row import PartnershipRow, coded, moment, of_case
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.entry_types import Section
from services.domain.errors import NotFound
from services.domain.identifiers import DocumentId, PartnershipId
from services.domain.labels import document_title, label
from services.domain.paper_templates import told_of

_FORMS: Final = {"docx": "Word", "xlsx": "Excel", "jpg": "JPEG"}


class DocumentState(StrEnum):
    """Whether a stored file may be read."""

    QUARANTINED = "quarantined"
    KEPT = "kept"
    REFUSED = "refused"


class Document(PartnershipRow, table=True):
    """One version of one artefact, as bytes in the store.

    ``said`` are the entries whose words it holds, that of the act that made it first: where one of
    them is hidden by a police mark, so is the document.
    """

    __tablename__ = "documents"
    __table_args__ = (
        of_case(),
        UniqueConstraint(
            "tenant_id", "case_id", "kind", "subject", "form", "version", name="versions_count_up"
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    kind: DocumentKind = Field(sa_column=coded(DocumentKind))
    subject: str = ""
    section: Section = Field(sa_column=coded(Section))
    form: str
    version: int
    title: str = ""
    filename: str
    media_type: str
    key: str
    version_id: str | None = None
    size: int
    sha256: str
    template: str = ""
    standing: DocumentState = Field(sa_column=coded(DocumentState))
    made_by: UUID
    made_at: datetime = Field(sa_column=moment())
    salt: str = Field(default_factory=partial(token_hex, 16))
    said: list[UUID] = Field(sa_column=Column(ARRAY(Uuid()), nullable=False))

    @property
    def shown_title(self) -> str:
        """Return the title that a person gave the file, or that of the kind that was made.

        A made paper keeps only what it is about, such as the agency's name.
        """
        if not self.template:
            return self.title or document_title(self.kind)
        return document_title(self.kind, self.title)

    @property
    def made_from(self) -> str:
        """Say from which template it was made, where that is not the house's own as usual."""
        return told_of(self.template)

    @property
    def is_picture(self) -> bool:
        """Tell whether it is a picture, which is kept without what it said of where and when."""
        return self.media_type.startswith("image/")

    @property
    def shown_form(self) -> str:
        """Return the form in which it was made; a file that came is called by its extension."""
        is_upload = self.kind is DocumentKind.UPLOAD
        return (
            _FORMS.get(self.form, self.form.upper())
            if is_upload
            else label(DocumentForm(self.form))
        )


def documents(session: Session, case_id: UUID) -> list[Document]:
    """Return the case's documents, newest first."""
    return list(
        session.exec(
            select(Document)
            .where(Document.case_id == case_id)
            .order_by(col(Document.made_at).desc(), col(Document.kind), col(Document.id))
        )
    )


def get_document(session: Session, case_id: UUID, document_id: DocumentId) -> Document:
    """Return one document of the case."""
    found = session.exec(
        select(Document).where(Document.case_id == case_id, Document.id == document_id)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such document on this case.")
    return found


def titles(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the titles of those of these ids that are of documents."""
    found = session.exec(select(Document).where(col(Document.id).in_(ids)))
    return {one.id: one.shown_title for one in found}


def version_of(
    session: Session, case_id: UUID, *, kind: DocumentKind, form: DocumentForm, version: int
) -> Document | None:
    """Return one version of a paper of the whole case in one form, if it is made."""
    question = select(Document).where(
        Document.case_id == case_id,
        Document.kind == kind,
        Document.subject == "",
        Document.form == form.value,
        Document.version == version,
    )
    return session.exec(question).one_or_none()


def held_documents(session: Session, most: int) -> list[Document]:
    """Return the partnership's files that wait for a virus scanner, oldest first."""
    return list(
        session.exec(
            select(Document)
            .where(Document.standing == DocumentState.QUARANTINED)
            .order_by(col(Document.made_at), col(Document.id))
            .limit(most)
        )
    )


def every_document(session: Session, owner: PartnershipId) -> list[Document]:
    """Return every document of the partnership's own, in the order of their ids."""
    question = select(Document).where(Document.tenant_id == owner).order_by(col(Document.id))
    return list(session.exec(question))


def documents_after(
    session: Session, owner: PartnershipId, last: DocumentId | None, many: int
) -> list[Document]:
    """Return the next documents of the partnership's own in the order of their ids."""
    own = select(Document).where(Document.tenant_id == owner)
    question = own.order_by(col(Document.id)).limit(many)
    if last is not None:
        question = question.where(col(Document.id) > last)
    return list(session.exec(question))


def newest_made_from(session: Session, kinds: Collection[DocumentKind]) -> dict[DocumentKind, str]:
    """Return from which template the newest paper of each of these kinds was made, on any case."""
    question = (
        select(Document.kind, Document.template)
        .where(col(Document.kind).in_(kinds), Document.template != "")
        .ext(distinct_on(col(Document.kind)))
        .order_by(col(Document.kind), col(Document.made_at).desc(), col(Document.id))
    )
    return {DocumentKind(kind): template for kind, template in session.exec(question)}
