"""The actions of a case's plan: owner, last day, progress, evidence."""

from collections.abc import Collection
from datetime import date
from uuid import UUID, uuid4

from sqlmodel import Field, Session, col, select

from services.database.partnership_row import PartnershipRow, coded, locked, of_agency, of_case
from services.domain.actions import Progress
from services.domain.errors import NotFound


class Action(PartnershipRow, table=True):
    """One thing that will change, by whom and by when (PUB-18, EMB-08)."""

    __tablename__ = "actions"
    __table_args__ = (of_case(), of_agency())

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID = Field(index=True)
    number: int
    recommendation: str
    action: str
    agency_id: UUID
    measure: str
    last_day: date
    progress: Progress = Field(default=Progress.OPEN, sa_column=coded(Progress))
    evidence: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether it is neither completed nor its risk accepted."""
        return self.progress is Progress.OPEN


def actions(session: Session, case_id: UUID) -> list[Action]:
    """Return the case's actions in the order of the plan."""
    question = select(Action).where(Action.case_id == case_id)
    return list(session.exec(question.order_by(col(Action.number), col(Action.id))))


def actions_of_cases(session: Session, case_ids: Collection[UUID]) -> list[Action]:
    """Return the actions of these cases, those that are due first before others."""
    question = select(Action).where(col(Action.case_id).in_(case_ids))
    return list(
        session.exec(question.order_by(col(Action.last_day), col(Action.number), col(Action.id)))
    )


def get_action(session: Session, case_id: UUID, number: int) -> Action:
    """Return one action of the plan by its number."""
    question = select(Action).where(Action.case_id == case_id, Action.number == number)
    found = session.exec(locked(question)).one_or_none()
    if found is None:
        raise NotFound("There is no action with that number in this case's plan.")
    return found
