"""The case's duties with a last day, as the papers about notifying tell them."""

from services.casework.document_builders.context import on_day
from services.casework.labels import label
from services.database.cases import Case
from services.database.clocks import RunningClock, clocks
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import PaperSection, Table
from services.domain.plain_text import without_rules


def due_days(work: UnitOfWork, case: Case) -> PaperSection:
    """Return the case's clocks with their last days and when each was met.

    The steps for which a partnership set itself a time are its own, and stand in no paper.
    """
    rows = tuple(
        (one.duty, on_day(one.due), on_day(one.met_on) or _ending(one) or "Running")
        for one in clocks(work.session, case.id)
        if not one.is_extra
    )
    return PaperSection(
        heading="Duties with a last day",
        table=Table(caption="", columns=("Duty", "Due by", "Met"), rows=rows) if rows else None,
    )


def _ending(clock: RunningClock) -> str:
    return without_rules(label(clock.ended_because)) if clock.ended_because else ""
