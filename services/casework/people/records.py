"""What the acts on who holds which role have in common: who may, the form's key, the record."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from services.casework.audit import note_row
from services.casework.commands import Command
from services.casework.form_keys import form_digest, is_same_form
from services.database.appointments import TABLES
from services.database.directory import DirectoryRow, form_that_made
from services.database.lost_factors import LostFactor
from services.database.partnerships import lock_partnership
from services.database.people import serving
from services.database.unit_of_work import UnitOfWork
from services.database.webhooks import Webhook
from services.domain.appointments import must_be_free_to_appoint
from services.domain.audit import PeopleEvent
from services.domain.errors import NotPermitted, ProveAgain
from services.domain.labels import label
from services.domain.roles import Permission, Role


class Enterer(TypedDict):
    """Whose row it is, who made it and when."""

    tenant_id: UUID
    added_by: UUID
    added_at: datetime


def begin_administering(work: UnitOfWork, without: UUID | None = None) -> None:
    """Refuse who administers nothing here, and wait for whoever changes the people now.

    A platform administrator acts where the partnership has fewer than two administrators; one whom
    the act is about, and who cannot do it for that, is not counted (``without``). Raises ProveAgain
    for somebody whose last proof is too old: these acts open and close every case at once.
    """
    must_administer(work)
    lock_partnership(work.session)
    must_be_free_to_appoint(work.actor.role, len(administrators(work).keys() - {without}))
    if work.proof_is_old:
        raise ProveAgain


def must_administer(work: UnitOfWork) -> None:
    """Refuse who administers neither the partnership nor the platform."""
    may = (Permission.ADMINISTER_PARTNERSHIP, Permission.ADMINISTER_PLATFORM)
    if not any(work.actor.may(one) for one in may):
        role = label(work.actor.role)
        raise NotPermitted(f"A person in the role {role} may not {label(may[0])}.")


def administrators(work: UnitOfWork) -> dict[UUID, str]:
    """Return the addresses of the partnership's own administrators on the real day, by person."""
    found = serving(work.session, (Role.PARTNERSHIP_ADMINISTRATOR,), on=work.real_today)
    return {person.id: person.email for person, _held in found}


def entered_by(work: UnitOfWork) -> Enterer:
    """Return whose row it is and who makes it."""
    return Enterer(
        tenant_id=work.actor.partnership_id, added_by=work.actor.person_id, added_at=work.now
    )


def form_about(command: Command, about: UUID | None = None) -> str:
    """Return the digest of what was posted and what it is about."""
    return form_digest(type(command).__name__, command, about)


def was_sent(work: UnitOfWork, form: str) -> bool:
    """Tell whether this very form was sent already; refuse its key with other words (P4)."""
    if work.once is None:
        return False
    known = form_that_made(work.session, (work.once,), (*TABLES, LostFactor, Webhook))
    return is_same_form(work.session, known, form)


def keep(work: UnitOfWork, row: DirectoryRow, form: str | None, event: PeopleEvent) -> None:
    """Add the row with the digest of its form, and note it in the audit chain."""
    row.form_digest = form
    work.session.add(row)
    work.session.flush()
    note_row(work, event, row)
