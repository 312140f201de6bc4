"""A paper with invented words, by which a template is tried and shown before it is used.

Nobody in it exists, and nothing of any case is in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from services.domain.documents import Answer, DocumentKind, Paper, PaperSection, Table

REFERENCE: Final = "EXAMPLE-2030-001"
_TABLE: Final = Table(
    caption="An invented table",
    columns=("Name", "Born", "Relation"),
    rows=(
        ("Avery Sample", "1 May 2024", "The child"),
        ("Robin Sample & Co. <not real>", "Not known", "A relative\nand carer"),
    ),
)
_LONG: Final = (
    "This paragraph was invented to show how the template looks. It is as long as some are, so "
    "that you see where its lines break, and it has marks that a file could stumble over: a < b, "
    "R & D, “quoted”, 100 %."
)
_WHOLE: Final = PaperSection(
    heading="An invented part",
    paragraphs=(_LONG, "A second paragraph of it."),
    answers=(Answer(label="A question", text="An answer\non two lines"),),
    items=("A first point", "A second point"),
    table=_TABLE,
    parts=(PaperSection(heading="A part under it", paragraphs=("A paragraph under the part.",)),),
)
_AGENCY: Final = "Example Hospital Trust"
_LATER: Final = "Monday 21 January 2030"
_UNIT: Final = "01632 960000, unit@example.org"
_CONTACT: Final = (("Your contact", "Jo Invented"), ("How to reach them", _UNIT))
_BY_WHEN: Final = (
    ("The period", "Tuesday 1 January 2029 to Sunday 6 January 2030"),
    ("Send by the end of", _LATER),
)
_EVENT: Final = (
    ("How it is held", "Half a day"),
    ("Who facilitates it", "The lead reviewer"),
    ("Business unit", _UNIT),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InventedPaper:
    """What the example of a kind has of its own: to whom it goes, its facts, its first part."""

    part: PaperSection
    to: str = ""
    about: str = ""
    details: tuple[tuple[str, str], ...] = ()


def _points(heading: str, *points: str) -> PaperSection:
    return PaperSection(heading=heading, items=points)


def _words(heading: str, words: str) -> PaperSection:
    return PaperSection(heading=heading, paragraphs=(words,))


def _rows(heading: str, columns: tuple[str, ...], *rows: tuple[str, ...]) -> PaperSection:
    return PaperSection(heading=heading, table=Table(caption="", columns=columns, rows=rows))


def _of_agency(part: PaperSection, *details: tuple[str, str]) -> InventedPaper:
    return InventedPaper(part=part, to=f"Sam Invented\n{_AGENCY}", about=_AGENCY, details=details)


def _of_case(part: PaperSection, *details: tuple[str, str]) -> InventedPaper:
    return InventedPaper(part=part, details=details)


INVENTED: Final[Mapping[DocumentKind, InventedPaper]] = MappingProxyType(
    {
        DocumentKind.SCOPING_LETTER: _of_agency(
            _words("What to look for", "Every contact with the invented child since birth."),
            ("Sent", "Monday 7 January 2030"),
            ("Return by the end of", _LATER),
        ),
        DocumentKind.MEETING_PACK: _of_case(
            _rows(
                "What this pack is made of",
                ("Part", "Standing"),
                ("The referral", "On record"),
                ("Returns of agencies", _AGENCY),
            ),
            ("Referral received", "Monday 7 January 2030"),
        ),
        DocumentKind.MEETING_RECORD: _of_case(
            _words("Immediate action", "An invented child was seen on the same day."),
            ("Meeting held", _LATER),
        ),
        DocumentKind.TERMS_OF_REFERENCE: _of_case(
            _points("Key lines of enquiry", "How was the invented child heard?", "Who knew what?"),
            ("Decision", _LATER),
        ),
        DocumentKind.AUTHOR_REQUIREMENTS: _of_case(
            _points("What is required", "Knowledge of systems methodology", "Time until June"),
            ("Answer by", _LATER),
            ("Answer to", _UNIT),
        ),
        DocumentKind.DRAFTING_GUIDANCE: _of_case(
            _points("What the review group asks of a draft", "Does it say why things happened?"),
            ("The report is published by", _LATER),
        ),
        DocumentKind.TEAM_MINUTES: _of_case(
            _points("Key themes", "Time between a first sign and an answer"),
            ("Held on", "Monday 7 January 2030"),
            ("Next meeting", _LATER),
        ),
        DocumentKind.PROGRESS_REQUEST: _of_case(
            _words("What is asked", "Which conversations are still to come, and until when."),
            ("Answer by", _LATER),
        ),
        DocumentKind.FAMILY_LETTER: InventedPaper(
            part=_words("What you can expect", "We will talk with you in an invented café."),
            to="Robin Sample",
            details=(*_CONTACT, ("The reviewer", "Alex Madeup")),
        ),
        DocumentKind.FAMILY_LEAFLET: InventedPaper(
            part=_words("What you can expect", "We write to you before each step."),
            details=_CONTACT,
        ),
        DocumentKind.REPORT_REQUEST: _of_agency(
            _points("Key lines of enquiry", "How was the invented child heard?"), *_BY_WHEN
        ),
        DocumentKind.CHRONOLOGY_GUIDANCE: _of_agency(
            _rows(
                "What is told of each event",
                ("What", "How"),
                ("When", "A day, or from when until when"),
                ("What happened", "Facts, with their source"),
            ),
            *_BY_WHEN,
        ),
        DocumentKind.FORMAL_NOTICE: _of_agency(
            _words("The lawful basis of this request", "A statutory duty, as an example."),
            ("What was asked for", "Scoping return"),
            ("First given until", "Monday 7 January 2030"),
            ("To come by", _LATER),
        ),
        DocumentKind.LEARNING_INVITATION: _of_agency(
            _points("Who is invited from your agency", "Health visitor", "School nurse"), *_EVENT
        ),
        DocumentKind.LEARNING_BRIEFING: _of_case(
            _points("When and where", f"{_LATER}, 09:30 to 13:00: Room 1, Example House"), *_EVENT
        ),
        DocumentKind.LEARNING_AGENDA: _of_case(
            _points("What we go through", "Welcome", "How it was for the child", "A break"), *_EVENT
        ),
        DocumentKind.LEARNING_WORKSHEETS: _of_case(
            PaperSection(heading="Before the event", blanks=("What did you know then?",)), *_EVENT
        ),
        DocumentKind.DISCLOSURE_SCHEDULE: _of_case(
            _rows(
                "Material of the review",
                ("Document", "Disclosed"),
                ("Terms of reference", "Yes"),
                ("Minutes of the review team", "Not yet"),
            )
        ),
        DocumentKind.RECOMMENDATIONS: _of_case(
            _rows(
                "To be endorsed",
                ("Recommendation", "Asked of", "By when"),
                ("Agree who answers a first sign", _AGENCY, _LATER),
            )
        ),
        DocumentKind.REPORT_VERSION: _of_case(
            _words("Overview and context", "An invented child lived in an invented town."),
            ("Lead reviewer", "Alex Madeup"),
        ),
        DocumentKind.PUBLICATION_STRATEGY: _of_case(
            _points("Who is told, in this order", "The family", "Practitioners", "The media"),
            ("Kept on", _LATER),
        ),
        DocumentKind.PRESS_STATEMENT: _of_case(
            _words("Statement", "We have learnt from what happened, and say so here."),
            ("Agreed on", _LATER),
        ),
        DocumentKind.ACTION_PLAN: _of_case(
            _rows(
                "Actions",
                ("No.", "Action", "Owner", "By when"),
                ("1", "Agree who answers a first sign", _AGENCY, _LATER),
            )
        ),
        DocumentKind.AUDIT_REPORT: _of_case(
            _words("What was looked at", "Ten invented records of a month."),
            ("Action", "1: Agree who answers a first sign"),
            ("Owner", _AGENCY),
        ),
        DocumentKind.PRACTICE_BRIEFING: _of_case(
            _points("What was learnt", "A first sign is answered on the same day."),
            ("Briefing", "The first sign"),
        ),
        DocumentKind.DISSEMINATION_PLAN: _of_case(
            _rows("Ways", ("Way", "With whom", "By when"), ("Briefing", "Every team", _LATER)),
            ("Briefing", "The first sign"),
        ),
    }
)
"""What the example of each kind has of its own; what any paper can hold follows in each of them."""


def sample_paper(kind: DocumentKind) -> Paper:
    """Return an invented paper of the kind that has each thing which a paper can hold."""
    own = INVENTED[kind]
    return Paper(
        kind=kind,
        reference=REFERENCE,
        partnership="Example Safeguarding Children Partnership",
        prepared_on=date(2030, 1, 7),
        version=1,
        addressed_to=own.to,
        details=tuple(Answer(label=label, text=text) for label, text in own.details),
        sections=(own.part, _WHOLE),
        about=own.about,
        signatory="Jo Invented",
        reached_at=_UNIT,
    )
