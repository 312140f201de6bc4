"""What another partnership shows of its case, as one page tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.casework.access.shown_cases import ShownCase
from services.casework.effects import as_counted
from services.database.clocks import RunningClock
from services.database.documents import Document
from services.database.shown import SharedCase, shown_names
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.standing import standing_on
from services.domain.joint_reviews import SHAREABLE, last_day_before
from services.domain.labels import label
from services.domain.roles import Permission
from services.web.timeline import Told, tell_shown


@dataclass(frozen=True, slots=True)
class ShownClock:
    """One national clock of the review: it runs once, on the case that leads."""

    row: RunningClock
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCaseView:
    """The page of a shown case: whose it is, what is shown until when, and what that says."""

    case: SharedCase
    sections: tuple[str, ...]
    last_day: date
    clocks: tuple[ShownClock, ...]
    documents: Sequence[Document]
    timeline: list[Told]


def shown_case_view(reader: UnitOfWork, found: ShownCase, today: date) -> ShownCaseView:
    """Tell what the reader's partnership sees; of the family only to a reader who may read it."""
    names = shown_names(reader.session, found.case.case_id)
    reads_family = reader.actor.may(Permission.READ_FAMILY)
    return ShownCaseView(
        case=found.case,
        sections=tuple(label(one) for one in SHAREABLE if one in found.case.sections),
        last_day=last_day_before(found.case.until_at),
        clocks=tuple(_clock(one, today) for one in found.clocks),
        documents=found.documents,
        timeline=tell_shown(found.entries, names, reads_family=reads_family),
    )


def _clock(row: RunningClock, today: date) -> ShownClock:
    if row.ended_on is not None and row.met_on is None:
        return ShownClock(row, "ended")
    return ShownClock(row, label(standing_on(as_counted(row), today, done=row.met_on)))
