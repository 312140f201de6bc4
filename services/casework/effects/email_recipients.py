"""Who is behind a recipient: people by their role or by name, agencies, contacts, bodies (E-04)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.casework.effects.addressees import (
    OF_DIRECTORY,
    Addressee,
    Declared,
    open_address,
)
from services.database.agency_requests import requests
from services.database.attendance import named_attendees
from services.database.cases import Case
from services.database.people import Person, members, people_of
from services.database.reviewers import reviewers_now
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.emails import EmailMatter
from services.domain.identifiers import AgencyId
from services.domain.invitations import Invitation
from services.domain.parties import Party
from services.domain.recipients import Recipient
from services.domain.roles import Role
from services.domain.todos import Todo

NATIONAL = frozenset(
    {
        Recipient.PANEL,
        Recipient.PANEL_SECRETARIAT,
        Recipient.OFSTED,
        Recipient.DEPARTMENT,
        Recipient.SECRETARY_OF_STATE,
        Recipient.NSPCC,
    }
)
# Who cannot open a case, and gets no link to one.
WITHOUT_CASES = (
    NATIONAL
    | OF_DIRECTORY.keys()
    | {
        Recipient.DATA_PROTECTION_CONTACT,
        Recipient.ON_DUTY,
        Recipient.WRONG_RECIPIENT,
        Recipient.GUEST,
    }
)
# Who declares nothing, whatever account they have; a contact of the directory may have one. Whoever
# declared an interest is told that it is decided, also where the case stays closed to them.
WITHOUT_DECLARATION = {
    Recipient.DECLARER,
    *(WITHOUT_CASES - OF_DIRECTORY.keys() - {Recipient.ON_DUTY}),
}
_OF_THE_MEETING = frozenset({Recipient.ATTENDEES, Recipient.INVITED})
ROLES_WRITTEN_TO = {
    Recipient.PARTNERS: Role.SAFEGUARDING_PARTNER,
    Recipient.DECISION_MAKER: Role.NOTIFIER,
    Recipient.SEAT: Role.SAFEGUARDING_PARTNER,
    Recipient.CHAIR: Role.REVIEW_GROUP_CHAIR,
    Recipient.SCRUTINEER: Role.INDEPENDENT_SCRUTINEER,
    Recipient.GROUP_MEMBERS: Role.REVIEW_GROUP_MEMBER,
    Recipient.BUSINESS_MANAGER: Role.BUSINESS_MANAGER,
    Recipient.COMMUNICATIONS: Role.COMMUNICATIONS_LEAD,
    Recipient.DATA_PROTECTION_CONTACT: Role.DATA_PROTECTION_CONTACT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailContext:
    """What an email is about: enough to act on, and nothing of the case's content."""

    matter: EmailMatter | None = None
    due: date | None = None
    todo: Todo | None = None
    part: str = ""
    address: str = ""
    agency_id: UUID | None = None
    party: Party | None = None
    role: Role | None = None
    person_id: UUID | None = None
    invitation: Invitation | None = None


def addressees(
    work: UnitOfWork, case: Case, recipient: Recipient, about: EmailContext, declared: Declared
) -> Iterator[Addressee]:
    """Yield those behind a recipient; a national body's address is looked up when it is sent.

    Whoever is named to attend is written to in their own person. Until somebody is named, the
    partners, the chair and the agencies asked are invited; an agency may not read what follows.
    """
    if recipient in NATIONAL:
        yield Addressee("")
    if recipient in {Recipient.WRONG_RECIPIENT, Recipient.GUEST, Recipient.DECLARER}:
        yield Addressee(about.address)
    if recipient is Recipient.ON_DUTY:
        yield from declared.at(work, case, [about.address])
    named = named_attendees(work.session, case.id) if recipient in _OF_THE_MEETING else ()
    if named:
        yield from declared.people(people_of(work.session, named))
        return
    if recipient in OF_DIRECTORY:
        yield from declared.contacts(work, case, recipient, about.agency_id)
    for role, party in _roles_of(recipient, about):
        people = members(work.session, role, on=work.today, party=party)
        yield from declared.people(_only_reviewers(work, case, recipient, about, people))
    for agency_id in _agencies_of(work, case, recipient, about):
        yield from _of_agency(work, AgencyId(agency_id), declared)


def _roles_of(recipient: Recipient, about: EmailContext) -> Iterator[tuple[Role, Party | None]]:
    if recipient in ROLES_WRITTEN_TO:
        yield ROLES_WRITTEN_TO[recipient], about.party
    elif recipient is Recipient.REVIEWER:
        yield Role.LEAD_REVIEWER, None
    elif recipient is Recipient.DUTY_HOLDER and about.agency_id is None and about.role is not None:
        yield about.role, about.party
    elif recipient in _OF_THE_MEETING:
        yield Role.SAFEGUARDING_PARTNER, None
        yield Role.REVIEW_GROUP_CHAIR, None


def _agencies_of(
    work: UnitOfWork, case: Case, recipient: Recipient, about: EmailContext
) -> Iterator[UUID]:
    named = {Recipient.AGENCY, Recipient.ACTION_OWNER, Recipient.DUTY_HOLDER}
    agency_id = about.agency_id if recipient in named else None
    if recipient is Recipient.REFERRER:
        agency_id = case.referred_by_agency_id
    if agency_id is not None:
        yield agency_id
    if recipient in {Recipient.AGENCIES, Recipient.INVITED}:
        for request in requests(work.session, case.id, Asked.SCOPING_RETURN):
            yield request.agency_id


def _only_reviewers(
    work: UnitOfWork, case: Case, recipient: Recipient, about: EmailContext, people: list[Person]
) -> list[Person]:
    """Keep of the reviewers only this case's own, or the one whom it is about (LC-24)."""
    if recipient is not Recipient.REVIEWER:
        return people
    meant = (about.person_id,) if about.person_id else reviewers_now(work.session, case.id)
    return [person for person in people if person.id in meant]


def _of_agency(work: UnitOfWork, agency_id: AgencyId, declared: Declared) -> Iterator[Addressee]:
    """Yield the agency's address; it is told in full once one of its leads has declared.

    An agency none of whose people has an account is let in by a one-time address, and declares
    there before it reads anything. One that is listed for the case is written to nowhere while a
    second person has not confirmed where, nor where a conflict has closed the case (LC-02).
    """
    leads = members(work.session, Role.AGENCY_LEAD, on=work.today, agency=agency_id)
    address = open_address(work, agency_id, declared)
    if not address:
        return
    yield Addressee(
        address,
        may_open=not leads or any(declared.may_open(lead) for lead in leads),
        guest_of="" if leads else str(agency_id),
    )
