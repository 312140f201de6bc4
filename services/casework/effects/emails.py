"""Who is written to when something has happened: one email for each address (E-04, P3)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.casework.effects.addressees import OF_DIRECTORY, Addressee, Declared
from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.history import appointed_reviewer
from services.database.outbox import DeliveryStatus, OutboxEmail, add_emails
from services.database.partnerships import get_agency
from services.database.people import Person, members
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.emails import EmailClass, EmailMatter, EmailTrigger
from services.domain.identifiers import AgencyId
from services.domain.message_ids import message_id_for
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
    NATIONAL | OF_DIRECTORY.keys() | {Recipient.DATA_PROTECTION_CONTACT, Recipient.ON_DUTY}
)
_ROLES = {
    Recipient.PARTNERS: Role.SAFEGUARDING_PARTNER,
    Recipient.DECISION_MAKER: Role.NOTIFIER,
    Recipient.SEAT: Role.SAFEGUARDING_PARTNER,
    Recipient.CHAIR: Role.REVIEW_GROUP_CHAIR,
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


def enqueue_email(
    work: UnitOfWork, case: Case, event: EmailTrigger, about: EmailContext | None = None
) -> None:
    """Put one email for each recipient of the event into the outbox, with this act."""
    enqueue_email_to(work, case, event, event.sending.recipients, about or EmailContext())


def enqueue_email_to(
    work: UnitOfWork,
    case: Case,
    event: EmailTrigger,
    recipients: Iterable[Recipient],
    about: EmailContext,
) -> None:
    """Put one email for each of these recipients into the outbox."""
    declared = Declared.on(work, case)
    emails = [
        _outbox_email(work, case, *_told(event, about, recipient, to), (recipient, to.address))
        for recipient in recipients
        for to in sorted(set(_addressees(work, case, recipient, about, declared)))
    ]
    add_emails(work.session, emails)


def _told(
    event: EmailTrigger, about: EmailContext, recipient: Recipient, to: Addressee
) -> tuple[EmailTrigger, EmailContext]:
    """Tell a person who has yet to declare only that: no step, no date, no task (LC-01, G7).

    They are told once a case, and again with each reminder. Who never opens a case is told all: it
    is the reference, the duty and its day.
    """
    if to.may_open or recipient in WITHOUT_CASES:
        return event, about
    again = event.sending.delivery is EmailClass.REMINDER
    part = _undeclared_part(event, about.part) if again else ""
    return EmailTrigger.DECLARATION_NEEDED, EmailContext(todo=Todo.DECLARE, part=part)


def key_stem(case: Case, event: EmailTrigger, part: str) -> str:
    """Return what the keys of an email's copies begin with; the addressee makes each one."""
    return f"{case.tenant_id}:{case.id}:{event}:{part}"


def undeclared_stem(case: Case, event: EmailTrigger, part: str) -> str:
    """Return the stem of the email that a person who has yet to declare gets in its place."""
    return key_stem(case, EmailTrigger.DECLARATION_NEEDED, _undeclared_part(event, part))


def _undeclared_part(event: EmailTrigger, part: str) -> str:
    return f"{event}:{part}"


def _outbox_email(
    work: UnitOfWork,
    case: Case,
    event: EmailTrigger,
    about: EmailContext,
    to: tuple[Recipient, str],
) -> OutboxEmail:
    recipient, address = to
    addressee = recipient.value if recipient in NATIONAL else address
    key = f"{key_stem(case, event, about.part)}:{addressee}"
    return OutboxEmail(
        tenant_id=work.actor.partnership_id,
        case_id=case.id,
        key=key,
        event=event,
        recipient=recipient,
        address=address,
        content={
            "matter": about.matter,
            "due": about.due.isoformat() if about.due else None,
            "todo": about.todo,
        },
        message_id=message_id_for(work.actor.partnership_id, key),
        delivery=DeliveryStatus.PENDING,
        posted_at=work.now,
    )


def _addressees(
    work: UnitOfWork, case: Case, recipient: Recipient, about: EmailContext, declared: Declared
) -> Iterator[Addressee]:
    """Yield those behind a recipient; a national body's address is looked up when it is sent."""
    if recipient in NATIONAL:
        yield Addressee("")
    if recipient is Recipient.ON_DUTY:
        yield Addressee(about.address)
    if recipient in OF_DIRECTORY:
        yield from declared.contacts(work, OF_DIRECTORY[recipient])
    for role, party in _roles_of(recipient, about):
        people = members(work.session, role, on=work.today, party=party)
        yield from declared.people(_only_reviewer(work, case, role, recipient, people))
    for agency_id in _agencies_of(work, case, recipient, about):
        yield _of_agency(work, AgencyId(agency_id), declared)


def _roles_of(recipient: Recipient, about: EmailContext) -> Iterator[tuple[Role, Party | None]]:
    if recipient in _ROLES:
        yield _ROLES[recipient], about.party
    elif recipient is Recipient.REVIEWER:
        yield Role.LEAD_REVIEWER, None
    elif recipient is Recipient.DUTY_HOLDER and about.agency_id is None and about.role is not None:
        yield about.role, about.party
    elif recipient is Recipient.ATTENDEES:
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
    if recipient in {Recipient.AGENCIES, Recipient.ATTENDEES}:
        for request in requests(work.session, case.id, Asked.SCOPING_RETURN):
            yield request.agency_id


def _only_reviewer(
    work: UnitOfWork, case: Case, role: Role, recipient: Recipient, people: list[Person]
) -> list[Person]:
    """Keep of the lead reviewers only this case's own (LC-24)."""
    if role is not Role.LEAD_REVIEWER or recipient is not Recipient.REVIEWER:
        return people
    chosen = appointed_reviewer(work.session, case.id)
    return [person for person in people if str(person.id) == chosen]


def _of_agency(work: UnitOfWork, agency_id: AgencyId, declared: Declared) -> Addressee:
    """Return the agency's address; it is told in full once one of its leads has declared."""
    leads = members(work.session, Role.AGENCY_LEAD, on=work.today, agency=agency_id)
    return Addressee(
        get_agency(work.session, agency_id).address,
        may_open=not leads or any(declared.may_open(lead) for lead in leads),
    )
