"""Inspection packs: every step that was taken on one, and the files made of it, only added to.

A pack is known by its first step, which opened it. An item tells of one case or of none: it goes
with the disposal of its case, and so do the bytes of each file of its pack, whose digest stays
(`migrations/disposal.sql`). It is closed to whoever declared a conflict in that case.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlalchemy.orm import defer
from sqlmodel import Field, Session, UniqueConstraint, col, func, select

from services.database.directory import DirectoryRow
from services.database.partnership_row import coded, moment, of_case, written
from services.domain.audit import InspectionEvent
from services.domain.errors import NotFound

NO_PACK: Final = "There is no such inspection pack in this partnership."


class InspectionStep(DirectoryRow, table=True):
    """One step on a pack, with the words of the form by which it was taken.

    ``of_step`` is the step that it is about, such as the item that is decided or the approval that
    the partner answers, and ``of_by`` whose that was: nobody approves a pack twice.
    """

    __tablename__ = "inspection_steps"
    __table_args__ = (
        of_case(),
        ForeignKeyConstraint(
            ["tenant_id", "pack_id"], ["inspection_steps.tenant_id", "inspection_steps.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "of_step", "of_by"],
            [f"inspection_steps.{name}" for name in ("tenant_id", "id", "added_by")],
            name="a_pack_step_is_about_a_step",
        ),
        ForeignKeyConstraint(["added_by"], ["people.id"]),
        UniqueConstraint("tenant_id", "id", "added_by", name="one_maker_of_a_pack_step"),
        UniqueConstraint("tenant_id", "pack_id", "number", name="one_pack_step_of_a_number"),
        CheckConstraint(
            "event <> 'partner_approved' or of_by is not null and of_by <> added_by",
            name="two_people_approve_a_pack",
        ),
    )

    pack_id: UUID
    case_id: UUID | None = None
    number: int
    event: InspectionEvent = Field(sa_column=coded(InspectionEvent))
    of_step: UUID | None = None
    of_by: UUID | None = None
    words: dict[str, Any] = Field(sa_column=written())
    added_by: UUID
    added_at: datetime = Field(sa_column=moment())

    @property
    def said(self) -> Mapping[str, Any]:
        """Return which step it is, of which pack, about what, and what was said."""
        return {
            "pack": str(self.pack_id),
            "number": str(self.number),
            "event": self.event.value,
            "of": str(self.of_step or ""),
            "words": self.words,
            "at": self.added_at.astimezone(UTC).isoformat(),
        }


class InspectionFile(DirectoryRow, table=True):
    """A file of a pack as it was made: its name, its bytes, and their SHA-256, which stays.

    It stands in the record itself and in no store, so that it goes along in every backup and
    export, and no sweep of the store can take it.
    """

    __tablename__ = "inspection_files"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "pack_id"], ["inspection_steps.tenant_id", "inspection_steps.id"]
        ),
        ForeignKeyConstraint(["added_by"], ["people.id"]),
    )

    pack_id: UUID
    version: int
    extension: str
    sha256: str
    content: bytes
    added_by: UUID
    added_at: datetime = Field(sa_column=moment())

    @property
    def said(self) -> Mapping[str, str]:
        """Return of which pack it is, and the digest of its bytes."""
        return {
            "pack": str(self.pack_id),
            "version": str(self.version),
            "extension": self.extension,
            "sha256": self.sha256,
        }


TABLES: Final[tuple[type[DirectoryRow], ...]] = (InspectionStep, InspectionFile)


def pack_steps(session: Session, pack_id: UUID | None = None) -> list[InspectionStep]:
    """Return the steps of one pack, or of all packs, in the order of their taking."""
    question = select(InspectionStep)
    if pack_id is not None:
        question = question.where(InspectionStep.pack_id == pack_id)
    return list(
        session.exec(question.order_by(col(InspectionStep.added_at), col(InspectionStep.number)))
    )


def pack_outlines(session: Session) -> list[InspectionStep]:
    """Return the steps of all packs but the items that were gathered, in their order."""
    question = select(InspectionStep).where(InspectionStep.event != InspectionEvent.ITEM_GATHERED)
    return list(session.exec(question.order_by(col(InspectionStep.number))))


def newest_number(session: Session, pack_id: UUID) -> int:
    """Return the number of the newest step of a pack; of one that is not opened yet, nought."""
    question = select(func.max(InspectionStep.number)).where(InspectionStep.pack_id == pack_id)
    return session.exec(question).one() or 0


def get_pack_step(session: Session, step_id: UUID, *events: InspectionEvent) -> InspectionStep:
    """Return one step of these kinds; anything else is not found."""
    question = select(InspectionStep).where(
        InspectionStep.id == step_id, col(InspectionStep.event).in_(events)
    )
    found = session.exec(question).one_or_none()
    if found is None:
        raise NotFound(NO_PACK)
    return found


def get_pack_file(session: Session, file_id: UUID) -> InspectionFile:
    """Return one file of a pack; another partnership's is simply not found."""
    found = session.exec(select(InspectionFile).where(InspectionFile.id == file_id)).one_or_none()
    if found is None:
        raise NotFound(NO_PACK)
    return found


def pack_files(session: Session, pack_id: UUID) -> Sequence[InspectionFile]:
    """Return the files of a pack, the newest first; their bytes are read when asked."""
    question = (
        select(InspectionFile)
        .where(InspectionFile.pack_id == pack_id)
        .options(defer(InspectionFile.content))  # type: ignore[arg-type]
    )
    in_order = (col(InspectionFile.version).desc(), col(InspectionFile.extension))
    return session.exec(question.order_by(*in_order)).all()
