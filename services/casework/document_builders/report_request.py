"""The letter that asks an agency to take part in a local review, and what goes with it."""

from collections.abc import Mapping
from typing import Final

from services.casework.document_builders.business_unit import reached_at
from services.casework.document_builders.context import BuilderContext, DocumentContent, on_day
from services.casework.document_builders.information_requests import lawful_basis
from services.casework.document_builders.referral import the_children
from services.casework.effects.addressees import contact_of_agency
from services.casework.steps.local_review.chronology_columns import columns_of
from services.casework.steps.local_review.chronology_rows import (
    ChronologyEvent,
    DatedRow,
    OrganisationalChange,
)
from services.casework.steps.local_review.reports_wanted import ReportsRequested
from services.casework.steps.local_review.terms_amended import in_force_among
from services.casework.steps.local_review.terms_said import TermsKept
from services.domain.agency_requests import WantedItem
from services.domain.documents import PaperSection, Table
from services.domain.entry_types import EntryType
from services.domain.identifiers import AgencyId
from services.domain.labels.own_words import in_own_words

_TOLD: Final[Mapping[WantedItem, str]] = {
    WantedItem.CHRONOLOGY: "A chronology of your agency's involvement with the child and family "
    "in the period. How to complete it is in the guidance that comes with this letter.",
    WantedItem.ORGANISATIONAL_CHANGES: "A chronology of changes in your organisation in the period "
    "that may have affected frontline practice, by the same guidance.",
    WantedItem.INFORMATION_REPORT: "An information report: what your agency did and why, analysed "
    "against the key lines of enquiry, what it has learnt, and what it has already changed.",
    WantedItem.POLICIES: "The policies and procedures of your agency that applied in the period to "
    "what is asked for here.",
    WantedItem.PARTICIPANTS: "Which practitioners may be invited to the learning event: only those "
    "with direct operational involvement with the child and the family, and their line managers. "
    "Give their posts and teams to the business unit, and no names.",
}


def report_request(context: BuilderContext) -> DocumentContent:
    """Build the letter that asks one agency formally to take part (INF-01, LC-29, Doc 11)."""
    asked = context.history.command(EntryType.REPORTS_REQUESTED, ReportsRequested)
    lines = tuple(line.question for one in _terms(context) for line in one.key_lines)
    sent = tuple(in_own_words(_TOLD[one]) for one in WantedItem if one in asked.wanted)
    wanted = (PaperSection(heading="What we ask you to send", items=sent),) if sent else ()
    return DocumentContent(
        sections=(
            the_children(context),
            *wanted,
            PaperSection(heading="What to look at", paragraphs=(asked.request,)),
            PaperSection(heading="Key lines of enquiry", items=lines),
            lawful_basis(asked.lawful_basis),
        ),
        addressed_to=_addressee(context),
        details=_by_when(asked) | {in_own_words("Business unit"): reached_at(context.work)},
    )


def chronology_guidance(context: BuilderContext) -> DocumentContent:
    """Build the guidance on completing a chronology, with the days that this one has (Doc 12).

    The columns and the words that may stand in them are those by which a table is read.
    """
    asked = context.history.command(EntryType.REPORTS_REQUESTED, ReportsRequested)
    parts = []
    if not asked.wanted or WantedItem.CHRONOLOGY in asked.wanted:
        parts.append(_columns_told("What is told of each event", ChronologyEvent))
    if WantedItem.ORGANISATIONAL_CHANGES in asked.wanted:
        parts.append(_columns_told("Changes in your organisation", OrganisationalChange))
    return DocumentContent(
        sections=tuple(parts),
        addressed_to=_addressee(context),
        details=_by_when(asked),
    )


def _columns_told(heading: str, row: type[DatedRow]) -> PaperSection:
    rows = tuple((one.title, one.told) for one in columns_of(row))
    table = Table(caption="", columns=("Column", "What goes into it"), rows=rows)
    return PaperSection(heading=heading, table=table)


def _terms(context: BuilderContext) -> list[TermsKept]:
    """Return the terms that were in force when it was asked."""
    drawn_up, at = context.history.all(EntryType.TERMS_AGREED), context.history.newest.at
    in_force = in_force_among(context.work, context.case, drawn_up, at)
    return [] if in_force is None else [TermsKept.model_validate(in_force.command)]


def _addressee(context: BuilderContext) -> str:
    """Return who is named as the agency's single point of contact, and the agency (LC-30)."""
    agency_id = context.order.agency_id
    named = contact_of_agency(context.work, AgencyId(agency_id)) if agency_id else ""
    return f"{named}\n{context.agency}" if named else context.agency


def _by_when(asked: ReportsRequested) -> dict[str, str]:
    """Return the period, where the request says one, and the last day."""
    is_told = asked.period_from and asked.period_to
    period = f"{on_day(asked.period_from)} to {on_day(asked.period_to)}" if is_told else ""
    told = {"The period": period, "Send by the end of": on_day(asked.due)}
    return {name: text for name, text in told.items() if text}
