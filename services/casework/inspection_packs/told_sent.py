"""What was sent to national bodies in the period, to whom, by which way and with what proof."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from services.casework.inspection_packs.said import PackItem
from services.casework.steps.dispatches.proof_told import proof_told
from services.database.cases import Case
from services.database.dispatches import Dispatch, dispatches
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.inspection import InspectionQuestion
from services.domain.labels import document_title, label
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital
from services.domain.working_days import london_date

COLUMNS: Final = (
    "What",
    "To whom",
    "By which way",
    "How it stands",
    "Sent on",
    "Proof",
    "Documents",
)


def sent_of(work: UnitOfWork, case: Case, first: date, last: date) -> PackItem | None:
    """Return the item of a case, or none of one of which nothing was to be sent in the period."""
    found = [
        one
        for one in dispatches(work.session, case.id)
        if first <= (one.sent_on or london_date(one.ordered_at)) <= last
    ]
    if not found:
        return None
    people = {one for sent in found for one in (sent.sent_by, sent.confirmed_by) if one}
    known = names(work.session, people) if people else {}
    return PackItem(
        question=InspectionQuestion.SENT,
        reference=case.reference,
        title=f"{case.reference}: what was sent to whom",
        columns=COLUMNS,
        rows=tuple(_cells(one, known) for one in found),
    )


def _cells(one: Dispatch, known: Mapping[UUID, str]) -> tuple[str, ...]:
    return (
        capital(label(one.notice)),
        capital(label(one.recipient)),
        capital(label(one.way)),
        capital(label(one.state)),
        weekday_day_month_year(one.sent_on) if one.sent_on else "",
        capital("; ".join(proof_told(one, known))) or "None: it was not sent",
        "; ".join(_document(told) for told in one.documents),
    )


def _document(told: Mapping[str, str]) -> str:
    """Return what a document is, in which version, and its digest, by which it is known again."""
    title = document_title(DocumentKind(told["kind"]))
    digest = f", SHA-256 {told['sha256']}" if "sha256" in told else ""
    return f"{title}, version {told['version']}{digest}"
