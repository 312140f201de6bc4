"""What an agency is asked on a case, as it stands beside its answer; of no other agency."""

from collections.abc import Iterator
from dataclasses import replace

from services.casework.act import Act
from services.casework.steps import return_correction
from services.casework.steps.local_review.agency_reports import SUBMIT_REPORT
from services.casework.steps.local_review.chronologies import SUBMIT_CHANGES, SUBMIT_CHRONOLOGY
from services.casework.steps.local_review.reports_wanted import (
    ReportsRequested,
    standing_requests,
)
from services.casework.steps.local_review.terms_amended import terms_in_force
from services.casework.steps.scoping import return_confirmation, scoping_returns
from services.casework.steps.scoping.scoping import HEALTH_RECORDS, IN_LAW, RequestReturns
from services.database.cases import Case, children
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import Answer
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.plain_dates import day_month_year
from services.domain.plain_text import capital
from services.web.timeline import Told, tell_as_read
from services.web.view_models.own_part import came_back

OF_RETURNS = (
    scoping_returns.SUBMIT_RETURN,
    return_confirmation.CONFIRM_RETURN,
    return_correction.CORRECT_RETURN,
)
BESIDE_ANSWER = (*OF_RETURNS, SUBMIT_REPORT, SUBMIT_CHRONOLOGY, SUBMIT_CHANGES)


def asked_of_agency(work: UnitOfWork, act: Act, case: Case) -> list[Told]:
    """Return what the actor's agency is asked, to stand beside its answer; of no other agency."""
    if work.actor.agency_id is None:
        return []
    if act in OF_RETURNS:
        return _told(work, _returns_asked(work, case), case)
    asked = _told(work, standing_requests(work, case, work.actor.agency_id), case)
    return [*came_back(work, case), *asked, *_key_lines(work, case)]


def _returns_asked(work: UnitOfWork, case: Case) -> list[Entry]:
    own = str(work.actor.agency_id)
    asked = all_of(work.session, case.id, EntryType.RETURNS_REQUESTED)
    return [one for one in asked if own in one.command["agencies"]][-1:]


def _told(work: UnitOfWork, asked: list[Entry], case: Case) -> list[Told]:
    """Tell the request without the other agencies, and of whom it is."""
    told = tell_as_read(work, asked, lambda _entry: False)
    return [
        replace(one, said=tuple(_said(work, entry, case)))
        for one, entry in zip(told, asked, strict=True)
    ]


def _said(work: UnitOfWork, entry: Entry, case: Case) -> Iterator[Answer]:
    for child in children(work.session, case.id):
        born = f", born on {day_month_year(child.born_on)}" if child.born_on else ""
        yield Answer(label="Child", text=f"{child.name}{born}")
    if entry.entry_type is EntryType.RETURNS_REQUESTED:
        asked = RequestReturns.model_validate(entry.command)
        yield Answer(label="What you are asked to look for", text=asked.message)
        yield from _why(asked.lawful_basis)
        return
    report = ReportsRequested.model_validate(entry.command)
    if report.wanted:
        wanted = capital("; ".join(map(label, report.wanted)))
        yield Answer(label="What you are asked to send", text=wanted)
    if report.period_from and report.period_to:
        period = f"{day_month_year(report.period_from)} to {day_month_year(report.period_to)}"
        yield Answer(label="The period", text=period)
    yield Answer(label="What is asked for", text=report.request)
    yield from _why(report.lawful_basis)


def _why(lawful_basis: str) -> Iterator[Answer]:
    """Tell why the agency may share what it is asked for (INF-01, INF-03, INF-04)."""
    yield Answer(label="Under which law it is asked for", text=IN_LAW)
    yield Answer(label="Lawful basis of the request", text=lawful_basis)
    yield Answer(label="If health records are asked for", text=HEALTH_RECORDS)


def _key_lines(work: UnitOfWork, case: Case) -> list[Told]:
    """Return the key lines of enquiry against which the report is to be analysed (LC-33)."""
    in_force = terms_in_force(work, case)
    terms = [] if in_force is None else [in_force]
    told = tell_as_read(work, terms, lambda _entry: False)
    lines = [one.command["key_lines"] for one in terms]
    said = [
        tuple(
            Answer(label=f"Key line of enquiry {number}", text=one["question"])
            for number, one in enumerate(each, start=1)
        )
        for each in lines
    ]
    return [replace(one, said=words) for one, words in zip(told, said, strict=True)]
