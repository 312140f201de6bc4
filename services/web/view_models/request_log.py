"""The log of what the agencies of a case were asked for, when, and what came of it (LC-11)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from services.casework.answers_as_text import names_for
from services.casework.effects.addressees import contact_of_agency
from services.casework.labels import label
from services.casework.steps.local_review.reports_wanted import (
    ReportsRequested,
    items_asked,
    newest_request,
)
from services.casework.steps.reports_judged import JUDGED, each_alone
from services.database.agency_requests import AgencyRequest, requests
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.entry_types import EntryType
from services.domain.identifiers import AgencyId
from services.domain.plain_text import capital
from services.domain.todos import Todo

_REMINDED_OF: Final = {
    Todo.SUBMIT_RETURN.value: Asked.SCOPING_RETURN,
    Todo.CONFIRM_RETURN.value: Asked.SCOPING_RETURN,
    Todo.SUBMIT_REPORT.value: Asked.REPORT,
}
_ASKED: Final = (EntryType.RETURNS_REQUESTED, EntryType.REPORTS_REQUESTED)
_ABOUT_ONE: Final = (
    EntryType.AGENCY_CHASED,
    EntryType.DAY_EXTENDED,
    EntryType.SILENCE_REFERRED,
    EntryType.STRATEGIC_LEAD_REACHED,
    EntryType.SILENCE_PUT_TO_PARTNERS,
    EntryType.ACTED_FORMALLY,
    EntryType.RETURN_SUBMITTED,
    EntryType.RETURN_ENTERED,
    EntryType.RETURN_CONFIRMED,
    EntryType.RETURN_CORRECTED,
    EntryType.RETURN_EXCUSED,
    EntryType.REPORT_SUBMITTED,
    EntryType.REPORT_MEETING_CALLED,
    *JUDGED,
    EntryType.REPORT_EXCUSED,
)
LOGGED: Final = (*_ASKED, *_ABOUT_ONE, EntryType.REMINDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedStep:
    """One thing that was asked of the agency or came from it, by whom and when."""

    at: datetime
    what: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedRequest:
    """One request to one agency: to whom it goes, for what and which period, and every step."""

    agency: str
    contact: str
    asked: Asked
    wanted: tuple[str, ...]
    period: tuple[date, date] | None
    request: AgencyRequest
    steps: tuple[LoggedStep, ...]


def request_log(work: UnitOfWork, case: Case) -> list[LoggedRequest]:
    """Return each request on the case with what came of it, by agency and in its order."""
    found = [*each_alone(all_of(work.session, case.id, *LOGGED))]
    names = names_for(work, *{one.person_id for one in found})
    agencies = agency_names(work.session)
    every = [one for asked in Asked for one in requests(work.session, case.id, asked)]
    logged = [_logged(work, one, found, agencies | names) for one in every]
    return sorted(logged, key=lambda one: (one.agency.casefold(), one.asked))


def _logged(
    work: UnitOfWork, request: AgencyRequest, found: Iterable[Entry], names: dict[UUID, str]
) -> LoggedRequest:
    about = [one for one in found if _is_about(one, request)]
    asked = [one for one in about if one.entry_type is EntryType.REPORTS_REQUESTED]
    said = newest_request(asked, request.agency_id)
    return LoggedRequest(
        agency=names.get(request.agency_id, "An agency"),
        contact=contact_of_agency(work, AgencyId(request.agency_id)),
        asked=request.asked,
        wanted=tuple(capital(label(one)) for one in items_asked(asked, request.agency_id)),
        period=_period(said),
        request=request,
        steps=tuple(_steps(about, names)),
    )


def _period(said: ReportsRequested | None) -> tuple[date, date] | None:
    if said is None or said.period_from is None or said.period_to is None:
        return None
    return said.period_from, said.period_to


def _steps(about: Iterable[Entry], names: dict[UUID, str]) -> Iterator[LoggedStep]:
    for one in about:
        who = names.get(one.person_id, "A person who has left")
        yield LoggedStep(at=one.at, what=capital(label(one.entry_type)), who=who)


def _is_about(entry: Entry, request: AgencyRequest) -> bool:
    """Tell whether the entry is about this request of this agency."""
    if entry.entry_type is EntryType.REMINDED:
        return any(_was_reminded(row, request) for row in entry.command["reminded"])
    if _asked_by(entry) is not request.asked:
        return False
    if entry.entry_type in _ASKED:
        return str(request.agency_id) in entry.command["agencies"]
    return entry.subject == str(request.agency_id)


def _was_reminded(row: dict[str, Any], request: AgencyRequest) -> bool:
    is_its = row["agency"] == str(request.agency_id)
    return is_its and _REMINDED_OF.get(row["todo"]) is request.asked


def _asked_by(entry: Entry) -> Asked:
    """Return of which kind of request the entry is: a step about silence says it itself."""
    if entry.entry_type.value.startswith("report"):
        return Asked.REPORT
    return Asked(entry.command.get("asked", Asked.SCOPING_RETURN))
