"""Who is written to when something has happened: one email for each address (E-04, P3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.history import last_entry
from services.database.outbox import DeliveryStatus, OutboxEmail, add_emails
from services.database.partnerships import get_agency
from services.database.people import members
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.emails import EmailMatter, EmailTrigger, Recipient
from services.domain.entry_types import EntryType
from services.domain.identifiers import AgencyId
from services.domain.message_ids import message_id_for
from services.domain.roles import Role, Seat
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
_ROLES = {
    Recipient.PARTNERS: Role.SAFEGUARDING_PARTNER,
    Recipient.SEAT: Role.SAFEGUARDING_PARTNER,
    Recipient.CHAIR: Role.REVIEW_GROUP_CHAIR,
    Recipient.BUSINESS_MANAGER: Role.BUSINESS_MANAGER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailContext:
    """What an email is about: enough to act on, and nothing of the case's content."""

    matter: EmailMatter | None = None
    due: date | None = None
    todo: Todo | None = None
    part: str = ""
    agency_id: UUID | None = None
    seat: Seat | None = None
    role: Role | None = None


def enqueue_email(
    work: UnitOfWork, case: Case, event: EmailTrigger, about: EmailContext | None = None
) -> None:
    """Put one email for each recipient of the event into the outbox, with this act."""
    about = about or EmailContext()
    emails = [
        _outbox_email(work, case, event, about, (recipient, address))
        for recipient in event.sending.recipients
        for address in sorted(set(_addresses(work, case, recipient, about)))
    ]
    add_emails(work.session, emails)


def key_stem(case: Case, event: EmailTrigger, part: str) -> str:
    """Return what the keys of an email's copies begin with; the addressee makes each one."""
    return f"{case.tenant_id}:{case.id}:{event}:{part}"


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


def _addresses(
    work: UnitOfWork, case: Case, recipient: Recipient, about: EmailContext
) -> Iterator[str]:
    """Yield the addresses behind a recipient; a national body's is looked up when it is sent."""
    if recipient in NATIONAL:
        yield ""
    elif recipient in _ROLES:
        yield from _of_role(work, _ROLES[recipient], about.seat)
    elif recipient is Recipient.REVIEWER:
        yield from _of_reviewer(work, case)
    elif recipient is Recipient.DUTY_HOLDER:
        yield from _duty_holders(work, about)
    elif recipient in {Recipient.AGENCY, Recipient.ACTION_OWNER}:
        yield from _of_agency(work, about.agency_id)
    elif recipient is Recipient.REFERRER:
        yield from _of_agency(work, case.referred_by_agency_id)
    else:
        yield from _asked(work, case)
        if recipient is Recipient.ATTENDEES:
            yield from _of_role(work, Role.SAFEGUARDING_PARTNER)
            yield from _of_role(work, Role.REVIEW_GROUP_CHAIR)


def _of_role(work: UnitOfWork, role: Role, seat: Seat | None = None) -> Iterator[str]:
    for person in members(work.session, role, on=work.today, seat=seat):
        yield person.email


def _of_agency(work: UnitOfWork, agency_id: UUID | None) -> Iterator[str]:
    if agency_id is not None:
        yield get_agency(work.session, AgencyId(agency_id)).address


def _of_reviewer(work: UnitOfWork, case: Case) -> Iterator[str]:
    """Yield the address of this case's own lead reviewer, and of no other (LC-24)."""
    appointed = last_entry(work.session, case.id, EntryType.REVIEWER_APPOINTED)
    for person in members(work.session, Role.LEAD_REVIEWER, on=work.today):
        if appointed is not None and str(person.id) == appointed.command["person"]:
            yield person.email


def _asked(work: UnitOfWork, case: Case) -> Iterator[str]:
    for request in requests(work.session, case.id, Asked.SCOPING_RETURN):
        yield from _of_agency(work, request.agency_id)


def _duty_holders(work: UnitOfWork, about: EmailContext) -> Iterator[str]:
    if about.agency_id is not None:
        yield from _of_agency(work, about.agency_id)
    elif about.role is not None:
        yield from _of_role(work, about.role, about.seat)
