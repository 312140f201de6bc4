"""Whether a published report is at its address or taken down, and what waits to be decided."""

from typing import Final

from services.database.cases import Case
from services.database.clocks import open_clock
from services.database.history import Fact, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken

_CHANGES: Final = (EntryType.PUBLISHED, EntryType.REPORT_TAKEN_DOWN, EntryType.REPORT_REISSUED)
_PROPOSED: Final = (EntryType.TAKING_DOWN_PROPOSED, EntryType.REISSUE_PROPOSED)
_SETTLED: Final = (
    EntryType.REPORT_TAKEN_DOWN,
    EntryType.REPORT_REISSUED,
    EntryType.PUBLISHED_PROPOSAL_DROPPED,
)


def is_up(work: UnitOfWork, case: Case) -> bool:
    """Tell whether our report is published, and not taken down since."""
    return _newest(work, case) in {EntryType.PUBLISHED, EntryType.REPORT_REISSUED}


def is_down(work: UnitOfWork, case: Case) -> bool:
    """Tell whether our report was published and is taken down now."""
    return _newest(work, case) is EntryType.REPORT_TAKEN_DOWN


def may_be_taken_down(work: UnitOfWork, case: Case) -> bool:
    """Tell whether it is up and its year runs, in which it stays unless all partners agree."""
    runs = open_clock(work.session, case.id, ClockId.K13) is not None
    return runs and is_up(work, case) and waiting(work, case) is None


def waiting(work: UnitOfWork, case: Case) -> Fact | None:
    """Return what was put to the partners of it and is neither done nor dropped, if anything."""
    newest = facts(work.session, case.id, *_PROPOSED, *_SETTLED)[-1:]
    return next((one for one in newest if one.entry_type in _PROPOSED), None)


def is_waiting(work: UnitOfWork, case: Case) -> bool:
    """Tell whether something is put to the partners of the published report, or is to be done."""
    return waiting(work, case) is not None


def must_have_settled_published(work: UnitOfWork, case: Case) -> None:
    """Refuse the close while something waits of the published report: nobody would be asked."""
    if is_waiting(work, case):
        raise RuleBroken(
            "The partners were asked whether the published report is taken down, or published "
            "again: that is done, or not pursued, before the close (PUB-24)."
        )


def _newest(work: UnitOfWork, case: Case) -> EntryType | None:
    changed = facts(work.session, case.id, *_CHANGES)
    return changed[-1].entry_type if changed else None
