"""Where else a mailbox is written to that proved wrong: looked for by Keyline itself, once."""

from typing import Final

from services.casework.job_context import JobContext, JobHandlers, Link
from services.casework.steps.dispatches.mailbox_elsewhere import alert_elsewhere
from services.casework.steps.dispatches.wrong_recipient import MailboxElsewhereOrder
from services.database.cases import get_case
from services.database.unit_of_work import UnitOfWork


def look_elsewhere(context: JobContext, order: MailboxElsewhereOrder) -> Link:
    """Alert the manager of each other open case on which that mailbox is written to."""

    def link(work: UnitOfWork) -> None:
        alert_elsewhere(work, get_case(work.session, context.case_id), order.entry_id)

    return link


MAILBOXES: Final[JobHandlers] = {MailboxElsewhereOrder: look_elsewhere}
