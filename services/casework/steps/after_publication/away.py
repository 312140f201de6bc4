"""The days on which a published report was not available within its year (PUB-29, K13).

By decision of the partners, with improvements in its place, or because it was not found at its
address. The year counts from the first day all the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.casework.steps.publication.after_said import ReportReissued, TakeDown
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.plain_dates import weekday_day_month_year as written
from services.domain.working_days import london_date

_GONE = (EntryType.ADDRESS_SILENT, EntryType.REPORT_TAKEN_DOWN)
_BACK = (
    EntryType.ADDRESS_ANSWERS,
    EntryType.AVAILABILITY_CONFIRMED,
    EntryType.REPORT_REISSUED,
)


@dataclass(frozen=True, slots=True)
class Away:
    """From which day it was away, until which day it was back, and whether that was decided."""

    since: date
    until: date | None
    is_decided: bool

    def days(self, today: date) -> int:
        """Return how many days it was away, of one that lasts until today."""
        return ((self.until or today) - self.since).days

    def told(self, today: date) -> str:
        """Say it in a sentence."""
        count = self.days(today)
        days = f"{count} {'day' if count == 1 else 'days'}"
        how = "taken down by the partners' decision" if self.is_decided else "not found"
        if self.until is None:
            return f"The report is {how} since {written(self.since)}: {days} away so far."
        return (
            f"The report was {how} from {written(self.since)} until {written(self.until)}: {days} "
            "away. The year counts from the first day."
        )


def days_away(work: UnitOfWork, case: Case) -> tuple[Away, ...]:
    """Return each time it was away, oldest first; what is taken down is not looked for as well."""
    return tuple(_times(all_of(work.session, case.id, *_GONE, *_BACK)))


def away_in_words(work: UnitOfWork, case: Case) -> str:
    """Say how long the published report was away; nothing where it never was."""
    return " ".join(one.told(work.today) for one in days_away(work, case))


def _times(said: list[Entry]) -> Iterator[Away]:
    """Yield the times: improvements that are found in its place do not bring the report back."""
    gone: Away | None = None
    for one in said:
        kind = one.entry_type
        if kind is EntryType.REPORT_TAKEN_DOWN:
            since = TakeDown.model_validate(one.command).taken_down_on
            if gone is not None and gone.since < since:
                yield Away(gone.since, since, is_decided=False)
            gone = Away(since, None, is_decided=True)
        elif kind is EntryType.REPORT_REISSUED and gone is not None:
            yield Away(gone.since, _again_on(one), gone.is_decided)
            gone = None
        elif kind is EntryType.ADDRESS_SILENT and gone is None:
            gone = Away(london_date(one.at), None, is_decided=False)
        elif gone is not None and not gone.is_decided:
            yield Away(gone.since, london_date(one.at), is_decided=False)
            gone = None
    if gone is not None:
        yield gone


def _again_on(entry: Entry) -> date:
    return ReportReissued.model_validate(entry.command).published_on
