"""What operators see of each effect of an act: a line of ids and a count, and no word of a case.

The line stands under the request id of the page at which the act was done, as does what the effect
orders in its turn.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from services.casework.engine.case_leases import CaseLease
from services.database.outbox import DeliveryStatus, OutboxEmail
from services.database.work_attempts import Attempt
from services.observability import metrics
from services.observability.logs import listed
from services.observability.request_ids import caused_by
from services.observability.traces import span

DONE: Final = "done"
PUT_OFF: Final = "put_off"
SET_ASIDE: Final = "set_aside"
DISPATCH: Final = "dispatch"

_work_log = logging.getLogger("keyline.run")
_email_log = logging.getLogger("keyline.courier")


@contextmanager
def because_of(cause: Attempt | OutboxEmail) -> Iterator[None]:
    """Work under the request id of what ordered this, and in the trace of that request."""
    name, code = ("work", cause.step) if isinstance(cause, Attempt) else ("email", cause.event)
    with caused_by(cause.request_id), span(name, **{"keyline.code": str(code)}):
        yield


def note_piece(
    lease: CaseLease, attempt: Attempt, now: datetime, outcome: str, error: str | None = None
) -> None:
    """Log and count what came of an attempt at a piece of machine work."""
    metrics.PIECES_OF_WORK.labels(attempt.step, outcome).inc()
    seconds = max(0.0, (now - attempt.ordered_at).total_seconds())
    if outcome == DONE:
        metrics.WORK_SECONDS.labels(attempt.step).observe(seconds)
    line = listed(
        partnership=lease.partnership_id,
        case=lease.case_id,
        step=attempt.step,
        piece=attempt.digest[:12],
        outcome=outcome,
        error=error,
        seconds=round(seconds, 3),
    )
    _work_log.log(logging.INFO if outcome == DONE else logging.WARNING, "work", extra=line)


def note_email_settled(email: OutboxEmail, outcome: DeliveryStatus, error: str) -> None:
    """Log and count what became of an email that was handed over; the address is not told."""
    kind = DISPATCH if "dispatch" in email.content else "email"
    metrics.EMAILS.labels(kind, outcome).inc()
    if outcome is DeliveryStatus.SENT and email.sent_at is not None:
        # Both moments are those of the partnership, so a practice clock leaves what is between.
        seconds = max(0.0, (email.sent_at - email.posted_at).total_seconds())
        metrics.EMAIL_SECONDS.labels(kind).observe(seconds)
    line = listed(
        partnership=email.tenant_id,
        case=email.case_id,
        email=email.id,
        event=email.event,
        outcome=outcome,
        error=error or None,
    )
    _email_log.log(logging.WARNING if error else logging.INFO, kind, extra=line)
