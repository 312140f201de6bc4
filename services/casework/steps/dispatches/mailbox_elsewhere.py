"""A mailbox that proved wrong on one case may be written to on others: the manager is alerted.

Keyline looks for them, and not whoever reported it, who may have a conflict on another case.
"""

from collections.abc import Iterator
from uuid import UUID

from services.casework.alerts import alert_unless_waiting
from services.casework.steps.dispatches.known_addresses import INSTALLED
from services.casework.steps.dispatches.wrong_recipient import BreachReported
from services.database.cases import Case, cases_of
from services.database.guests import links_of
from services.database.history import Entry
from services.database.outbox import cases_written_to
from services.database.unit_of_work import UnitOfWork
from services.domain.alerts import AlertCode
from services.domain.workflow import Stage


def alert_elsewhere(work: UnitOfWork, case: Case, entry_id: UUID) -> None:
    """Raise an alert on each other open case on which the wrong mailbox is written to.

    The mailbox at which Keyline is installed to write to a national body is no wrong one for what
    goes to that body: what was sent in error may have gone to another person there. One that the
    directory names is entered by people, and may be wrong on every case.
    """
    entry = work.session.get_one(Entry, (case.tenant_id, entry_id))
    written_to = cases_written_to(work.session, set(_mailboxes(work, case, entry)), INSTALLED)
    found = cases_of(work.session, written_to - {case.id})
    for other in sorted(found.values(), key=lambda one: one.reference):
        if other.stage is not Stage.CLOSED:
            alert_unless_waiting(work, AlertCode.WRONG_MAILBOX_ELSEWHERE, other.id)


def _mailboxes(work: UnitOfWork, case: Case, entry: Entry) -> Iterator[str]:
    """Yield the address that was said, and that of the one-time address which went astray."""
    yield BreachReported.model_validate(entry.command).address.strip().casefold()
    for link in links_of(work.session, case.id):
        if str(link.id) == entry.subject:
            yield link.address.casefold()
