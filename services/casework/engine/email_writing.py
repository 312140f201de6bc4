"""The writing of an email that waits in the outbox, at the moment when it is handed over.

A one-time address is made here and nowhere else: it stands in the email, and its SHA-256 in the
database. An email that may have gone already is not written anew with another address, which would
close the one that went.
"""

from datetime import date
from typing import Final, Protocol

from services.casework.effects.email_recipients import NATIONAL, WITHOUT_CASES
from services.casework.engine.invitation_writing import with_invitation
from services.casework.steps.dispatches.known_addresses import address_of_body
from services.database.cases import Case, get_case
from services.database.collections import collection_of
from services.database.dispatches import dispatch_of
from services.database.outbox import OutboxEmail
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.errors import RuleBroken
from services.domain.identifiers import CaseId
from services.domain.mailboxes import Mailboxes
from services.domain.todos import Todo
from services.identity import session_ids
from services.mail import Email
from services.mail.writing import EmailContent, write

COLLECT: Final = "/collect"
FIRST_PAGE: Final = "/"


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
    return outbox_email.event is EmailTrigger.DOCUMENTS_TO_COLLECT


def write_email(
    context: WritingContext, work: UnitOfWork, outbox_email: OutboxEmail, *, may_have_gone: bool
) -> Email:
    """Write the email from the few words it may hold, to the address as it is now.

    Who has no account gets no link to a page that needs one: a national body's documents are
    attached, or collected at a one-time address.
    """
    case_id, content = outbox_email.case_id, outbox_email.content
    recipient = outbox_email.recipient
    case = None if case_id is None else get_case(work.session, CaseId(case_id))
    address = address_of_body(work, context.mailboxes, recipient) or outbox_email.address
    outbox_email.address = address
    due, matter = content["due"], content["matter"]
    has_link = recipient not in (NATIONAL if case is None else WITHOUT_CASES)
    page = _page(case, content["todo"]) if has_link else ""
    if outbox_email.event is EmailTrigger.MEETING_CANCELLED:
        page = FIRST_PAGE  # whoever no longer attends may not reach the case
    if holds_address(outbox_email):
        page = COLLECT if may_have_gone else _new_address(work, case, content["dispatch"])
    command = EmailContent(
        reference=f"{work.partnership.code}-AUDIT" if case is None else case.reference,
        partnership=work.partnership.name,
        link=f"{context.base_url}{page}" if page else "",
        due=date.fromisoformat(due) if due else None,
        what=EmailMatter(matter) if matter else None,
        anchor=content.get("anchor", ""),
    )
    name = outbox_email.event.sending.template
    email = write(name, command, address, context.sender, outbox_email.message_id)
    return email if case is None else with_invitation(work, case, outbox_email, email)


def _new_address(work: UnitOfWork, case: Case | None, dispatch_id: str) -> str:
    """Make the address at which the documents of the dispatch are collected; its hash is kept."""
    assert case is not None  # noqa: S101 - a dispatch is of a case
    dispatch = dispatch_of(work.session, case.id, dispatch_id)
    if not dispatch.state.is_under_way:
        raise RuleBroken("The address was taken back before it was sent.")
    collection, token = collection_of(work.session, dispatch), session_ids.new()
    collection.address_sha256 = session_ids.kept(token)
    work.session.add(collection)
    return f"{COLLECT}/{token}"


def _page(case: Case | None, todo: str | None) -> str:
    """Return the address of the case, or of what is to be done on it, which no page renames.

    An email without a case is about the partnership's audit.
    """
    if case is None:
        return "/audit"
    return f"/cases/{case.id}" if todo is None else f"/cases/{case.id}/todo/{Todo(todo)}"
