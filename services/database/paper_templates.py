"""A partnership's own Word templates by version, and what a second person said of each."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field, Session, UniqueConstraint, col, select

from services.database.partnership_row import PartnershipRow, coded, moment
from services.domain.documents import DocumentKind
from services.domain.errors import NotFound
from services.domain.identifiers import PartnershipId


class PaperTemplate(PartnershipRow, table=True):
    """One version of the template of a kind of paper: its file in the store, why, and from when.

    It holds once a second person has approved it, from ``effective_on`` on, until the next one
    does. One without a file says that Keyline's own template holds again.
    """

    __tablename__ = "paper_templates"
    __table_args__ = (
        ForeignKeyConstraint(["proposed_by"], ["people.id"]),
        UniqueConstraint("tenant_id", "kind", "version", name="templates_count_up"),
        UniqueConstraint("tenant_id", "id", "proposed_by", name="one_maker_of_a_template"),
        CheckConstraint("(key = '') = (sha256 = '')", name="a_template_is_whole"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    kind: DocumentKind = Field(sa_column=coded(DocumentKind))
    version: int
    reason: str
    effective_on: date
    filename: str = ""
    key: str = ""
    version_id: str | None = None
    size: int = 0
    sha256: str = ""
    proposed_by: UUID
    proposed_at: datetime = Field(sa_column=moment())


class PaperTemplateAnswer(PartnershipRow, table=True):
    """What a second person said of a template that was proposed; never the one who proposed it."""

    __tablename__ = "paper_template_answers"
    __table_args__ = (
        CheckConstraint("answered_by <> proposed_by", name="two_people_apply_a_template"),
        ForeignKeyConstraint(
            ["tenant_id", "template_id", "proposed_by"],
            ["paper_templates.tenant_id", "paper_templates.id", "paper_templates.proposed_by"],
        ),
        ForeignKeyConstraint(["answered_by"], ["people.id"]),
    )

    template_id: UUID = Field(primary_key=True)
    proposed_by: UUID
    is_approved: bool
    reasons: str = ""
    answered_by: UUID
    answered_at: datetime = Field(sa_column=moment())


def paper_templates(session: Session, kind: DocumentKind | None = None) -> Sequence[PaperTemplate]:
    """Return every version of the kind's template, or of every kind's, newest first."""
    question = select(PaperTemplate)
    if kind is not None:
        question = question.where(PaperTemplate.kind == kind)
    return session.exec(question.order_by(col(PaperTemplate.version).desc())).all()


def template_answers(session: Session) -> dict[UUID, PaperTemplateAnswer]:
    """Return what was said of each version, by its id."""
    return {one.template_id: one for one in session.exec(select(PaperTemplateAnswer)).all()}


def get_template(session: Session, kind: DocumentKind, version: int) -> PaperTemplate:
    """Return one version; another partnership's is simply not found."""
    found = session.exec(
        select(PaperTemplate).where(PaperTemplate.kind == kind, PaperTemplate.version == version)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such version of the template.")
    return found


def every_template_file(session: Session, owner: PartnershipId) -> Sequence[PaperTemplate]:
    """Return every version of the partnership's own that has a file, in the order of their ids."""
    question = select(PaperTemplate).where(
        PaperTemplate.tenant_id == owner, PaperTemplate.key != ""
    )
    return session.exec(question.order_by(col(PaperTemplate.id))).all()
