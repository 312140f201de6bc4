"""Who decided what on a case in the period, with what authority: people by name, and no reasons."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from services.casework.acts import ACTS
from services.casework.inspection_packs.said import PackItem
from services.database.cases import Case
from services.database.decisions import SignOff, all_signed
from services.database.delegations import authority_of
from services.database.history import Entry, all_of
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.inspection import InspectionQuestion
from services.domain.labels import label
from services.domain.parties import Party, party_name
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital
from services.domain.roles import DECISIONS
from services.domain.working_days import london_date

COLUMNS: Final = (
    "What was decided",
    "On",
    "By whom",
    "For",
    "What they said",
    "With what authority",
)
# What binds others or leaves the partnership; a signature is told of by its own row.
_ENTRIES: Final = frozenset(
    act.entry for act in ACTS.values() if act.permission in DECISIONS and act.entry is not None
) - {EntryType.SIGNED_OFF, EntryType.POSITION_REPLACED}
_NOT_SAID: Final = "None is on record"


def decisions_of(work: UnitOfWork, case: Case, first: date, last: date) -> PackItem | None:
    """Return the item of a case, or none of one on which nothing was decided in the period."""
    signed = [one for one in all_signed(work.session, case.id) if first <= one.signed_on <= last]
    entries = [
        one
        for one in all_of(work.session, case.id, *_ENTRIES)
        if first <= london_date(one.at) <= last
    ]
    known = names(
        work.session, {one.person_id for one in signed} | {one.person_id for one in entries}
    )
    told = [(one.at, _signature(work, one, known)) for one in signed]
    told += [(one.at, _decision(work, one, known)) for one in entries]
    if not told:
        return None
    return PackItem(
        question=InspectionQuestion.DECISIONS,
        reference=case.reference,
        title=f"{case.reference}: who decided what",
        columns=COLUMNS,
        rows=tuple(cells for _, cells in sorted(told)),
    )


def _signature(work: UnitOfWork, one: SignOff, known: Mapping[UUID, str]) -> tuple[str, ...]:
    by = known.get(one.person_id, "A person of another partnership")
    if one.named_lead:
        by = f"{one.named_lead}, put on record by {by}"
    said = capital(label(one.position))
    return (
        f"{capital(label(one.matter))}, round {one.round}",
        weekday_day_month_year(one.signed_on),
        by,
        capital(party_name(one.seat, one.authority, work.partnership.authorities)),
        f"{said}, in the place of an earlier position" if one.replaces else said,
        "; ".join(_authority(one.decides, one.accountable_to)) or _NOT_SAID,
    )


def _decision(work: UnitOfWork, one: Entry, known: Mapping[UUID, str]) -> tuple[str, ...]:
    on = london_date(one.at)
    role = label(one.role)
    seat, held = "", None
    if one.seat is not None:
        seat = party_name(one.seat, one.authority, work.partnership.authorities)
        party = Party(work.actor.partnership_id, one.seat, one.authority)
        held = authority_of(work.session, one.person_id, party, on)
    authority = _authority(held.decides, held.accountable_to) if held else iter(())
    return (
        capital(label(one.entry_type)),
        weekday_day_month_year(on),
        known.get(one.person_id, "A person of another partnership"),
        capital(seat or role),
        "",
        "; ".join(authority) or f"By the role of {role}",
    )


def _authority(decides: str, accountable_to: str) -> Iterator[str]:
    if decides:
        yield decides
    if accountable_to:
        yield f"accountable to {accountable_to}"
