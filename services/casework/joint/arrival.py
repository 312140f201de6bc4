"""How an act of Keyline itself begins that keeps what came from another partnership."""

from uuid import UUID

from services.casework.act import Act
from services.database.cases import Case, get_case
from services.database.history import last_entry
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.identifiers import CaseId


def subject_of(id_: UUID, partnership_id: UUID) -> str:
    """Return by what the entry of something received is found: its id over there, and whose."""
    return f"{id_}:{partnership_id}"


def received_from(subject: str) -> tuple[UUID, UUID]:
    """Return the id over there and the partnership of what was received with this subject."""
    id_, _, partnership_id = subject.partition(":")
    return UUID(id_), UUID(partnership_id)


def begin_arrival(
    work: UnitOfWork, case_id: CaseId, act: Act, subject: str, entry: EntryType | None = None
) -> tuple[Case, bool]:
    """Return the case, locked, and whether what arrives is on its record already.

    An order may be carried out again; ``subject`` names what arrives, and ``entry`` the type of its
    entry where the act writes one of two.
    """
    work.actor.must(act.permission)
    case = get_case(work.session, case_id, for_change=True)
    return case, last_entry(work.session, case.id, entry or act.entry, subject) is not None
