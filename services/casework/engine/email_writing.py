"""The writing of an email that waits in the outbox, at the moment when it is handed over.

A code is made here and nowhere else, a one-time address where the link is (`email_links.py`): it
stands in the email, and its hash in the database.
"""

from datetime import date
from typing import Protocol
from uuid import UUID

from services.casework.document_builders.business_unit import unit_telephone
from services.casework.engine.appointment_addresses import OF_PEOPLE
from services.casework.engine.email_links import WRITTEN_ONCE, is_for_guest, leads_to
from services.casework.engine.guest_addresses import new_code
from services.casework.engine.invitation_writing import with_invitation
from services.casework.steps.dispatches.known_addresses import address_of_body
from services.casework.steps.where_published import is_unnamed
from services.database.cases import Case, get_case
from services.database.outbox import OutboxEmail, gone_with
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.identifiers import CaseId
from services.domain.labels.own_words import own_words_in, spoken_with
from services.domain.mailboxes import Mailboxes
from services.domain.todos import Todo
from services.mail import Email
from services.mail.writing import DigestItem, EmailContent, write


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
    return outbox_email.event in WRITTEN_ONCE or is_for_guest(outbox_email)


def write_email(
    context: WritingContext, work: UnitOfWork, outbox_email: OutboxEmail, *, may_have_gone: bool
) -> Email:
    """Write the email from the few words it may hold, to the address as it is now.

    It is said in the words of the policy that the case follows, else of the one in force (E-10).
    Who has no account gets no link to a page that needs one: a national body's documents are
    attached, or collected at a one-time address.
    """
    case_id, content = outbox_email.case_id, outbox_email.content
    case = None if case_id is None else get_case(work.session, CaseId(case_id))
    recipient = outbox_email.recipient
    address = address_of_body(work, context.mailboxes, recipient) or outbox_email.address
    outbox_email.address = address
    due, matter = content["due"], content["matter"]
    page = leads_to(work, case, outbox_email, may_have_gone=may_have_gone)
    command = EmailContent(
        reference=_of_no_case(work, outbox_email) if case is None else case.reference,
        partnership=work.partnership.name,
        link=f"{context.base_url}{page}" if page else "",
        due=date.fromisoformat(due) if due else None,
        is_past=outbox_email.is_past_due,
        what=EmailMatter(matter) if matter else None,
        anchor=content.get("anchor", ""),
        code=_code(work, outbox_email) if not may_have_gone else "",
        is_guest=is_for_guest(outbox_email),
        is_unnamed=_is_unnamed(work, case, outbox_email),
        telephone=unit_telephone(work),
        step=Todo(content["todo"]) if content.get("todo") else None,
        items=_items(context, work, outbox_email),
    )
    name = outbox_email.event.sending.template
    followed = work.partnership.policy if case is None else case.policy
    with spoken_with(own_words_in(followed)):
        email = write(name, command, address, context.sender, outbox_email.message_id)
    return email if case is None else with_invitation(work, case, outbox_email, email)


def _items(
    context: WritingContext, work: UnitOfWork, outbox_email: OutboxEmail
) -> tuple[DigestItem, ...]:
    """Return what goes with a digest: of each email its subject, and where it leads."""
    if outbox_email.event is not EmailTrigger.DAILY_DIGEST:
        return ()
    return tuple(_item(context, work, one) for one in gone_with(work.session, outbox_email.id))


def _item(context: WritingContext, work: UnitOfWork, email: OutboxEmail) -> DigestItem:
    case = None if email.case_id is None else get_case(work.session, CaseId(email.case_id))
    page = leads_to(work, case, email, may_have_gone=False)
    said = write_email(context, work, email, may_have_gone=False).subject
    return DigestItem(said=said, link=f"{context.base_url}{page}" if page else "")


def _is_unnamed(work: UnitOfWork, case: Case | None, outbox_email: OutboxEmail) -> bool:
    """Tell of a report to the repository whether it is published without our name (PUB-27)."""
    if case is None or outbox_email.event is not EmailTrigger.REPORT_TO_REPOSITORY:
        return False
    return is_unnamed(work, case)


def _of_no_case(work: UnitOfWork, outbox_email: OutboxEmail) -> str:
    """Return the reference of an email about a request, the partnership's people, or its audit."""
    if "reference" in outbox_email.content:
        return str(outbox_email.content["reference"])
    return f"{work.partnership.code}-{'PEOPLE' if outbox_email.event in OF_PEOPLE else 'AUDIT'}"


def _code(work: UnitOfWork, outbox_email: OutboxEmail) -> str:
    """Return the code of the email that is nothing else; no code for any other email."""
    if outbox_email.event is not EmailTrigger.GUEST_CODE:
        return ""
    return new_code(work, UUID(outbox_email.content["guest_link"]))
