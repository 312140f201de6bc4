"""What the acts on requests have in common: who may, the form's key, the step on record."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from services.casework.audit import note_row
from services.casework.commands import Command
from services.casework.form_keys import form_digest, is_same_form
from services.casework.information_requests.access import request_to_read
from services.casework.information_requests.standing import RequestStanding
from services.database.directory import form_that_made
from services.database.information_requests import TABLES, InformationRequestStep, RequestRow
from services.database.partnerships import lock_partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import RequestEvent
from services.domain.errors import AlreadyDone
from services.domain.roles import Permission

ENDED: Final = "This request was answered or closed already; the record of it stands."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStep:
    """A step to be put on record: which, the words of its form, on which day, and about what.

    ``step`` is the other step that it is about; ``posted_about`` is what the form was about, where
    that is not the request.
    """

    event: RequestEvent
    command: Command
    on_day: date
    step: InformationRequestStep | None = None
    posted_about: UUID | None = None


def begin_step(
    work: UnitOfWork,
    request_id: UUID,
    permission: Permission,
    command: Command,
    posted_about: UUID | None = None,
) -> RequestStanding | None:
    """Return an open request to somebody who may act on it; None: this very form was sent already.

    It waits for whoever acts on a request now. Raises NotPermitted, NotFound, and AlreadyDone once
    the request was answered or closed.
    """
    if not work.actor.may(Permission.KEEP_INFORMATION_REQUESTS):
        work.actor.must(permission)
    lock_partnership(work.session)
    standing = request_to_read(work, request_id)
    if was_sent(work, command, posted_about or request_id):
        return None
    if standing.ending is not None:
        raise AlreadyDone(ENDED)
    return standing


def was_sent(work: UnitOfWork, command: Command, about: UUID | None = None) -> bool:
    """Tell whether this very form was sent already; refuse its key with other words (P4)."""
    if work.once is None:
        return False
    known = form_that_made(work.session, (work.once,), TABLES)
    return is_same_form(work.session, known, form_of(command, about))


def form_of(command: Command, about: UUID | None = None) -> str:
    """Return the digest of what was posted and what it is about."""
    return form_digest(type(command).__name__, command, about)


def keep(work: UnitOfWork, row: RequestRow, form: str, event: RequestEvent) -> None:
    """Add the row with the digest of its form, and note it in the audit chain."""
    row.form_digest = form
    work.session.add(row)
    work.session.flush()
    note_row(work, event, row, row.case_id)


def take_step(work: UnitOfWork, standing: RequestStanding, new: NewStep) -> InformationRequestStep:
    """Put one step on record, with the words of its form, and about which other step it is."""
    request, about = standing.request, new.step
    step = InformationRequestStep(
        tenant_id=work.actor.partnership_id,
        id=work.once or uuid4(),
        request_id=request.id,
        case_id=request.case_id,
        number=len(standing.steps) + 1,
        event=new.event,
        on_day=new.on_day,
        of_step=about.id if about else None,
        of_by=about.added_by if about else None,
        words=new.command.model_dump(mode="json"),
        added_by=work.actor.person_id,
        added_at=work.now,
    )
    keep(work, step, form_of(new.command, new.posted_about or request.id), new.event)
    return step
