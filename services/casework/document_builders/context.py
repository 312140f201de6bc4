"""What every document builder starts from and returns, and the parts that many documents have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from pydantic import BaseModel

from services.casework.answers_as_text import Names, as_section, as_tables
from services.casework.document_builders.case_history import CaseHistory
from services.casework.effects import DocumentOrder, guidance_of, policy_of
from services.casework.joint.notifications import NotificationReceived
from services.casework.steps.notification.notification import NotificationSent
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind, PaperSection
from services.domain.entry_types import THE_REFERRAL, EntryType
from services.domain.plain_dates import weekday_day_month_year
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

    One that is about an agency, or for it, is named for it. One that hides the partnership says
    its name nowhere (PUB-27).
    """

    sections: tuple[PaperSection, ...]
    addressed_to: str = ""
    sender: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    subject: str = ""
    hides_partnership: bool = False


Builder = Callable[[BuilderContext], DocumentContent]
Builders = Mapping[DocumentKind, Builder]


def parts(
    heading: str, command: BaseModel, known: Names, *, without: frozenset[str] = frozenset()
) -> tuple[PaperSection, ...]:
    """Return an act's words as a part of a paper: its answers, with its tables under them."""
    answers = as_section(heading, command, known, without=without)
    return (replace(answers, parts=as_tables(command, known, without=without)),)


def in_paragraphs(heading: str, text: str) -> PaperSection:
    """Return a text as a part of a paper: its paragraphs are those that were written."""
    return PaperSection(heading=heading, paragraphs=tuple(text.split("\n\n")))


def on_day(day: date | None) -> str:
    """Return a day as people write it; nothing when it is not known."""
    return weekday_day_month_year(day) if day else ""


def published_at(case: Case) -> dict[str, str]:
    """Return at which website the partnership publishes, if its policy names one (PUB-29)."""
    website = policy_of(case).sharing.website
    return {"To be published at": website} if website else {}


def key_dates(context: BuilderContext) -> dict[str, str]:
    """Return the days on which the case's clocks hang, and by which guidance it is judged.

    Of a local review that was asked for, and never referred, it is the request that was received.
    """
    case, kinds = context.case, {one.entry_type for one in context.history.entries}
    was_asked_for = EntryType.REVIEW_REQUESTED in kinds and not kinds.intersection(THE_REFERRAL)
    received = "Request" if was_asked_for else "Referral"
    known = {
        "Local authority aware": on_day(london_date(case.aware_at) if case.aware_at else None),
        f"{received} received": on_day(london_date(case.referred_at)),
        "Panel notified": on_day(london_date(case.notified_at) if case.notified_at else None),
        "Notification reference": case.notification_reference,
    }
    known |= {one.heading: one.text for one in guidance_of(case)}
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
    """Return our own notification; where none of ours stands, those of the other areas.

    Of a withdrawal it holds no word.
    """
    ended = EntryType.NOTIFICATION_WITHDRAWN
    withdrawn = max((one.number for one in history.entries if one.entry_type is ended), default=0)
    sent = history.all(EntryType.NOTIFICATION_RECORDED)
    own = [one for one in sent if one.number > withdrawn][-1:]
    of: list[BaseModel] = [NotificationSent.model_validate(one.command) for one in own]
    if not own:
        received = history.all(EntryType.NOTIFICATION_RECEIVED)
        of = [NotificationReceived.model_validate(one.command) for one in received]
    return tuple(part for one in of for part in parts("The notification", one, names))
