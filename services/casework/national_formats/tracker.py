"""The NHS Safeguarding Case Review Tracker: a row for each case that was notified, to enter from.

Its public guidance says what each field means: a case is closed once its report is published or the
review is completed and signed off, it is added with the day of its referral, and a rapid review
that becomes a review is “converted”.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from services.casework.access.cases import cases_seen
from services.casework.clock_standing import how_it_stands, working_days_late
from services.casework.effects import policy_of
from services.casework.national_formats.signed_off import signed_by_all
from services.casework.steps.embedding.themes import themes_of
from services.casework.steps.publication.availability import published_address
from services.database.cases import Case
from services.database.clocks import RunningClock, clocks
from services.database.history import last_entry
from services.database.learning import themes_listed
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.working_days import london_date

TRACKER_COLUMNS: Final = (
    "StEIS number",
    "Local reference number",
    "Open or closed",
    "Date added",
    "Date of incident",
    "Designated professional",
    "Safeguarding partnership",
    "Abuse or vulnerability theme 1",
    "Abuse or vulnerability theme 2",
    "Abuse or vulnerability theme 3",
    "Type of review",
    "Stage",
    "Slippage",
    "Report signed off",
    "Publication date",
    "Link to the report",
    "Comments",
)
_THEMES: Final = 3
_RAPID: Final = "Rapid review"
_CONVERTED: Final = "Child safeguarding practice review (converted)"


def tracker_cases(work: UnitOfWork) -> list[Case]:
    """Return the cases that stand in the tracker: those that the Panel was notified of."""
    return [one for one in cases_seen(work).open if one.notified_at is not None]


def tracker_row(work: UnitOfWork, case: Case) -> tuple[str, ...]:
    """Return the row of a case; what Keyline does not hold is left empty."""
    rows = clocks(work.session, case.id)
    review = _newest(rows, ClockId.K11)
    is_over = case.closed_at is not None or case.published_on is not None
    return (
        "",
        case.reference,
        "Closed" if is_over else "Open",
        _day(london_date(case.referred_at)),
        _day(case.incident_on),
        "",
        work.partnership.name,
        *_themes(work, case),
        _CONVERTED if review is not None else _RAPID,
        capital(label(case.stage)),
        _slippage(work, case, review or _newest(rows, ClockId.K10)),
        _day(signed_by_all(work, case)),
        _day(case.published_on) if case.publishes else "",
        published_address(work, case) if case.published_on and case.publishes else "",
        "",
    )


def _day(day: date | None) -> str:
    """Return a day as the tracker's fields take it: day, month and year in figures."""
    return day.strftime("%d/%m/%Y") if day else ""


def _newest(rows: Sequence[RunningClock], clock: ClockId) -> RunningClock | None:
    return max(
        (one for one in rows if one.clock is clock), key=lambda one: one.anchored_on, default=None
    )


def _themes(work: UnitOfWork, case: Case) -> tuple[str, ...]:
    """Return three of the themes that were named last, in the order of their words, or less."""
    entry, known = last_entry(work.session, case.id, EntryType.THEMES_NAMED), None
    if entry is not None:
        known = themes_listed(work.session)
    named = sorted(known.words(one) for one in themes_of(entry)) if entry and known else []
    told = [capital(one) for one in named[:_THEMES]]
    return (*told, *[""] * (_THEMES - len(told)))


def _slippage(work: UnitOfWork, case: Case, row: RunningClock | None) -> str:
    """Say how the time limit of the review stands, and by how many working days it slipped."""
    if row is None:
        return ""
    policy = policy_of(case)
    days, told = working_days_late(work, row, policy), how_it_stands(work, case, row, policy)
    return f"{capital(told)}, by {days} working days" if days else capital(told)
