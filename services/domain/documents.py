"""Which papers the guidance asks for, and what each one may hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DocumentForm(StrEnum):
    """A form in which a paper is made."""

    PDF = "PDF"
    WORD = "Word"


class DocumentKind(StrEnum):
    """One kind of paper on a case, said as a person would say it."""

    NOTIFICATION_RECORD = "notification record"
    DEATH_IN_CARE_RECORD = "record of the notice of a death in care"
    DECISION_NOT_TO_NOTIFY = "decision not to notify"
    CLOSING_RECORD = "closing record"
    SCOPING_LETTER = "scoping letter"
    SCOPING_FORM = "scoping form"
    SCOPING_RETURN = "scoping return"
    MEETING_PACK = "meeting pack"
    RAPID_REVIEW_RECORD = "rapid review record"
    COVERING_LETTER = "covering letter to the Panel"
    TERMS_OF_REFERENCE = "terms of reference"
    REVIEWER_NOTICE = "reviewer notice"
    DELAY_NOTICE = "delay notice"
    AGENCY_REPORT = "agency report"
    REPORT_VERSION = "report version"
    PRE_PUBLICATION_DISPATCH = "pre-publication dispatch"
    PUBLISHED_REPORT = "published report"
    IMPROVEMENT_INFORMATION = "improvement information"
    ACTION_PLAN = "action plan"
    UPLOAD = "uploaded file"

    @property
    def word(self) -> str:
        """Return the plain ASCII name that file names and templates use."""
        return self.name.lower()

    @property
    def particulars(self) -> "DocumentSpec":
        """Return what is known of this kind of paper before one is made."""
        return PARTICULARS[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSpec:
    """What is known of a kind of paper before one is made."""

    title: str
    rule: str
    forms: tuple[DocumentForm, ...] = (DocumentForm.PDF,)


_BOTH = (DocumentForm.PDF, DocumentForm.WORD)

PARTICULARS: Mapping[DocumentKind, DocumentSpec] = {
    DocumentKind.NOTIFICATION_RECORD: DocumentSpec(
        title="Record of the serious incident notification", rule="NOT-01, NOT-03"
    ),
    DocumentKind.DEATH_IN_CARE_RECORD: DocumentSpec(
        title="Record of the notice of a death to the Secretary of State and Ofsted",
        rule="NOT-05",
    ),
    DocumentKind.DECISION_NOT_TO_NOTIFY: DocumentSpec(
        title="Record of the decision not to notify the Panel", rule="NOT-12, NOT-13"
    ),
    DocumentKind.CLOSING_RECORD: DocumentSpec(
        title="Record of the close of a case without a review", rule="rules.md 2.1"
    ),
    DocumentKind.SCOPING_LETTER: DocumentSpec(
        title="Request for initial scoping and information sharing", rule="RR-39, RR-41, Doc 3"
    ),
    DocumentKind.SCOPING_FORM: DocumentSpec(
        title="Initial scoping and information sharing form", rule="RR-39, Doc 2", forms=_BOTH
    ),
    DocumentKind.SCOPING_RETURN: DocumentSpec(
        title="Initial scoping and information sharing return", rule="RR-40, RR-41"
    ),
    DocumentKind.MEETING_PACK: DocumentSpec(title="Rapid review meeting pack", rule="RR-45"),
    DocumentKind.RAPID_REVIEW_RECORD: DocumentSpec(
        title="Rapid review record and decision", rule="RR-07 to RR-35, Doc 4", forms=_BOTH
    ),
    DocumentKind.COVERING_LETTER: DocumentSpec(
        title="Letter submitting the rapid review to the Panel", rule="RR-49, Doc 5", forms=_BOTH
    ),
    DocumentKind.TERMS_OF_REFERENCE: DocumentSpec(
        title="Terms of reference", rule="LC-03, LC-06, LC-07, Doc 6", forms=_BOTH
    ),
    DocumentKind.REVIEWER_NOTICE: DocumentSpec(
        title="Notice of the reviewer's name", rule="LC-24, PUB-27"
    ),
    DocumentKind.DELAY_NOTICE: DocumentSpec(
        title="Notice of a delay to publication", rule="LC-15, LC-16"
    ),
    DocumentKind.AGENCY_REPORT: DocumentSpec(
        title="Agency information report", rule="LC-29, LC-33, LC-34"
    ),
    DocumentKind.REPORT_VERSION: DocumentSpec(
        title="Local child safeguarding practice review: draft report",
        rule="PUB-05 to PUB-19",
        forms=_BOTH,
    ),
    DocumentKind.PRE_PUBLICATION_DISPATCH: DocumentSpec(
        title="Notice before publication", rule="PUB-26, K12"
    ),
    DocumentKind.PUBLISHED_REPORT: DocumentSpec(
        title="Local child safeguarding practice review", rule="PUB-24, PUB-27, PUB-29"
    ),
    DocumentKind.IMPROVEMENT_INFORMATION: DocumentSpec(
        title="Information about improvements", rule="PUB-25"
    ),
    DocumentKind.ACTION_PLAN: DocumentSpec(
        title="Action plan", rule="RR-31, EMB-03, PUB-18, Doc 18", forms=_BOTH
    ),
    DocumentKind.UPLOAD: DocumentSpec(title="Uploaded file", rule="Keyline", forms=()),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One question or fact with what was answered; an empty text is shown as not given."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under named columns, with a caption that says what they are."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("A table needs at least one column.")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("Every row of a table needs one text for each column.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One headed part of a paper."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    items: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Everything one paper says, before it is made into a PDF or a Word document."""

    kind: DocumentKind
    reference: str
    partnership: str
    prepared_on: date
    version: int
    addressed_to: str = ""
    details: tuple[Answer, ...] = ()
    sections: tuple[Section, ...] = ()

    @property
    def title(self) -> str:
        """Return the title that stands at the head of the paper."""
        return self.kind.particulars.title


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedDocument:
    """A paper as made: its bytes, what they are, and from which template they came."""

    content: bytes
    media_type: str
    filename: str
    sha256: str
    template: str
