"""What was judged of the agencies' reports: one alone, or several at once (G8, LC-26).

An entry that judges several holds a row for each. Whoever reads of one agency reads its row alone,
as if it had been judged alone: of the others nothing is told.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final
from uuid import UUID

from services.database.history import Entry, Fact
from services.domain.agency_requests import ReportJudgement
from services.domain.entry_types import EntryType

_SEVERAL: Final = EntryType.REPORTS_JUDGED
_ALONE: Final = {
    ReportJudgement.ACCEPTED: (EntryType.REPORT_ACCEPTED, "accept_report"),
    ReportJudgement.RETURNED: (EntryType.REPORT_RETURNED, "return_report"),
}
JUDGED: Final = (EntryType.REPORT_RETURNED, EntryType.REPORT_ACCEPTED, _SEVERAL)
"""The types of entry by which a report is returned or accepted."""


def each_alone(found: Iterable[Entry]) -> Iterator[Entry]:
    """Yield these entries; of one that judges several reports, what it says of each, as of one.

    What is yielded for a row is read only: it is not in the history, where its entry is.
    """
    for one in found:
        if one.entry_type is not _SEVERAL:
            yield one
            continue
        for row in one.command["reports"]:
            yield _as_of_one(one, row)


def is_settled_by(entry: Fact, agency_id: UUID) -> bool:
    """Tell whether the entry, which settles reports, settles that of the agency."""
    return str(agency_id) in entry.subject.split()


def subject_of(accepted: Iterable[UUID]) -> str:
    """Return what an entry that judges several is about: those that it accepts.

    Rules read it where a police mark hides its words.
    """
    return " ".join(map(str, accepted))


def _as_of_one(entry: Entry, row: dict[str, Any]) -> Entry:
    kind, act = _ALONE[ReportJudgement(row["judgement"])]
    said = {"agency": row["agency"]}
    if kind is EntryType.REPORT_ACCEPTED:
        said |= {"sufficient": True}
    else:
        said |= {"reasons": row["reasons"], "by_when": row["by_when"]}
    alone = {"entry_type": kind, "act": act, "subject": row["agency"], "command": said}
    return Entry(**entry.model_dump() | alone)
