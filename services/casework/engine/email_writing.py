"""The writing of an email that waits in the outbox, at the moment when it is handed over.

A one-time address, and a code, is made here and nowhere else: it stands in the email, and its hash
in the database. An email that may have gone already is not written anew with another one, which
would close the one that went.
"""

from datetime import date
from typing import Final, Protocol
from uuid import UUID

from services.casework.document_builders.business_unit import unit_telephone
from services.casework.effects.email_recipients import NATIONAL, WITHOUT_CASES
from services.casework.engine.collection_addresses import new_collection_address
from services.casework.engine.guest_addresses import new_address, new_code
from services.casework.engine.invitation_writing import with_invitation
from services.casework.steps.dispatches.known_addresses import address_of_body
from services.database.cases import Case, get_case
from services.database.outbox import OutboxEmail
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.identifiers import CaseId
from services.domain.mailboxes import Mailboxes
from services.domain.todos import Todo
from services.mail import Email
from services.mail.writing import EmailContent, write

COLLECT: Final = "/collect"
FIRST_PAGE: Final = "/"
_TO_DECLARE: Final = {EmailTrigger.DECLARATION_NEEDED, EmailTrigger.ON_DUTY_TO_DECLARE}
_WRITTEN_ONCE: Final = {EmailTrigger.DOCUMENTS_TO_COLLECT, EmailTrigger.GUEST_CODE}


class WritingContext(Protocol):
    """What writing an email needs of the process's neighbours."""

    @property
    def mailboxes(self) -> Mailboxes: ...  # noqa: D102 - named for what it is
    @property
    def sender(self) -> str: ...  # noqa: D102 - named for what it is
    @property
    def base_url(self) -> str: ...  # noqa: D102 - named for what it is


def holds_address(outbox_email: OutboxEmail) -> bool:
    """Tell whether the email carries a one-time address, so that it is never written twice."""
    return outbox_email.event in _WRITTEN_ONCE or is_for_guest(outbox_email)


def is_for_guest(outbox_email: OutboxEmail) -> bool:
    """Tell whether who is written to has no account, and comes by a one-time address."""
    return bool(outbox_email.content.get("guest") or outbox_email.content.get("guest_of"))


def write_email(
    context: WritingContext, work: UnitOfWork, outbox_email: OutboxEmail, *, may_have_gone: bool
) -> Email:
    """Write the email from the few words it may hold, to the address as it is now.

    Who has no account gets no link to a page that needs one: a national body's documents are
    attached, or collected at a one-time address.
    """
    case_id, content = outbox_email.case_id, outbox_email.content
    case = None if case_id is None else get_case(work.session, CaseId(case_id))
    recipient = outbox_email.recipient
    address = address_of_body(work, context.mailboxes, recipient) or outbox_email.address
    outbox_email.address = address
    due, matter = content["due"], content["matter"]
    page = _leads_to(work, case, outbox_email, may_have_gone=may_have_gone)
    command = EmailContent(
        reference=f"{work.partnership.code}-AUDIT" if case is None else case.reference,
        partnership=work.partnership.name,
        link=f"{context.base_url}{page}" if page else "",
        due=date.fromisoformat(due) if due else None,
        what=EmailMatter(matter) if matter else None,
        anchor=content.get("anchor", ""),
        code=_code(work, outbox_email) if not may_have_gone else "",
        is_guest=is_for_guest(outbox_email),
        telephone=unit_telephone(work),
    )
    name = outbox_email.event.sending.template
    email = write(name, command, address, context.sender, outbox_email.message_id)
    return email if case is None else with_invitation(work, case, outbox_email, email)


def _leads_to(
    work: UnitOfWork, case: Case | None, outbox_email: OutboxEmail, *, may_have_gone: bool
) -> str:
    """Return the path of the email's link; a one-time address where who gets it has no account.

    A meeting that is called off leads to no case: who no longer attends may not reach it. Nor does
    the decision on an interest, by which the case may stay closed to whoever is told.
    """
    event, content = outbox_email.event, outbox_email.content
    is_cancelled = event is EmailTrigger.MEETING_CANCELLED
    to_first_page = is_cancelled or event is EmailTrigger.INTEREST_SETTLED
    if case is not None and is_for_guest(outbox_email):
        if is_cancelled:
            return ""
        return COLLECT if may_have_gone else f"{COLLECT}/{new_address(work, case, outbox_email)}"
    if case is not None and event is EmailTrigger.DOCUMENTS_TO_COLLECT:
        if may_have_gone:
            return COLLECT
        return f"{COLLECT}/{new_collection_address(work, case, content['dispatch'])}"
    is_to_declare = event in _TO_DECLARE  # a contact who has an account too
    nowhere = NATIONAL if case is None else WITHOUT_CASES
    if outbox_email.recipient in nowhere and not is_to_declare:
        return ""
    return FIRST_PAGE if to_first_page else _page(case, content["todo"])


def _code(work: UnitOfWork, outbox_email: OutboxEmail) -> str:
    """Return the code of the email that is nothing else; no code for any other email."""
    if outbox_email.event is not EmailTrigger.GUEST_CODE:
        return ""
    return new_code(work, UUID(outbox_email.content["guest_link"]))


def _page(case: Case | None, todo: str | None) -> str:
    """Return the address of the case, or of what is to be done on it, which no page renames.

    An email without a case is about the partnership's audit.
    """
    if case is None:
        return "/audit"
    return f"/cases/{case.id}" if todo is None else f"/cases/{case.id}/todo/{Todo(todo)}"
