"""The case and its children, and the questions asked of them."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import Index, func, text
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Field, Session, UniqueConstraint, col, select

from services.database.partnership_row import (
    PartnershipRow,
    coded,
    locked,
    moment,
    of_case,
    written,
)
from services.database.remembered import forget, remembered
from services.domain.errors import NotFound
from services.domain.identifiers import CaseId
from services.domain.workflow import Outcome, Stage

_BIRTHDAYS: Final = text("select array_remove(sec.birthdays(:case_id), null)")


class Case(PartnershipRow, table=True):
    """The partnership's file on one serious incident; its dates anchor the clocks (E-13).

    ``guidance`` holds which versions govern each step, by the day that triggered it (GOV-03).
    """

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("tenant_id", "reference", name="one_case_of_a_reference"),
        UniqueConstraint("tenant_id", "invitation_id", name="one_case_of_an_invitation"),
        # An id names one case of all partnerships: the watchers, and what is shown, rely on it.
        UniqueConstraint("id", name="one_case_of_an_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    reference: str
    stage: Stage = Field(sa_column=coded(Stage))
    opened_at: datetime = Field(sa_column=moment())
    is_death: bool = False
    is_looked_after_death: bool = False
    is_care_leaver_death: bool = False
    has_child: bool = True
    duty_elsewhere: bool = False
    abuse_suspected: bool = False
    incident_on: date | None = None
    referred_by_agency_id: UUID | None = None
    referred_at: datetime = Field(sa_column=moment())
    aware_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    awareness_stated: bool = False
    awareness: int = 1
    notified_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    notification_reference: str = ""
    looked_after_notified_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    meeting_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    pack_accepted_on: date | None = None
    met_on: date | None = None
    outcome: Outcome | None = Field(default=None, sa_column=coded(Outcome, optional=True))
    criteria_met: bool | None = None
    decision_round: int = 0
    decided_on: date | None = None
    submitted_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    panel_answered_on: date | None = None
    commissioned_on: date | None = None
    report_version: int = 0
    publishes: bool | None = None
    publish_on: date | None = None
    presented_on: date | None = None
    published_on: date | None = None
    closed_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    policy: dict[str, Any] = Field(sa_column=written())
    policy_version: int = 1
    guidance: dict[str, Any] = Field(default_factory=dict, sa_column=written())
    plan_version: int = 1
    invitation_id: UUID | None = None
    flow_run_id: UUID | None = None
    flow_attempt: int = 1

    @property
    def suspects_abuse_of_child(self) -> bool:
        """Tell whether our authority may have to notify the Panel: a person of 18 is no child.

        ``has_child`` says that a subject was under 18 on the day of the incident, or may have been,
        ``duty_elsewhere`` that another area's authority notifies of it (NOT-01, NOT-02).
        """
        return self.abuse_suspected and self.has_child and not self.duty_elsewhere


class Child(PartnershipRow, table=True):
    """One child of an incident; each may have another outcome (rules.md 7.19).

    A corrected referral adds the children as it tells of them, under the next ``version``.
    """

    __tablename__ = "children"
    __table_args__ = (
        of_case(),
        Index("children_names", text("sec.name_keys(name)"), postgresql_using="gin"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID = Field(index=True)
    version: int = 1
    place: int
    name: str
    born_on: date | None = None
    particulars: dict[str, Any] = Field(sa_column=written())


def get_case(session: Session, case_id: CaseId, *, for_change: bool = False) -> Case:
    """Return the case; another partnership's case is simply not found."""
    question = select(Case).where(Case.id == case_id)
    if for_change:
        forget(session)  # what was read before the lock may have changed meanwhile
        case = session.exec(locked(question)).one_or_none()
    else:
        key = ("case", case_id)
        case = remembered(session, key, lambda: session.exec(question).one_or_none())
    if case is None:
        raise NotFound("There is no such case.")
    return case


def cases_of(session: Session, ids: set[UUID]) -> dict[UUID, Case]:
    """Return these cases by their ids."""
    return {case.id: case for case in session.exec(select(Case).where(col(Case.id).in_(ids)))}


def children(session: Session, case_id: UUID) -> list[Child]:
    """Return the children of the incident as the newest referral tells of them, in its order."""
    question = select(Child).where(Child.case_id == case_id)
    found = list(session.exec(question.order_by(col(Child.place), col(Child.id))))
    newest = max((one.version for one in found), default=0)
    return [one for one in found if one.version == newest]


def birthdays(session: Session, case_id: UUID) -> list[date]:
    """Return the children's birthdays, also where the rows are hidden from the actor."""
    session.flush()
    found: list[date] = session.execute(_BIRTHDAYS, {"case_id": case_id}).scalar_one()
    return found


def every_case(session: Session) -> list[Case]:
    """Return all cases of the partnership that may be known of, to be counted."""
    return list(session.exec(select(Case).order_by(col(Case.opened_at), col(Case.id))))


def has_notified(session: Session) -> bool:
    """Tell whether the partnership has notified the Panel of an incident."""
    question = select(Case.id).where(col(Case.notified_at).is_not(None)).limit(1)
    return session.exec(question).first() is not None


def open_cases(session: Session) -> list[Case]:
    """Return the partnership's cases that are not closed, by their references."""
    question = select(Case).where(Case.stage != Stage.CLOSED)
    return list(session.exec(question.order_by(col(Case.reference), col(Case.id))))


def list_cases(session: Session, *asked: ColumnElement[bool]) -> list[Case]:
    """Return all cases of the partnership that meet the conditions, newest first.

    Nothing is left out silently: who shows many asks for one page (`paging.page_of`).
    """
    question = select(Case).where(*asked).order_by(col(Case.opened_at).desc(), col(Case.id))
    return list(session.exec(question))


def cases_referenced(session: Session, reference: str) -> list[Case]:
    """Return the partnership's case of that reference, however its letters are written."""
    return list_cases(session, func.upper(col(Case.reference)) == reference.upper())
