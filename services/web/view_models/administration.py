"""What a partnership is set up with, as its administrator reads it."""

from dataclasses import dataclass
from datetime import date, datetime

from services.casework.administration.overview import administration_links, people_held
from services.casework.document_builders.business_unit import unit_contact
from services.database.identities import vouching_for
from services.database.partnerships import Agency, agencies
from services.database.people import Membership, everybody
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy_json import stored_policy
from services.domain.labels import label
from services.domain.parties import party_name
from services.domain.plain_text import capital
from services.web.view_models.audit_words import role_of, what_of, who_of

MANY = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person in one role: how they sign in, in which seat, from when until when."""

    name: str
    email: str
    role: str
    seat: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdministrationView:
    """The partnership's set-up on one page."""

    people: list[PersonLine]
    agencies: list[Agency]
    policy: str
    policy_number: int
    closed_days: int
    providers: list[str]
    unit_address: str
    unit_telephone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdministrationLine:
    """One link about the administration."""

    number: int
    at: datetime
    who: str
    role: str
    what: str


def administration_view(work: UnitOfWork) -> AdministrationView:
    """Gather what the partnership is set up with, for its administrator."""
    policy, unit = stored_policy(work.partnership.policy), unit_contact(work)
    return AdministrationView(
        people=[
            PersonLine(
                name=person.name,
                email=person.email,
                role=capital(label(held.role)),
                seat=_seat(work, held),
                since=held.from_on,
                until=held.to_on,
            )
            for held, person in people_held(work)
        ],
        agencies=agencies(work.session),
        policy=f"{policy.name}, version {policy.version}",
        policy_number=work.partnership.policy_version,
        closed_days=sum(one >= work.today for one in policy.closed_days),
        providers=vouching_for(work.session),
        unit_address=unit.address if unit else "",
        unit_telephone=unit.telephone if unit else "",
    )


def administration_lines(work: UnitOfWork, below: int | None) -> list[AdministrationLine]:
    """Return the newest links about the administration, below a number where one is given."""
    people = everybody(work.session)
    return [
        AdministrationLine(
            number=link.seq,
            at=link.at,
            who=who_of(link.body, people, {}),
            role=role_of(link.body),
            what=capital(what_of(link.body)),
        )
        for link in administration_links(work, below, MANY)
    ]


def _seat(work: UnitOfWork, held: Membership) -> str:
    if held.seat is None:
        return ""
    return capital(party_name(held.seat, held.authority, work.partnership.authorities))
