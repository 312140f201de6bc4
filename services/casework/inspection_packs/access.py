"""Who may see an inspection pack: who keeps packs, and the partner that owns it once it is put.

A pack tells of cases. It is read by nobody to whom one of them is closed by an interest, and by
nobody who has yet to declare on one (LC-01, LC-02).
"""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from services.casework.access.cases import cases_seen
from services.casework.inspection_packs.standing import PackStanding, pack_standings
from services.database.cases import Case, cases_of
from services.database.decisions import cases_closed
from services.database.inspection import NO_PACK, pack_outlines, pack_steps
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import InspectionEvent
from services.domain.errors import NotFound, NotPermitted
from services.domain.inspection import PackState
from services.domain.roles import Permission

_FOR_PARTNER: Final = frozenset({PackState.WITH_PARTNER})
_FOR_KEEPER: Final = frozenset({PackState.REFUSED, PackState.APPROVED, PackState.NOT_RECEIVED})
CLOSED_TO_YOU: Final = (
    "An interest of yours closes a case of this pack to you: another person reads it in your place."
)
DECLARE_FIRST: Final = "It tells of cases on which you have yet to declare. Open them first."


def packs_seen(work: UnitOfWork) -> list[PackStanding]:
    """Return the packs that the person may know of, the newest first: of each but its items."""
    return [one for one in pack_standings(pack_steps(work.session)) if _reaches(work, one)]


def packs_waiting(work: UnitOfWork) -> list[PackStanding]:
    """Return the packs that wait for the person: to be approved, put right, or sent."""
    if not (
        work.actor.may(Permission.KEEP_INSPECTION_PACKS)
        or work.actor.may(Permission.APPROVE_INSPECTION_PACKS)
    ):
        return []
    waits = _FOR_KEEPER if work.actor.may(Permission.KEEP_INSPECTION_PACKS) else _FOR_PARTNER
    found = pack_standings(pack_outlines(work.session))
    return [one for one in found if one.state in waits and _reaches(work, one)]


def pack_to_read(work: UnitOfWork, pack_id: UUID) -> PackStanding:
    """Return a pack that the person may read and act on now; else there is no such pack.

    Raises NotPermitted where a case of it is not open to the person.
    """
    pack = pack_in_sight(work, pack_id)
    if set(pack.gathered.cases) & cases_closed(work.session):
        raise NotPermitted(CLOSED_TO_YOU)
    if cases_to_open(work, pack):
        raise NotPermitted(DECLARE_FIRST)
    return pack


def pack_in_sight(work: UnitOfWork, pack_id: UUID) -> PackStanding:
    """Return a pack that the person may know of: its reference, for whom it is, how it stands."""
    found = pack_standings(pack_steps(work.session, pack_id))
    if not found or not _reaches(work, found[0]):
        raise NotFound(NO_PACK)
    return found[0]


def cases_to_open(work: UnitOfWork, pack: PackStanding) -> Sequence[Case]:
    """Return the cases of the pack on which the person has yet to declare."""
    return cases_seen(work, among=pack.gathered.cases).to_declare


def cases_gone(work: UnitOfWork, pack: PackStanding) -> int:
    """Return of how many cases of the pack the record was disposed of: their items went too."""
    here = cases_of(work.session, set(pack.gathered.cases))
    return len(set(pack.gathered.cases) - here.keys() - cases_closed(work.session))


def _reaches(work: UnitOfWork, pack: PackStanding) -> bool:
    actor = work.actor
    if actor.may(Permission.KEEP_INSPECTION_PACKS):
        return True
    if not actor.may(Permission.APPROVE_INSPECTION_PACKS):
        return False
    opened = pack.opened
    was_put = pack.last(InspectionEvent.MANAGER_APPROVED) is not None
    return was_put and (actor.seat, actor.authority) == (opened.owner, opened.authority or "")
