"""What a partnership says of how long records are kept: proposals, their answers, legal holds.

Proposals and answers are only added to. What is said of one case goes with the case: what stays of
it then is the ledger (`disposals.py`) and the audit chain.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlmodel import Field, Session, UniqueConstraint, col, select

from services.database.partnership_row import (
    PartnershipRow,
    coded,
    locked,
    moment,
    of_case,
    written,
)
from services.domain.errors import NotFound
from services.domain.retention import (
    HoldGround,
    Holding,
    HoldingKind,
    RecordClass,
    RetentionMatter,
)

_WHAT_HOLDS: Final = text(
    "select one.case_id, held.kind, held.id from unnest(cast(:cases as uuid[])) one (case_id)"
    " cross join lateral sec.what_holds(one.case_id) held order by held.kind desc, held.id"
)


class RetentionProposal(PartnershipRow, table=True):
    """A schedule, that a record is kept longer, or that it is disposed of.

    A schedule has ``years`` by class, and is of no case. A record that is kept longer comes up
    again on ``review_on``. ``under`` is the schedule by which a record came up.
    """

    __tablename__ = "retention_proposals"
    __table_args__ = (
        of_case(),
        ForeignKeyConstraint(["proposed_by"], ["people.id"]),
        UniqueConstraint("tenant_id", "id", "proposed_by", name="one_maker_of_a_retention"),
        CheckConstraint("(matter = 'schedule') = (case_id is null)", name="a_schedule_is_general"),
        CheckConstraint("(matter = 'schedule') = (years is not null)", name="a_schedule_has_years"),
        CheckConstraint("(matter = 'keep') = (review_on is not null)", name="kept_until_a_day"),
        Index("retention_proposals_of_a_case", "tenant_id", "case_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    matter: RetentionMatter = Field(sa_column=coded(RetentionMatter))
    case_id: UUID | None = None
    record_class: RecordClass | None = Field(
        default=None, sa_column=coded(RecordClass, optional=True)
    )
    years: dict[str, Any] | None = Field(default=None, sa_column=written(optional=True))
    review_on: date | None = None
    under: UUID | None = None
    reasons: str
    agreed: str = ""
    proposed_by: UUID
    proposed_at: datetime = Field(sa_column=moment())


class RetentionAnswer(PartnershipRow, table=True):
    """What a second person said of a proposal; the database refuses an answer of the first.

    That a record is disposed of leaves no answer: the ledger says who approved it.
    """

    __tablename__ = "retention_answers"
    __table_args__ = (
        of_case(),
        CheckConstraint("answered_by <> proposed_by", name="two_people_say_how_long"),
        ForeignKeyConstraint(
            ["tenant_id", "proposal_id", "proposed_by"],
            [
                "retention_proposals.tenant_id",
                "retention_proposals.id",
                "retention_proposals.proposed_by",
            ],
        ),
        ForeignKeyConstraint(["answered_by"], ["people.id"]),
    )

    proposal_id: UUID = Field(primary_key=True)
    case_id: UUID | None = None
    proposed_by: UUID
    is_approved: bool
    reasons: str = ""
    answered_by: UUID
    answered_at: datetime = Field(sa_column=moment())


class LegalHold(PartnershipRow, table=True):
    """That a case, or without one the whole partnership, may not be disposed of, and why."""

    __tablename__ = "legal_holds"
    __table_args__ = (
        of_case(),
        ForeignKeyConstraint(["placed_by"], ["people.id"]),
        ForeignKeyConstraint(["released_by"], ["people.id"]),
        CheckConstraint(
            "(released_at is null) = (released_by is null)", name="a_hold_is_released_by_somebody"
        ),
        Index("legal_holds_of_a_case", "tenant_id", "case_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID | None = None
    ground: HoldGround = Field(sa_column=coded(HoldGround))
    reasons: str
    placed_by: UUID
    placed_at: datetime = Field(sa_column=moment())
    released_by: UUID | None = None
    released_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    released_because: str = ""


def what_holds(session: Session, cases: Iterable[UUID]) -> dict[UUID, tuple[Holding, ...]]:
    """Return what holds each of these cases now, as the statements that delete ask it.

    A case that nothing holds is not among them; legal holds come before requests.
    """
    found: dict[UUID, tuple[Holding, ...]] = {}
    for case_id, kind, of in session.execute(_WHAT_HOLDS, {"cases": list(cases)}):
        found[case_id] = (*found.get(case_id, ()), Holding(HoldingKind(kind), of))
    return found


def holds(session: Session) -> Sequence[LegalHold]:
    """Return every hold that was ever placed, newest first."""
    newest = (col(LegalHold.placed_at).desc(), col(LegalHold.id))
    return session.exec(select(LegalHold).order_by(*newest)).all()


def get_hold(session: Session, hold_id: UUID) -> LegalHold:
    """Return one hold; another partnership's is simply not found."""
    found = session.exec(select(LegalHold).where(LegalHold.id == hold_id)).one_or_none()
    if found is None:
        raise NotFound("There is no such hold.")
    return found


def hold_to_release(session: Session, hold_id: UUID) -> LegalHold | None:
    """Return the hold while nobody else releases it; nothing where it is released already.

    The database lets nobody change one that is (`released_by_its_releaser`).
    """
    return session.exec(locked(select(LegalHold).where(LegalHold.id == hold_id))).one_or_none()


Answered = tuple[RetentionProposal, RetentionAnswer | None]


def proposals(session: Session) -> Sequence[Answered]:
    """Return every proposal with its answer, newest first."""
    question = (
        select(RetentionProposal, RetentionAnswer)
        .join(
            RetentionAnswer,
            col(RetentionAnswer.proposal_id) == col(RetentionProposal.id),
            isouter=True,
        )
        .order_by(col(RetentionProposal.proposed_at).desc(), col(RetentionProposal.id))
    )
    return session.exec(question).all()


def get_proposal(session: Session, proposal_id: UUID) -> Answered:
    """Return one proposal with its answer; another partnership's is simply not found."""
    for proposal, answer in proposals(session):
        if proposal.id == proposal_id:
            return proposal, answer
    raise NotFound("There is no such proposal.")


def schedule_in_force(found: Sequence[Answered]) -> RetentionProposal | None:
    """Return the schedule that was approved last, of proposals newest first."""
    adopted = [
        (answer.answered_at, proposal)
        for proposal, answer in found
        if proposal.matter is RetentionMatter.SCHEDULE and answer is not None and answer.is_approved
    ]
    return max(adopted, key=lambda one: one[0])[1] if adopted else None
