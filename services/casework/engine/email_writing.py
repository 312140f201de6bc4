"""The writing of an email that waits in the outbox, at the moment when it is handed over."""

from datetime import date
from typing import Protocol

from services.casework.effects.emails import NATIONAL
from services.database.cases import Case, get_case
from services.database.outbox import OutboxEmail
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailMatter
from services.domain.identifiers import CaseId
from services.domain.mailboxes import Mailboxes
from services.domain.todos import Todo
from services.mail import Email
from services.mail.writing import EmailContent, write


class WritingContext(Protocol):
    """What writing an email needs of the process's neighbours."""

    @property
    def mailboxes(self) -> Mailboxes: ...  # noqa: D102 - named for what it is
    @property
    def sender(self) -> str: ...  # noqa: D102 - named for what it is
    @property
    def base_url(self) -> str: ...  # noqa: D102 - named for what it is


def write_email(context: WritingContext, work: UnitOfWork, outbox_email: OutboxEmail) -> Email:
    """Write the email from the few words it may hold, to the address as it is now.

    A national body gets no link, since it has no account; its documents are attached.
    """
    case_id, content = outbox_email.case_id, outbox_email.content
    case = None if case_id is None else get_case(work.session, CaseId(case_id))
    address = context.mailboxes.address_of(outbox_email.recipient) or outbox_email.address
    outbox_email.address = address
    due, matter = content["due"], content["matter"]
    has_account = outbox_email.recipient not in NATIONAL
    command = EmailContent(
        reference=f"{work.partnership.code}-AUDIT" if case is None else case.reference,
        partnership=work.partnership.name,
        link=f"{context.base_url}{_page(case, content['todo'])}" if has_account else "",
        due=date.fromisoformat(due) if due else None,
        what=EmailMatter(matter) if matter else None,
        anchor=content.get("anchor", ""),
    )
    name = outbox_email.event.sending.template
    return write(name, command, address, context.sender, outbox_email.message_id)


def _page(case: Case | None, todo: str | None) -> str:
    """Return the address of the case, or of what is to be done on it, which no page renames.

    An email without a case is about the partnership's audit.
    """
    if case is None:
        return "/audit"
    return f"/cases/{case.id}" if todo is None else f"/cases/{case.id}/todo/{Todo(todo)}"
