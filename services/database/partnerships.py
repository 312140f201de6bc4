"""The partnerships and their agencies, and the questions asked of them."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field, Session, UniqueConstraint, col, select

from services.database.partnership_row import PartnershipRow, locked, moment, of_case, written
from services.database.remembered import remembered
from services.domain.audit import INSTALLATION
from services.domain.clocks.policy import NATIONAL
from services.domain.clocks.policy_json import policy_to_json
from services.domain.errors import NotFound
from services.domain.identifiers import AgencyId, PartnershipId
from services.domain.parties import Party, parties_of

NO_AGENCY: Final = "There is no such agency in this partnership."


class Partnership(PartnershipRow, table=True):
    """One local safeguarding partnership: the tenant.

    ``authorities`` holds the names of its local authorities by their codes where it has several;
    each of them has a seat. It is empty where there is one. While its machine work is paused,
    nothing that its people's acts ordered is begun.

    ``counted_calendar`` is the digest of the bank holidays by which its open clocks were counted
    last, at the moment ``counted_at`` of the database's own clock.
    """

    __tablename__ = "partnerships"

    name: str
    code: str = Field(max_length=6)
    policy: dict[str, Any] = Field(sa_column=written())
    policy_version: int = 1
    is_demonstration: bool = False
    practice_offset: float = 0.0
    cases_opened: int = 0
    requests_entered: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    authorities: dict[str, str] = Field(default_factory=dict, sa_column=written())
    work_paused_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    work_paused_because: str = ""
    counted_calendar: str = ""
    counted_at: datetime | None = Field(default=None, sa_column=moment(optional=True))

    @property
    def parties(self) -> tuple[Party, ...]:
        """Return the parties that decide for it, one for each of its local authorities (GOV-11)."""
        return parties_of(PartnershipId(self.tenant_id), self.authorities)

    def next_reference(self, year: int) -> str:
        """Count one more case and return its reference; the row is locked by who asks."""
        self.cases_opened += 1
        return f"{self.code}-{year}-{self.cases_opened:03d}"

    def next_request_reference(self, year: int) -> str:
        """Count one more request for information and return its reference, which names nobody."""
        self.requests_entered += 1
        return f"{self.code}-IR-{year}-{self.requests_entered:03d}"


class PolicyVersion(PartnershipRow, table=True):
    """One version of the policy, why it was raised, who agreed it, and from when it holds (GOV-04).

    The first version is the one with which the partnership was founded: nobody raised it. One with
    ``effective_on`` holds once a second person has approved it, from that day on; one without holds
    since it was raised.
    """

    __tablename__ = "policy_versions"
    __table_args__ = (
        UniqueConstraint("tenant_id", "version", "raised_by", name="one_maker_of_a_policy"),
    )

    version: int = Field(primary_key=True)
    policy: dict[str, Any] = Field(sa_column=written())
    reason: str
    agreed: str = ""
    raised_by: UUID | None = Field(default=None, foreign_key="people.id")
    raised_at: datetime | None = Field(default=None, sa_column=moment(optional=True))
    effective_on: date | None = None


class Agency(PartnershipRow, table=True):
    """A relevant agency of the partnership, with its single point of contact's address.

    With a ``case_id`` it is an organisation that is asked on that case alone. Its ``address`` was
    listed by ``listed_by``, and is used once another person, ``confirmed_by``, has confirmed it;
    it is empty where that person found it wrong. One that is asked ``through`` an organisation of
    the directory has no address of its own: it goes to the named lead there, whoever that is.
    """

    __tablename__ = "agencies"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id",
            "name",
            "case_id",
            name="one_agency_of_a_name",
            postgresql_nulls_not_distinct=True,
        ),
        of_case(),
        ForeignKeyConstraint(["listed_by"], ["people.id"]),
        ForeignKeyConstraint(["confirmed_by"], ["people.id"]),
        CheckConstraint("confirmed_by <> listed_by", name="two_people_set_where_it_is_asked"),
        ForeignKeyConstraint(
            ["tenant_id", "through"], ["organisations.tenant_id", "organisations.id"]
        ),
        CheckConstraint("(case_id is null) = (listed_by is null)", name="listed_for_a_case"),
        CheckConstraint("through is null or address = ''", name="asked_at_one_place"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    name: str
    kind: str
    address: str
    case_id: UUID | None = None
    listed_by: UUID | None = None
    confirmed_by: UUID | None = None
    through: UUID | None = None

    @property
    def is_reached(self) -> bool:
        """Tell whether it may be written to: two people know the address of one case's own."""
        return self.case_id is None or self.confirmed_by is not None or self.through is not None

    @property
    def waits(self) -> bool:
        """Tell whether a second person has yet to say if its address is right."""
        return bool(self.address) and not self.is_reached


def installation() -> Partnership:
    """Return what stands in a partnership's place for who serves the installation itself.

    It has no row and is never kept: `partnerships` holds partnerships only.
    """
    return Partnership(
        tenant_id=INSTALLATION,
        name="this installation of Keyline",
        code="",
        policy=policy_to_json(NATIONAL),
    )


def first_policy(partnership: Partnership) -> PolicyVersion:
    """Return the version of the policy with which the partnership is founded."""
    return PolicyVersion(
        tenant_id=partnership.tenant_id,
        version=partnership.policy_version,
        policy=partnership.policy,
        reason="As the partnership was founded.",
    )


def lock_partnership(session: Session) -> Partnership:
    """Return the session's partnership, locked: other acts that lock it wait for this one."""
    return session.exec(locked(select(Partnership))).one()


def get_agency(session: Session, agency_id: AgencyId) -> Agency:
    """Return the agency; another partnership's is simply not found."""
    agency = session.exec(select(Agency).where(Agency.id == agency_id)).one_or_none()
    if agency is None:
        raise NotFound(NO_AGENCY)
    return agency


def agency_on(session: Session, case_id: UUID, agency_id: UUID) -> Agency:
    """Return an agency that may be named on the case; one that another case lists is not found."""
    agency = get_agency(session, AgencyId(agency_id))
    if agency.case_id not in {None, case_id}:
        raise NotFound(NO_AGENCY)
    return agency


def agencies(session: Session) -> list[Agency]:
    """Return the partnership's own agencies by name, and none that is listed for one case."""
    return [one for one in every_agency(session) if one.case_id is None]


def agencies_on(session: Session, case_id: UUID) -> list[Agency]:
    """Return by name the agencies that may be named on the case: those listed for it as well."""
    return [one for one in every_agency(session) if one.case_id in {None, case_id}]


def listed_for(session: Session, case_id: UUID) -> list[Agency]:
    """Return by name the organisations that are listed for this case alone."""
    return [one for one in every_agency(session) if one.case_id == case_id]


def agency_names(session: Session) -> dict[UUID, str]:
    """Return how each agency is called that a row may name, whatever case it is listed for."""
    return {one.id: one.name for one in every_agency(session)}


def every_agency(session: Session) -> list[Agency]:
    """Return by name every agency that a row may name, also those listed for one case."""
    question = select(Agency).order_by(col(Agency.name), col(Agency.id))
    return list(remembered(session, "agencies", lambda: session.exec(question).all()))
