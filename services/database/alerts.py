"""The alerts of each partnership, and how many reads were refused to each person in a row."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Index, case, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Field, Session, col, func, select

from services.database.history import Viewing
from services.database.partnership_row import PartnershipRow, coded, moment, of_case
from services.domain.alerts import AlertCode
from services.domain.identifiers import PartnershipId, PersonId

MOST = 100


class Alert(PartnershipRow, table=True):
    """One thing to look at: a code and ids, and no word of any case."""

    __tablename__ = "alerts"
    __table_args__ = (
        of_case(),
        Index("unseen_alerts", "tenant_id", postgresql_where=text("seen_at is null")),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: AlertCode = Field(sa_column=coded(AlertCode))
    person_id: UUID
    case_id: UUID | None = None
    at: datetime = Field(sa_column=moment())
    seen_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    seen_by: UUID | None = None


class RefusalRun(PartnershipRow, table=True):
    """How many reads were refused to a person since their last allowed one.

    Allowed reads are not counted here: each leaves a row in `viewings`, and a run is over when
    that person has more of them than when it was last counted.
    """

    __tablename__ = "refusal_runs"

    person_id: UUID = Field(primary_key=True)
    refused: int
    viewings: int


def count_refusal(session: Session, partnership_id: PartnershipId, person_id: PersonId) -> int:
    """Count one more refused read, and return how many there have been in a row.

    One statement, so that refusals in several processes at one time are each counted.
    """
    seen = select(func.count()).where(
        Viewing.tenant_id == partnership_id, Viewing.person_id == person_id
    )
    row = insert(RefusalRun).values(
        tenant_id=partnership_id,
        person_id=person_id,
        refused=1,
        viewings=seen.scalar_subquery(),
    )
    goes_on = col(RefusalRun.viewings) == row.excluded.viewings
    counted: dict[str, Any] = {
        "refused": case((goes_on, RefusalRun.refused + 1), else_=1),
        "viewings": row.excluded.viewings,
    }
    upsert = row.on_conflict_do_update(index_elements=["tenant_id", "person_id"], set_=counted)
    refused: int = session.execute(upsert.returning(col(RefusalRun.refused))).scalar_one()
    return refused


def newest_alerts(session: Session) -> list[Alert]:
    """Return the partnership's newest alerts, those that no one has seen before the others."""
    newest = select(Alert).order_by(
        col(Alert.seen_at).is_not(None), col(Alert.at).desc(), col(Alert.id)
    )
    return list(session.exec(newest.limit(MOST)))


def unseen_alerts(session: Session) -> list[Alert]:
    """Return the partnership's alerts that no one has seen, newest first."""
    unseen = select(Alert).where(col(Alert.seen_at).is_(None))
    return list(session.exec(unseen.order_by(col(Alert.at).desc(), col(Alert.id)).limit(MOST)))


def has_unseen(session: Session, code: AlertCode, case_id: UUID) -> bool:
    """Tell whether an alert of this kind on the case waits to be seen, however many newer do."""
    waiting = select(Alert.id).where(
        Alert.code == code, Alert.case_id == case_id, col(Alert.seen_at).is_(None)
    )
    return session.exec(waiting.limit(1)).first() is not None
