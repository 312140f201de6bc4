"""The briefing as an agency reads it beside its confirmation: it names nobody of the case."""

from typing import Final

from services.database.cases import Case
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.web.timeline import Told, tell_as_read

_OF_OTHERS: Final = frozenset({"sharing", "reached"})


def briefing_to_give(work: UnitOfWork, case: Case) -> list[Told]:
    """Return the newest briefing without how others share it (EMB-07)."""
    newest = all_of(work.session, case.id, EntryType.BRIEFING_WRITTEN)[-1:]
    return tell_as_read(work, newest, lambda _entry: True, without=_OF_OTHERS)
