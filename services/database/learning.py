"""What the partnership did about learning that is of no one case: rows that are only added to.

The review group's looks at the trends, the national publications that were noted, what the group
made of each, and what was done (EMB-10, EMB-11); and what became of its list of themes. No row
tells of a case.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint
from sqlmodel import Field, Session, UniqueConstraint, col, select

from services.database.directory import DirectoryRow
from services.database.partnership_row import coded, moment, written
from services.domain.audit import LearningEvent
from services.domain.themes import ThemeList, theme_list


class LearningRecord(DirectoryRow, table=True):
    """One thing that was done, with the words of its form; ``about`` is the publication, if any.

    Its number is its place among those of the partnership.
    """

    __tablename__ = "learning_records"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "about"], ["learning_records.tenant_id", "learning_records.id"]
        ),
        ForeignKeyConstraint(["added_by"], ["people.id"]),
        UniqueConstraint("tenant_id", "number", name="one_learning_record_of_a_number"),
    )

    number: int
    event: LearningEvent = Field(sa_column=coded(LearningEvent))
    about: UUID | None = None
    on_day: date
    words: dict[str, Any] = Field(sa_column=written())
    added_by: UUID
    added_at: datetime = Field(sa_column=moment())

    @property
    def said(self) -> Mapping[str, Any]:
        """Return what was done, on which day, about what, and what was said."""
        return {
            "number": str(self.number),
            "event": self.event.value,
            "about": str(self.about or ""),
            "on": self.on_day.isoformat(),
            "words": self.words,
            "at": self.added_at.astimezone(UTC).isoformat(),
        }


def learning_records(session: Session) -> list[LearningRecord]:
    """Return every record, in the order in which they were made."""
    question = select(LearningRecord)
    return list(session.exec(question.order_by(col(LearningRecord.number))))


THEME_CHANGES: Final = (
    LearningEvent.THEME_ADDED,
    LearningEvent.THEME_ENDED,
    LearningEvent.THEME_MERGED,
)


def theme_changes(session: Session) -> list[LearningRecord]:
    """Return what was done to the partnership's list of themes, oldest first."""
    question = select(LearningRecord).where(col(LearningRecord.event).in_(THEME_CHANGES))
    return list(session.exec(question.order_by(col(LearningRecord.number))))


def themes_listed(session: Session) -> ThemeList:
    """Return the partnership's list of themes as it stands."""
    return theme_list((one.event, one.id, one.words) for one in theme_changes(session))
