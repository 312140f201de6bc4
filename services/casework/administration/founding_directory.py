"""What the directory of a partnership begins with: its partners and its business unit.

The entries are made in the name of the platform administrator who founds it, under the row-level
security that holds for everybody.
"""

from dataclasses import replace
from typing import Final
from uuid import UUID, uuid4

from services.casework.administration.founding_plan import organisations_of
from services.casework.administration.tenant_file import TenantFile
from services.casework.audit import note_row
from services.casework.directory.entries import made_by
from services.casework.document_builders.business_unit import unit_contact
from services.casework.engine.transactions import TransactionContext
from services.database.directory import Contact, DirectoryRow, Organisation
from services.database.directory_entries import organisation_entries
from services.database.partnerships import lock_partnership
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.audit import DirectoryEvent
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.roles import Actor

UNIT: Final = "The business unit"


def begin_directory(actor: Actor, context: TransactionContext, read: TenantFile) -> None:
    """Add the partners and the business unit to the directory, where they are not in it."""
    there = replace(actor, partnership_id=read.partnership_id)
    with unit_of_work(context.engine, there, context.now(), context.calendar) as work:
        lock_partnership(work.session)
        known = {
            one.organisation.name: one.organisation.organisation_id
            for one in organisation_entries(work.session)
            if one.validity.reaches(work.today)
        }
        for kind, name in organisations_of(read):
            if name not in known:
                known[name] = _add_organisation(work, read, kind, name)
        if unit_contact(work) is None:
            _add_unit(work, read, known[read.name])


def _add_organisation(
    work: UnitOfWork, read: TenantFile, kind: OrganisationKind, name: str
) -> UUID:
    new_id = uuid4()
    row = Organisation(
        **made_by(work),
        id=new_id,
        organisation_id=new_id,
        kind=kind,
        name=name,
        valid_from=read.since,
    )
    _put(work, row)
    return new_id


def _add_unit(work: UnitOfWork, read: TenantFile, organisation_id: UUID) -> None:
    unit = Contact(
        **made_by(work),
        organisation_id=organisation_id,
        role=ContactRole.UNIT_MANAGER,
        holder=UNIT,
        address=read.unit.address,
        telephone=read.unit.telephone,
        verified_by=read.unit.verified_by,
        verified_on=min(read.since, work.today),
        valid_from=read.since,
    )
    _put(work, unit)


def _put(work: UnitOfWork, row: DirectoryRow) -> None:
    work.session.add(row)
    work.session.flush()
    note_row(work, DirectoryEvent.ADDED, row)
