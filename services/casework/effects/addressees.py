"""Who is behind the address of an email, and whether what they declared lets them be told."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import Session

from services.casework.access.reach import reached_by
from services.database.cases import Case
from services.database.decisions import Declaration, conflicted_beside, declarations_on
from services.database.directory import Contact
from services.database.directory_entries import (
    address_of_organisation,
    contacts_on,
    ever_named,
    point_of_contact,
)
from services.database.guests import guest_of
from services.database.partnerships import get_agency
from services.database.people import Person, emails_of, memberships_on
from services.database.unit_of_work import UnitOfWork
from services.domain.directory import ContactRole
from services.domain.identifiers import AgencyId
from services.domain.recipients import Recipient
from services.identity.actors import actor_for

# Contacts of the directory, most of whom have no account.
OF_DIRECTORY = {
    Recipient.DIRECTOR: ContactRole.DIRECTOR,
    Recipient.EXECUTIVE: ContactRole.EXECUTIVE,
    Recipient.REVIEW_GROUP: ContactRole.REVIEW_GROUP,
    Recipient.STRATEGIC_LEAD: ContactRole.STRATEGIC_LEAD,
    Recipient.UNIT_MANAGER: ContactRole.UNIT_MANAGER,
    Recipient.DATA_PROTECTION_OFFICER: ContactRole.DATA_PROTECTION_OFFICER,
    Recipient.CHILD_DEATH_COORDINATOR: ContactRole.CHILD_DEATH_COORDINATOR,
}


@dataclass(frozen=True, slots=True, order=True)
class Addressee:
    """Where an email goes, and whether a person there may open the case.

    Who has no account is let in by a one-time address: a ``guest`` in their own person, by their
    id, or whoever reads the mail of the agency that ``guest_of`` names.
    """

    address: str
    may_open: bool = True
    guest: str = ""
    guest_of: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """What each person has declared on a case: it decides whether and what they are told."""

    by_person: Mapping[UUID, Declaration]
    beside: Set[UUID] = frozenset()
    session: Session | None = None

    @classmethod
    def on(cls, work: UnitOfWork, case: Case) -> "Declared":
        """Read the declarations on the case, and to whom an interest closes it from beside."""
        beside = conflicted_beside(work.session, case.id)
        return cls(declarations_on(work.session, case.id), beside, work.session)

    def may_open(self, person: Person) -> bool:
        """Tell whether the person has declared and may open the case."""
        declared = self.by_person.get(person.id)
        return declared is not None and declared.opens_case and person.id not in self.beside

    def has_closed_to(self, person_id: UUID) -> bool:
        """Tell whether a conflict has closed the case to the person (LC-02).

        One that was declared on another side of a joint review closes ours too.
        """
        declared = self.by_person.get(person_id)
        return person_id in self.beside or (declared is not None and declared.closes)

    def people(self, people: Iterable[Person]) -> Iterator[Addressee]:
        """Yield the people, but for those to whom a conflict, or an ended access, has closed it."""
        for person in people:
            if not self.has_closed_to(person.id) and not self._is_shut_out(person):
                guest = str(person.id) if person.is_guest else ""
                yield Addressee(person.email, self.may_open(person), guest)

    def _is_shut_out(self, person: Person) -> bool:
        """Tell whether the person is a guest whose access was ended; one that lapsed is renewed."""
        if not person.is_guest or self.session is None:
            return False
        guest = guest_of(self.session, person.id)
        return guest is None or guest.ended_at is not None

    def closes(self, work: UnitOfWork, address: str, but_of: UUID | None = None) -> bool:
        """Tell whether a conflict has closed the case to the account that has this address.

        A guest who came for the agency ``but_of`` closes nothing: others read its mail as well.
        """
        shut = {one for one in {*self.by_person, *self.beside} if self.has_closed_to(one)}
        if but_of is not None:
            came = {one: guest_of(work.session, one) for one in shut}
            shut = {one for one, as_ in came.items() if as_ is None or as_.agency_id != but_of}
        closed = emails_of(work.session, shut)
        return address.lower() in {one.lower() for one in closed}

    def contacts(
        self, work: UnitOfWork, case: Case, post: Recipient, agency_id: UUID | None
    ) -> Iterator[Addressee]:
        """Yield the contacts of the day whom email reaches, but not whom a conflict excludes."""
        found = holders(work, post, agency_id)
        yield from self.at(work, case, [one.address for one in found])

    def at(self, work: UnitOfWork, case: Case, addresses: Iterable[str]) -> Iterator[Addressee]:
        """Yield these addresses of contacts; one may be the address of somebody's account too.

        Where that person has yet to declare, they are told no more there than anywhere else (G7).
        """
        mailed = [one for one in addresses if not one.startswith("https://")]
        if not mailed:
            return
        people = {*self.by_person, *self.beside}
        closed = emails_of(work.session, {one for one in people if self.has_closed_to(one)})
        undeclared = self._undeclared(work, case)
        for address in mailed:
            if address.lower() not in closed:
                yield Addressee(address, may_open=address.lower() not in undeclared)

    def _undeclared(self, work: UnitOfWork, case: Case) -> set[str]:
        """Return the addresses of the accounts that reach the case and have yet to declare on it.

        Of who reaches it in no role nothing is asked: they are contacts and nothing else.
        """
        return {
            person.email.lower()
            for held, person in memberships_on(work.session, work.today)
            if not person.is_guest
            and not self.may_open(person)
            and reached_by(replace(work, actor=actor_for(held, work.today)))(case)
        }


def is_held(
    work: UnitOfWork, recipient: Recipient, agency_id: UUID | None, declared: Declared
) -> bool:
    """Tell whether somebody holds the post today, if the recipient is a post of the directory.

    An agency that is listed for the case is one too, while it is reached nowhere.
    """
    if recipient is Recipient.AGENCY and agency_id is not None:
        agency = get_agency(work.session, AgencyId(agency_id))
        return agency.case_id is None or bool(open_address(work, AgencyId(agency_id), declared))
    return recipient not in OF_DIRECTORY or bool(holders(work, recipient, agency_id))


def holders(work: UnitOfWork, post: Recipient, agency_id: UUID | None) -> list[Contact]:
    """Return who holds the post of the directory today; a strategic lead is the agency's own."""
    found = contacts_on(work.session, work.today, OF_DIRECTORY[post])
    if post is not Recipient.STRATEGIC_LEAD:
        return found
    agency = None if agency_id is None else get_agency(work.session, AgencyId(agency_id))
    if agency is None or agency.case_id is not None:
        return []
    known = ever_named(work.session, agency.name)
    return [one for one in found if one.organisation_id in known]


def address_of_agency(work: UnitOfWork, agency_id: AgencyId) -> str:
    """Return where the agency is written to today.

    The point of contact in the dated directory comes before the address it was founded with. One
    that is listed for a case is written to where two people know it, and until then nowhere: it
    bears the name of no organisation of the directory, whatever that is called.
    """
    agency = get_agency(work.session, agency_id)
    if agency.through is not None:
        lead = practice_leads(work).get(agency.through)
        return lead.address if lead is not None else ""
    if agency.case_id is not None:
        return agency.address if agency.is_reached else ""
    return address_of_organisation(work.session, agency.name, work.today) or agency.address


def contact_of_agency(work: UnitOfWork, agency_id: AgencyId) -> str:
    """Return who is named today as the agency's single point of contact, if anybody is (LC-30)."""
    agency = get_agency(work.session, agency_id)
    if agency.through is not None:
        lead = practice_leads(work).get(agency.through)
        return lead.holder if lead is not None else ""
    if agency.case_id is not None:
        return ""
    named = point_of_contact(work.session, agency.name, work.today)
    return named.holder if named is not None else ""


def open_address(work: UnitOfWork, agency_id: AgencyId, declared: Declared) -> str:
    """Return where the agency is written to today, or nothing where a conflict has closed that.

    Of an organisation that is listed for the case this is asked: its lead may have declared a
    conflict when they came for another practice, or have an account (LC-02).
    """
    address, agency = address_of_agency(work, agency_id), get_agency(work.session, agency_id)
    if agency.case_id is None:
        return address
    but_of = agency.id if agency.through is None else None
    return "" if declared.closes(work, address, but_of) else address


def practice_leads(work: UnitOfWork) -> dict[UUID, Contact]:
    """Return the named leads of today through whom practices are asked, by their organisation."""
    found = contacts_on(work.session, work.today, ContactRole.PRACTICE_LEAD)
    in_order = sorted(found, key=lambda one: (one.valid_from, one.added_at))
    return {one.organisation_id: one for one in in_order if not one.address.startswith("https://")}
