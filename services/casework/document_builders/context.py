"""What every document builder starts from and returns, and the parts that many documents have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.casework.answers_as_text import Names, as_section, as_tables, names_for
from services.casework.document_builders.case_history import CaseHistory, history_of
from services.casework.effects import DocumentOrder
from services.casework.joint.notifications import NotificationReceived
from services.casework.labels import label
from services.casework.steps.notification.notification import NotificationSent
from services.database.cases import Case, get_case
from services.database.clocks import RunningClock, clocks
from services.database.history import Entry
from services.database.people import serving
from services.database.police_marks import live_marks
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import Answer, DocumentKind, Paper, PaperSection, Table
from services.domain.entry_types import EntryType
from services.domain.identifiers import CaseId
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import without_rules
from services.domain.roles import Role
from services.domain.working_days import london_date


@dataclass(frozen=True, slots=True)
class BuilderContext:
    """What a document is built from: its order, the case, and the history as of the order."""

    work: UnitOfWork
    order: DocumentOrder
    case: Case
    names: Names
    history: CaseHistory

    @property
    def agency(self) -> str:
        """Return the name of the agency that the document is about or for."""
        return "" if self.order.agency_id is None else self.names.get(self.order.agency_id, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentContent:
    """What one document says, under the head that all documents have.

    One that is about an agency, or for it, is named for it.
    """

    sections: tuple[PaperSection, ...]
    addressed_to: str = ""
    sender: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class BuiltDocument:
    """A paper, and the entries whose words it holds: that of the act that ordered it first."""

    paper: Paper
    said: tuple[UUID, ...]


Builder = Callable[[BuilderContext], DocumentContent]
Builders = Mapping[DocumentKind, Builder]


def build(
    work: UnitOfWork, case_id: CaseId, order: DocumentOrder, builders: Builders
) -> BuiltDocument:
    """Compose the ordered document from the record, in the transaction given."""
    case = get_case(work.session, case_id)
    history = history_of(work, case_id).as_of(order.as_of_entry)
    if order.unmarked:
        history = history.without(live_marks(work.session, case.id))
    ordered_by = history.newest.id
    names = names_for(work) | history.names()
    context = BuilderContext(work, order, case, names, history)
    content = builders[order.kind](context)
    paper = Paper(
        kind=order.kind,
        reference=case.reference,
        partnership=work.partnership.name,
        prepared_on=work.today,
        version=order.version,
        addressed_to=content.addressed_to,
        details=tuple(Answer(label=label, text=text) for label, text in content.details.items()),
        sections=content.sections,
        about=content.about or context.agency,
        subject=content.subject or str(order.agency_id or ""),
        sender=content.sender,
        signatory=_signatory(work, history.newest) if order.kind.particulars.is_letter else "",
    )
    return BuiltDocument(paper, tuple({ordered_by: None} | history.said))


def parts(
    heading: str, command: BaseModel, known: Names, *, without: frozenset[str] = frozenset()
) -> tuple[PaperSection, ...]:
    """Return an act's words as a part of a paper: its answers, with its tables under them."""
    answers = as_section(heading, command, known, without=without)
    return (replace(answers, parts=as_tables(command, known, without=without)),)


def _signatory(work: UnitOfWork, ordered_by: Entry) -> str:
    """Return which business manager signs: who ordered the letter, or the first who serves now."""
    if ordered_by.role is Role.BUSINESS_MANAGER:
        return names_for(work, ordered_by.person_id).get(ordered_by.person_id, "")
    serve = serving(work.session, (Role.BUSINESS_MANAGER,), on=work.today)
    return next((person.name for person, _ in serve), "")


def on_day(day: date | None) -> str:
    """Return a day as people write it; nothing when it is not known."""
    return weekday_day_month_year(day) if day else ""


def key_dates(case: Case) -> dict[str, str]:
    """Return the days on which the case's clocks hang, as a paper's details, as far as known."""
    known = {
        "Local authority aware": on_day(london_date(case.aware_at) if case.aware_at else None),
        "Referral received": on_day(london_date(case.referred_at)),
        "Panel notified": on_day(london_date(case.notified_at) if case.notified_at else None),
        "Notification reference": case.notification_reference,
    }
    return {name: text for name, text in known.items() if text}


def notified_elsewhere(history: CaseHistory) -> dict[str, str]:
    """Return the notifications of the incident by other areas of a joint review.

    The joint record names every notification, so that each area's duty to submit is met by it.
    """
    entries = history.all(EntryType.NOTIFICATION_RECEIVED)
    said = [NotificationReceived.model_validate(one.command) for one in entries]
    return {
        f"Panel notified by {one.partnership}": f"{on_day(one.notified_on)}, {one.reference}"
        for one in said
    }


def the_notification(history: CaseHistory, names: Names) -> tuple[PaperSection, ...]:
    """Return our own notification; where our area sent none, those of the other areas."""
    own = history.all(EntryType.NOTIFICATION_RECORDED)[-1:]
    of: list[BaseModel] = [NotificationSent.model_validate(one.command) for one in own]
    if not own:
        received = history.all(EntryType.NOTIFICATION_RECEIVED)
        of = [NotificationReceived.model_validate(one.command) for one in received]
    return tuple(part for one in of for part in parts("The notification", one, names))


def _ending(clock: RunningClock) -> str:
    return without_rules(label(clock.ended_because)) if clock.ended_because else ""


def due_days(work: UnitOfWork, case: Case) -> PaperSection:
    """Return the case's clocks with their last days and when each was met."""
    rows = tuple(
        (one.duty, on_day(one.due), on_day(one.met_on) or _ending(one) or "Running")
        for one in clocks(work.session, case.id)
    )
    return PaperSection(
        heading="Duties with a last day",
        table=Table(caption="", columns=("Duty", "Last day", "Met"), rows=rows) if rows else None,
    )
