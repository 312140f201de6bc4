"""That somebody has lost their second factor, and what a second administrator said of it.

The table is only added to. What is taken from the account stands outside the partnerships: the
sign-in role takes it (`casework/accounts/cleared.py`).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field, Session, UniqueConstraint, col, select

from services.database.directory import DirectoryRow
from services.database.partnership_row import moment
from services.domain.errors import NotFound


class LostFactor(DirectoryRow, table=True):
    """One word of an administrator on the lost second factor of somebody, ``person_id``.

    The first word asks that it be taken away. The second one names it by ``answers``, and who said
    it by ``asked_by``; the two are never of one person, and neither is of the person themselves.
    """

    __tablename__ = "lost_factors"
    __table_args__ = (
        ForeignKeyConstraint(["person_id"], ["people.id"]),
        ForeignKeyConstraint(["added_by"], ["people.id"]),
        ForeignKeyConstraint(
            ["tenant_id", "answers", "asked_by", "person_id"],
            [
                "lost_factors.tenant_id",
                "lost_factors.id",
                "lost_factors.added_by",
                "lost_factors.person_id",
            ],
            name="an_answer_names_what_it_answers",
        ),
        UniqueConstraint(
            "tenant_id", "id", "added_by", "person_id", name="one_maker_of_a_lost_factor"
        ),
        UniqueConstraint("tenant_id", "answers", name="one_answer_to_a_lost_factor"),
        CheckConstraint("(answers is null) = (asked_by is null)", name="an_answer_says_who_asked"),
        CheckConstraint(
            "asked_by is null or asked_by <> added_by", name="two_people_clear_a_factor"
        ),
        CheckConstraint("person_id <> added_by", name="nobody_clears_their_own_factor"),
    )

    person_id: UUID
    answers: UUID | None = None
    asked_by: UUID | None = None
    is_yes: bool = True
    reasons: str
    added_by: UUID
    added_at: datetime = Field(sa_column=moment())

    @property
    def said(self) -> Mapping[str, str]:
        """Return of whom it was said, what, and what it answers."""
        return {
            "person": str(self.person_id),
            "answers": str(self.answers or ""),
            "is_yes": str(self.is_yes),
            "reasons": self.reasons,
            "at": self.added_at.astimezone(UTC).isoformat(),
        }


def waiting(session: Session, person_id: UUID | None = None) -> list[LostFactor]:
    """Return what was asked and is not answered yet, of one person or of all, the oldest first."""
    said = select(LostFactor.answers).where(col(LostFactor.answers).is_not(None))
    question = select(LostFactor).where(
        col(LostFactor.answers).is_(None), col(LostFactor.id).not_in(said)
    )
    if person_id is not None:
        question = question.where(LostFactor.person_id == person_id)
    return list(session.exec(question.order_by(col(LostFactor.added_at), col(LostFactor.id))))


def get_asked(session: Session, asked_id: UUID) -> LostFactor:
    """Return what was asked; another partnership's is simply not found."""
    found = session.exec(
        select(LostFactor).where(LostFactor.id == asked_id, col(LostFactor.answers).is_(None))
    ).one_or_none()
    if found is None:
        raise NotFound("There is no such request in this partnership.")
    return found
