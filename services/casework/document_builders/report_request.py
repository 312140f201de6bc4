"""The letter that asks an agency to take part in a local review, and what goes with it."""

from collections.abc import Mapping
from typing import Final

from services.casework.document_builders.business_unit import reached_at
from services.casework.document_builders.context import BuilderContext, DocumentContent, on_day
from services.casework.document_builders.information_requests import lawful_basis
from services.casework.document_builders.referral import the_children
from services.casework.effects.addressees import contact_of_agency
from services.casework.steps.local_review.reports_wanted import ReportsRequested
from services.casework.steps.local_review.terms_amended import in_force_among
from services.casework.steps.local_review.terms_said import TermsKept
from services.domain.agency_requests import WantedItem
from services.domain.documents import PaperSection, Table
from services.domain.entry_types import EntryType
from services.domain.identifiers import AgencyId

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
# Doc 10: what each event of a chronology is told by, in the order in which it is told.
_COLUMNS: Final = (
    ("Date and time", "When it happened; and whether the date is certain, or how near it is."),
    ("Source", "The record that it is taken from. No event stands without its source."),
    ("Event", "What happened, as the record has it: facts, in few words."),
    ("About whom", "The child or the member of the family whom it concerns."),
    ("Agency and role", "Who was involved for the agency: the role and its responsibility."),
    ("Action or decision", "What was done or decided, and what was not."),
    ("Child seen or heard", "Whether the child was seen, and what they said or showed."),
    ("Comment and analysis", "Why it was so, by what was known at the time and not in hindsight."),
)

_CHANGES: Final = (
    "Give changes of structure, leadership, staffing, caseload, policy or systems in the period.",
    "Say from which day each took effect, where that is recorded, and which services it touched.",
    "Say how it may have affected frontline practice with the child and the family.",
)


def report_request(context: BuilderContext) -> DocumentContent:
    """Build the letter that asks one agency formally to take part (INF-01, LC-29, Doc 11)."""
    asked = context.history.command(EntryType.REPORTS_REQUESTED, ReportsRequested)
    lines = tuple(line.question for one in _terms(context) for line in one.key_lines)
    sent = tuple(_TOLD[one] for one in WantedItem if one in asked.wanted)
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
        details=_by_when(asked) | {"Business unit": reached_at(context.work)},
    )


def chronology_guidance(context: BuilderContext) -> DocumentContent:
    """Build the guidance on completing a chronology, with the days that this one has (Doc 12)."""
    asked = context.history.command(EntryType.REPORTS_REQUESTED, ReportsRequested)
    columns = Table(caption="", columns=("Column", "What goes into it"), rows=_COLUMNS)
    parts = [PaperSection(heading="What is told of each event", table=columns)]
    if WantedItem.ORGANISATIONAL_CHANGES in asked.wanted:
        parts.append(PaperSection(heading="Changes in your organisation", items=_CHANGES))
    return DocumentContent(
        sections=tuple(parts),
        addressed_to=_addressee(context),
        details=_by_when(asked),
    )


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
