"""The review group's looks at the trends, as the page of trends tells of them (EMB-10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from services.casework.partnership_learning.trend_looks import (
    LookAtTrends,
    TrendLook,
    trend_looks,
)
from services.database.learning import learning_records, themes_listed
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.themes import ThemeList, shipped_id


@dataclass(frozen=True, slots=True, kw_only=True)
class LookTold:
    """One look: what was looked at and what recurs, in words, and who put it on record."""

    said: LookAtTrends
    looked_at: str
    recurring: str
    recorded_by: str


def looks_told(work: UnitOfWork) -> list[LookTold]:
    """Return the looks that are on record, the newest first."""
    found = trend_looks(learning_records(work.session))
    known = names(work.session, {one.added_by for one in found})
    listed = themes_listed(work.session)
    return [_told(one, known, listed) for one in reversed(found)]


def _told(look: TrendLook, known: Mapping[UUID, str], listed: ThemeList) -> LookTold:
    themes = (*map(shipped_id, look.said.recurring), *look.said.recurring_own)
    return LookTold(
        said=look.said,
        looked_at="; ".join(label(one) for one in look.said.looked_at),
        recurring="; ".join(map(listed.words, themes)),
        recorded_by=known.get(look.added_by, ""),
    )
