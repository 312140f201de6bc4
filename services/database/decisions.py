"""The partners' sign-offs, and who has declared conflicts and agreed confidentiality."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Column, DateTime, Index, text
from sqlmodel import Field, Session, UniqueConstraint, col, select

from services.database.partnership_row import PartnershipRow, coded, moment, of_case
from services.database.remembered import remembered
from services.domain.entry_types import Section
from services.domain.identifiers import PartnershipId, PersonId
from services.domain.parties import Party
from services.domain.roles import Seat
from services.domain.sign_off import Position, SignOffMatter
from services.domain.working_days import london_date

_CLOSED = text("select sec.blocked_cases()")
_BESIDE = text("select sec.conflicted_beside(:case_id)")
_SETTLE = text("select sec.settle_interest(:case_id, :person_id, :closes)")


class SignOff(PartnershipRow, table=True):
    """One party's position on one matter, in one round (RR-30, PUB-02).

    ``words_sha256`` is the digest of the words that were signed, ``paper_sha256`` that of the paper
    made of them, empty where it was not made yet. ``decides`` and ``accountable_to`` say by what
    authority the person signed, and to whom they answer for it (GOV-12).

    ``replaces`` is the position of the same party whose place it takes, ``named_lead`` the lead
    whose position it is where they have no account and somebody put it on record for them.
    """

    __tablename__ = "sign_offs"
    __table_args__ = (
        of_case(),
        UniqueConstraint(
            "tenant_id",
            "case_id",
            "matter",
            "round",
            "seat",
            "authority",
            "joint_review_id",
            "replaces",
            name="one_sign_off_a_seat",
            postgresql_nulls_not_distinct=True,
        ),
        UniqueConstraint(
            "tenant_id",
            "case_id",
            "matter",
            "round",
            "person_id",
            "joint_review_id",
            "replaces",
            name="one_seat_a_person",
            postgresql_nulls_not_distinct=True,
        ),
        Index(
            "signed_in_a_review",
            "joint_review_id",
            postgresql_where=text("joint_review_id is not null"),
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    matter: SignOffMatter = Field(sa_column=coded(SignOffMatter))
    round: int
    seat: Seat = Field(sa_column=coded(Seat))
    authority: str = ""
    person_id: UUID
    decides: str = ""
    accountable_to: str = ""
    position: Position = Field(sa_column=coded(Position))
    reasons: str
    words_sha256: str
    paper_sha256: str = ""
    section: Section = Field(sa_column=coded(Section))
    joint_review_id: UUID | None = None
    replaces: UUID | None = None
    named_lead: str = ""
    at: datetime = Field(sa_column=moment())

    @property
    def party(self) -> Party:
        """Return the party for which it was signed."""
        return Party(PartnershipId(self.tenant_id), self.seat, self.authority)

    @property
    def signed_by(self) -> PersonId:
        """Return the person who signed."""
        return PersonId(self.person_id)

    @property
    def signed_on(self) -> date:
        """Return the day, in England, on which it was signed."""
        return london_date(self.at)


class Declaration(PartnershipRow, table=True):
    """What one person declared on one case, and their confidentiality agreement (LC-01, G7).

    ``number`` counts what they declared there: an interest may arise later, and the newest holds.
    ``agreement`` is the version of the agreement to which they agreed; 0 where they did not.
    ``closes`` says whether the interest that they declared closes the case to them: it does until
    it is decided that they may take part (`sec.settle_interest`).
    """

    __tablename__ = "declarations"
    __table_args__ = (
        of_case(),
        UniqueConstraint(
            "tenant_id", "case_id", "person_id", "number", name="one_declaration_a_number"
        ),
        CheckConstraint("has_conflict or not closes", name="only_an_interest_closes"),
        CheckConstraint("keeps_confidential = (agreement > 0)", name="a_version_was_agreed"),
        Index("closed_to_a_person", "person_id", postgresql_where=text("closes")),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    case_id: UUID
    person_id: UUID
    number: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    has_conflict: bool
    closes: bool
    particulars: str = ""
    keeps_confidential: bool
    agreement: int
    at: datetime = Field(sa_column=moment())
    # By the database's clock: by it `sec.blocked_cases()` knows the act that declares.
    recorded_at: datetime | None = Field(
        default=None,
        sa_column=Column(
            DateTime(timezone=True), nullable=False, server_default=text("transaction_timestamp()")
        ),
    )

    @property
    def opens_case(self) -> bool:
        """Tell whether the person may open the case: nothing closes it, confidentiality agreed."""
        return self.keeps_confidential and not self.closes


def sign_offs(session: Session, case_id: UUID, matter: SignOffMatter, round_: int) -> list[SignOff]:
    """Return the partners' positions on the matter in this round, on a case carried alone."""
    found = signed_on_case(session, case_id, matter)
    return [one for one in found if one.round == round_ and one.joint_review_id is None]


def signed_on_case(session: Session, case_id: UUID, matter: SignOffMatter) -> list[SignOff]:
    """Return what our own parties ever signed of the matter on the case, alone or with others."""
    return [one for one in _signed(session, case_id) if one.matter == matter]


def all_signed(session: Session, case_id: UUID) -> Sequence[SignOff]:
    """Return all that our own parties ever signed on the case, in the order of signing."""
    return _signed(session, case_id)


def signed_by(session: Session, case_id: UUID, person_id: UUID) -> list[SignOff]:
    """Return what the person has signed on the case, of any matter and round."""
    return [one for one in _signed(session, case_id) if one.person_id == person_id]


def _signed(session: Session, case_id: UUID) -> Sequence[SignOff]:
    """Return what was signed on the case, in the order of signing."""
    question = select(SignOff).where(SignOff.case_id == case_id)
    ordered = question.order_by(col(SignOff.at), col(SignOff.id))
    return remembered(session, ("signed", case_id), lambda: session.exec(ordered).all())


def declaration(session: Session, case_id: UUID, person_id: UUID) -> Declaration | None:
    """Return what the person declared last on this case, if anything."""
    return next(reversed(declared_by(session, case_id, person_id)), None)


def declared_by(session: Session, case_id: UUID, person_id: UUID) -> list[Declaration]:
    """Return all that the person declared on this case, oldest first: the newest holds."""
    question = select(Declaration).where(
        Declaration.case_id == case_id, Declaration.person_id == person_id
    )
    return list(session.exec(question.order_by(col(Declaration.number))))


def declarations_of(session: Session, person_id: UUID) -> dict[UUID, Declaration]:
    """Return what the person declared last, by the case on which they did."""
    question = select(Declaration).where(Declaration.person_id == person_id)
    ordered = question.order_by(col(Declaration.number))
    return {one.case_id: one for one in session.exec(ordered)}


def declarations_on(session: Session, case_id: UUID) -> dict[UUID, Declaration]:
    """Return what was declared on the case, by the person who did: of each the newest."""
    question = select(Declaration).where(Declaration.case_id == case_id)
    ordered = question.order_by(col(Declaration.number))
    return {one.person_id: one for one in session.exec(ordered)}


def closed_by_interest(session: Session) -> set[tuple[UUID, UUID]]:
    """Return each case of the partnership with each person to whom an interest closes it."""
    question = select(Declaration.case_id, Declaration.person_id).where(Declaration.closes)
    return set(session.exec(question).all())


def settle_interest(session: Session, declared: Declaration, *, closes: bool) -> bool:
    """Let a declared interest close the case or not, by somebody else; tell whether it was done.

    All that the person declared on the case is settled together, so that nothing older closes it.
    Nobody settles their own: the database refuses it too (G7).
    """
    values = {"case_id": declared.case_id, "person_id": declared.person_id, "closes": closes}
    done: bool = session.execute(_SETTLE, values).scalar_one()
    session.refresh(declared)
    return done


def cases_closed(session: Session) -> set[UUID]:
    """Return the cases that a declared interest closes to the acting person (LC-02).

    In a joint review a conflict that is declared on one side closes the case rows of all sides.
    """
    return set(session.execute(_CLOSED).scalar_one())


def conflicted_beside(session: Session, case_id: UUID) -> set[UUID]:
    """Return our people to whom an interest closes another side's row of the joint review."""
    return set(session.execute(_BESIDE, {"case_id": case_id}).scalar_one())
