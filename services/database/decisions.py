"""The three partners' sign-offs, and who has declared conflicts and agreed confidentiality."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field, Session, UniqueConstraint, col, select

from services.database.partnership_row import PartnershipRow, coded, moment, of_case
from services.domain.roles import Seat
from services.domain.sign_off import Position, SignOffMatter


class SignOff(PartnershipRow, table=True):
    """One partner's position on one matter, in one round (RR-30, PUB-02)."""

    __tablename__ = "sign_offs"
    __table_args__ = (
        of_case(),
        UniqueConstraint(
            "tenant_id", "case_id", "matter", "round", "seat", name="one_sign_off_a_seat"
        ),
        UniqueConstraint(
            "tenant_id", "case_id", "matter", "round", "person_id", name="one_seat_a_person"
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    matter: SignOffMatter = Field(sa_column=coded(SignOffMatter))
    round: int
    seat: Seat = Field(sa_column=coded(Seat))
    person_id: UUID
    position: Position = Field(sa_column=coded(Position))
    reasons: str
    at: datetime = Field(sa_column=moment())


class Declaration(PartnershipRow, table=True):
    """One person's declaration and confidentiality agreement on one case (LC-01, G7)."""

    __tablename__ = "declarations"
    __table_args__ = (
        of_case(),
        UniqueConstraint("tenant_id", "case_id", "person_id", name="one_declaration_a_person"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    person_id: UUID
    has_conflict: bool
    particulars: str = ""
    keeps_confidential: bool
    at: datetime = Field(sa_column=moment())

    @property
    def opens_case(self) -> bool:
        """Tell whether the person may open the case: no conflict, and confidentiality agreed."""
        return self.keeps_confidential and not self.has_conflict


def sign_offs(session: Session, case_id: UUID, matter: SignOffMatter, round_: int) -> list[SignOff]:
    """Return the partners' positions on the matter in this round."""
    return list(
        session.exec(
            select(SignOff)
            .where(SignOff.case_id == case_id, SignOff.matter == matter, SignOff.round == round_)
            .order_by(col(SignOff.at), col(SignOff.id))
        )
    )


def seats_of(session: Session, case_id: UUID, person_id: UUID) -> set[Seat]:
    """Return the seats for which the person has signed anything on the case."""
    question = select(SignOff).where(SignOff.case_id == case_id, SignOff.person_id == person_id)
    return {one.seat for one in session.exec(question)}


def declaration(session: Session, case_id: UUID, person_id: UUID) -> Declaration | None:
    """Return what the person declared on this case, if anything."""
    return session.exec(
        select(Declaration).where(
            Declaration.case_id == case_id, Declaration.person_id == person_id
        )
    ).one_or_none()


def declarations_of(session: Session, person_id: UUID) -> dict[UUID, Declaration]:
    """Return what the person declared, by the case on which they did."""
    question = select(Declaration).where(Declaration.person_id == person_id)
    return {one.case_id: one for one in session.exec(question)}


def declarations_on(session: Session, case_id: UUID) -> dict[UUID, Declaration]:
    """Return what was declared on the case, by the person who did."""
    question = select(Declaration).where(Declaration.case_id == case_id)
    return {one.person_id: one for one in session.exec(question)}
