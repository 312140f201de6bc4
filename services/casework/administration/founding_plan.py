"""What founding a partnership from its file would make, what is there, and what differs.

Nothing that is on record is overwritten: what differs has an act of its own, which is named.
"""

from collections.abc import Iterator
from typing import Final

from services.casework.administration.founding_administrator import (
    administrator_part,
    appointment_planned,
)
from services.casework.administration.planned_part import PlannedPart
from services.casework.administration.tenant_file import FileAgency, TenantFile, policy_of
from services.casework.document_builders.business_unit import unit_contact
from services.casework.engine.transactions import TransactionContext, acting
from services.casework.provisioning import same_address
from services.database import watch
from services.database.directory_entries import organisation_entries
from services.database.identities import vouched
from services.database.partnerships import Agency, agencies
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy_json import stored_policy
from services.domain.directory import OrganisationKind
from services.domain.errors import AnswerRefused
from services.domain.set_up import PartStanding
from services.domain.working_days import london_date

RAISE: Final = "propose a new version: ./keyline policy propose"
DIRECTORY: Final = "change it in the directory"
LET_IN: Final = "it was ended: ./keyline identity-provider enter lets it vouch again"


def plan_of(context: TransactionContext, read: TenantFile) -> list[PlannedPart]:
    """Return each part of the file, and whether it will be made, is there, or differs."""
    if read.since > london_date(context.now()):
        raise AnswerRefused("file", "since: write today or a day before it.")
    if read.partnership_id not in watch.partnerships(context.engine):
        new = [PlannedPart(what, PartStanding.TO_MAKE) for what in _everything(read)]
        return [*new, appointment_planned(read)]
    with acting(context, read.partnership_id) as work:
        return [
            *_partnership(work, read),
            *_agencies(work, read),
            *_directory(work, read),
            *_providers(work, read),
            administrator_part(work, read),
        ]


def _everything(read: TenantFile) -> Iterator[str]:
    yield f"partnership {read.code}, {read.name}"
    yield f"policy {policy_of(read).name}, closed days {len(policy_of(read).closed_days)}"
    yield from (f"agency {one.name}" for one in read.agencies)
    yield from (f"directory: {name}" for _kind, name in organisations_of(read))
    yield f"business unit {read.unit.address}, {read.unit.telephone}"
    yield from (f"identity provider {code}" for code in read.identity_providers)


def organisations_of(read: TenantFile) -> list[tuple[OrganisationKind, str]]:
    """Return the organisations that the directory begins with, the partnership itself first."""
    kind = OrganisationKind
    return [
        (kind.PARTNERSHIP, read.name),
        *((kind.LOCAL_AUTHORITY, one.name) for one in read.authorities),
        (kind.INTEGRATED_CARE_BOARD, read.integrated_care_board.name),
        (kind.POLICE, read.police.name),
    ]


def _partnership(work: UnitOfWork, read: TenantFile) -> Iterator[PlannedPart]:
    there = work.partnership
    yield _compared(f"partnership {read.code}", there.name == read.name, "it keeps its name")
    is_same = dict(there.authorities) == read.seats
    yield _compared("local authorities", is_same, "a seat is not added or taken away by a file")
    yield _compared("policy", stored_policy(there.policy) == policy_of(read), RAISE)


def _agencies(work: UnitOfWork, read: TenantFile) -> Iterator[PlannedPart]:
    there = {one.name: one for one in agencies(work.session)}
    for said in read.agencies:
        known = there.pop(said.name, None)
        if known is None:
            yield PlannedPart(f"agency {said.name}", PartStanding.TO_MAKE)
        else:
            yield _compared(f"agency {said.name}", _is_same(known, said), DIRECTORY)
    for name in there:
        to_do = "it stays on record: end it in the directory"
        yield PlannedPart(f"agency {name}, not in the file", PartStanding.DIFFERS, to_do)


def _is_same(known: Agency, said: FileAgency) -> bool:
    return (known.kind, same_address(known.address)) == (said.kind, same_address(said.address))


def _directory(work: UnitOfWork, read: TenantFile) -> Iterator[PlannedPart]:
    found = {
        one.organisation.name
        for one in organisation_entries(work.session)
        if one.validity.reaches(work.today)
    }
    for _kind, name in organisations_of(read):
        standing = PartStanding.THERE if name in found else PartStanding.TO_MAKE
        yield PlannedPart(f"directory: {name}", standing)
    unit = unit_contact(work)
    if unit is None:
        yield PlannedPart("business unit", PartStanding.TO_MAKE)
    else:
        said = (read.unit.address, read.unit.telephone)
        yield _compared("business unit", (unit.address, unit.telephone) == said, DIRECTORY)


def _providers(work: UnitOfWork, read: TenantFile) -> Iterator[PlannedPart]:
    known = vouched(work.session)
    for code in read.identity_providers:
        if code not in known:
            yield PlannedPart(f"identity provider {code}", PartStanding.TO_MAKE)
        else:
            yield _compared(f"identity provider {code}", known[code], LET_IN)


def _compared(what: str, is_same: bool, to_do: str) -> PlannedPart:  # noqa: FBT001
    standing = PartStanding.THERE if is_same else PartStanding.DIFFERS
    return PlannedPart(what, standing, "" if is_same else to_do)
