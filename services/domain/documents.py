"""Which papers the guidance asks for, and what each one may hold."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from services.domain.entry_types import Section
from services.domain.labels import document_title
from services.domain.paper_parts import (
    Answer,
    DocumentForm,
    Drawing,
    LetterWords,
    PaperSection,
    RenderedDocument,
    Table,
)

# Who names a paper names what it is made of as well.
__all__ = [
    "PARTICULARS",
    "Answer",
    "DocumentForm",
    "DocumentKind",
    "DocumentSpec",
    "Drawing",
    "LetterWords",
    "Paper",
    "PaperSection",
    "RenderedDocument",
    "Table",
]


class DocumentKind(StrEnum):
    """One kind of paper on a case; the code also names its template and its files."""

    REFERRAL = "referral"
    REVIEW_REQUEST = "review_request"
    REQUEST_DECISION = "request_decision"
    NOTIFICATION_RECORD = "notification_record"
    DEATH_IN_CARE_RECORD = "death_in_care_record"
    DECISION_NOT_TO_NOTIFY = "decision_not_to_notify"
    CLOSING_RECORD = "closing_record"
    SCOPING_LETTER = "scoping_letter"
    SCOPING_FORM = "scoping_form"
    SCOPING_RETURN = "scoping_return"
    MEETING_PACK = "meeting_pack"
    MEETING_RECORD = "meeting_record"
    AGREEMENT_LOG = "agreement_log"
    RAPID_REVIEW_RECORD = "rapid_review_record"
    COVERING_LETTER = "covering_letter"
    SUPPLEMENT = "supplement"
    PANEL_REPLY = "panel_reply"
    CHALLENGE_RECORD = "challenge_record"
    LATENESS_NOTICE = "lateness_notice"
    COMMISSIONING_NOTICE = "commissioning_notice"
    PUBLICATION_NOTICE = "publication_notice"
    TERMS_OF_REFERENCE = "terms_of_reference"
    AUTHOR_REQUIREMENTS = "author_requirements"
    REVIEWER_NOTICE = "reviewer_notice"
    DRAFTING_GUIDANCE = "drafting_guidance"
    TEAM_MINUTES = "team_minutes"
    PROGRESS_REQUEST = "progress_request"
    PROGRESS_REPORT = "progress_report"
    LEARNING_INVITATION = "learning_invitation"
    LEARNING_BRIEFING = "learning_briefing"
    LEARNING_AGENDA = "learning_agenda"
    LEARNING_WORKSHEETS = "learning_worksheets"
    DELAY_NOTICE = "delay_notice"
    FAMILY_LETTER = "family_letter"
    FAMILY_LEAFLET = "family_leaflet"
    GENOGRAM = "genogram"
    DISCLOSURE_SCHEDULE = "disclosure_schedule"
    REPORT_REQUEST = "report_request"
    CHRONOLOGY_GUIDANCE = "chronology_guidance"
    MERGED_CHRONOLOGY = "merged_chronology"
    FORMAL_NOTICE = "formal_notice"
    AGENCY_REPORT = "agency_report"
    RECOMMENDATIONS = "recommendations"
    REPORT_VERSION = "report_version"
    PUBLICATION_STRATEGY = "publication_strategy"
    PRESS_STATEMENT = "press_statement"
    STAFF_CONFIRMATIONS = "staff_confirmations"
    PRE_PUBLICATION_DISPATCH = "pre_publication_dispatch"
    COMMENT_ANSWER = "comment_answer"
    PUBLISHED_REPORT = "published_report"
    IMPROVEMENT_INFORMATION = "improvement_information"
    TAKEN_DOWN_NOTICE = "taken_down_notice"
    IMPROVEMENTS_IN_PLACE = "improvements_in_place"
    REISSUE_NOTICE = "reissue_notice"
    REDACTION_NOTICE = "redaction_notice"
    REPOSITORY_LETTER = "repository_letter"
    ACTION_PLAN = "action_plan"
    AUDIT_REPORT = "audit_report"
    LEAD_AGREEMENT = "lead_agreement"
    PRACTICE_BRIEFING = "practice_briefing"
    DISSEMINATION_PLAN = "dissemination_plan"
    SIGNED_RECORD = "signed_record"
    UPLOAD = "upload"

    @property
    def particulars(self) -> "DocumentSpec":
        """Return what is known of this kind of paper before one is made."""
        return PARTICULARS[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSpec:
    """What is known of a kind of paper before one is made.

    Its section is what a joint review may share; a kind is taken to hold family data unless it
    is said that it does not. A letter goes out in the partners' name, and says who signs it. What
    is published has no marking, and no reference by which it leads to other papers of the case.
    """

    rule: str
    forms: tuple[DocumentForm, ...] = (DocumentForm.PDF,)
    section: Section = Section.INTERNAL
    holds_family_data: bool = True
    is_letter: bool = False
    is_public: bool = False
    locked_for: timedelta = timedelta(0)


_BOTH = (DocumentForm.PDF, DocumentForm.WORD)


def _letter_on_decision(rule: str) -> DocumentSpec:
    """Return what is known of a letter about the rapid review and its decision."""
    section = Section.CRITERIA_AND_DECISION
    return DocumentSpec(rule=rule, section=section, is_letter=True, forms=_BOTH)


_OF_PUBLICATION = partial(DocumentSpec, section=Section.PUBLICATION, is_letter=True, forms=_BOTH)


_OF_COMMUNICATIONS = DocumentSpec(rule="PUB-20, Doc 17", forms=_BOTH, section=Section.PUBLICATION)
_OF_PLAN = partial(DocumentSpec, section=Section.ACTION_PLAN, holds_family_data=False)

_OF_FACTS = partial(DocumentSpec, section=Section.FACTS_AND_FAMILY)
PARTICULARS: Mapping[DocumentKind, DocumentSpec] = {
    DocumentKind.REFERRAL: _OF_FACTS(rule="NOT-16, Doc 1"),
    DocumentKind.REVIEW_REQUEST: _OF_FACTS(rule="NOT-23, Doc 1b"),
    DocumentKind.REQUEST_DECISION: DocumentSpec(
        rule="NOT-24, NOT-25", section=Section.CRITERIA_AND_DECISION
    ),
    DocumentKind.NOTIFICATION_RECORD: _OF_FACTS(rule="NOT-01, NOT-03"),
    DocumentKind.DEATH_IN_CARE_RECORD: _OF_FACTS(rule="NOT-05"),
    DocumentKind.DECISION_NOT_TO_NOTIFY: DocumentSpec(rule="NOT-12, NOT-13"),
    DocumentKind.CLOSING_RECORD: DocumentSpec(rule="rules.md 2.1"),
    DocumentKind.SCOPING_LETTER: DocumentSpec(
        rule="RR-39, RR-41, INF-01, INF-04, Doc 3", section=Section.SCOPING_RETURNS, is_letter=True
    ),
    DocumentKind.SCOPING_FORM: DocumentSpec(
        rule="RR-39, Doc 2", forms=_BOTH, section=Section.SCOPING_RETURNS
    ),
    DocumentKind.SCOPING_RETURN: DocumentSpec(rule="RR-40, RR-41", section=Section.SCOPING_RETURNS),
    DocumentKind.MEETING_PACK: DocumentSpec(rule="RR-45", section=Section.MEETING),
    DocumentKind.MEETING_RECORD: DocumentSpec(
        rule="RR-46, RR-47", section=Section.CRITERIA_AND_DECISION
    ),
    DocumentKind.AGREEMENT_LOG: DocumentSpec(rule="RR-47, GOV-11", section=Section.MEETING),
    DocumentKind.RAPID_REVIEW_RECORD: DocumentSpec(
        rule="RR-07 to RR-35, Doc 4", forms=_BOTH, section=Section.CRITERIA_AND_DECISION
    ),
    DocumentKind.COVERING_LETTER: DocumentSpec(
        rule="RR-49, Doc 5",
        is_letter=True,
        forms=_BOTH,
        section=Section.CRITERIA_AND_DECISION,
        holds_family_data=False,
    ),
    DocumentKind.SUPPLEMENT: _letter_on_decision("RR-36"),
    DocumentKind.PANEL_REPLY: _letter_on_decision("GOV-14, GOV-17"),
    DocumentKind.CHALLENGE_RECORD: _letter_on_decision("GOV-17"),
    DocumentKind.LATENESS_NOTICE: _letter_on_decision("RR-37"),
    DocumentKind.COMMISSIONING_NOTICE: _letter_on_decision("GOV-16"),
    DocumentKind.PUBLICATION_NOTICE: _OF_PUBLICATION(rule="GOV-16, PUB-24, PUB-25"),
    DocumentKind.TERMS_OF_REFERENCE: DocumentSpec(
        rule="LC-03, LC-06, LC-07, Doc 6", forms=_BOTH, section=Section.TERMS
    ),
    DocumentKind.AUTHOR_REQUIREMENTS: DocumentSpec(
        rule="LC-03, Doc 7", section=Section.TERMS, holds_family_data=False, forms=_BOTH
    ),
    DocumentKind.REVIEWER_NOTICE: DocumentSpec(
        rule="LC-24, PUB-27",
        section=Section.TERMS,
        holds_family_data=False,
        is_letter=True,
        forms=_BOTH,
    ),
    DocumentKind.DRAFTING_GUIDANCE: DocumentSpec(
        rule="PUB-01 to PUB-18, Doc 16", section=Section.TERMS, holds_family_data=False
    ),
    DocumentKind.TEAM_MINUTES: DocumentSpec(
        rule="FAM-04, EMB-01, EMB-02", forms=_BOTH, section=Section.MEETING
    ),
    DocumentKind.PROGRESS_REQUEST: DocumentSpec(rule="LC-21", section=Section.TERMS),
    DocumentKind.PROGRESS_REPORT: DocumentSpec(rule="LC-21", section=Section.TERMS, forms=_BOTH),
    DocumentKind.LEARNING_INVITATION: DocumentSpec(rule="LC-38, Doc 13", is_letter=True),
    DocumentKind.LEARNING_BRIEFING: DocumentSpec(rule="LC-38, Doc 14"),
    DocumentKind.LEARNING_AGENDA: DocumentSpec(rule="LC-39, Doc 15", forms=_BOTH),
    DocumentKind.LEARNING_WORKSHEETS: DocumentSpec(rule="LC-39, Doc 15a", forms=_BOTH),
    DocumentKind.DELAY_NOTICE: _OF_PUBLICATION(rule="LC-15, LC-16", holds_family_data=False),
    DocumentKind.FAMILY_LETTER: DocumentSpec(rule="FAM-08, Doc 8", forms=_BOTH),
    # Handed to anybody of the family: it tells nothing of the case.
    DocumentKind.FAMILY_LEAFLET: DocumentSpec(rule="FAM-08, Doc 9", forms=_BOTH, is_public=True),
    DocumentKind.GENOGRAM: DocumentSpec(rule="FAM-06"),
    DocumentKind.DISCLOSURE_SCHEDULE: DocumentSpec(rule="LC-17, LC-19"),
    DocumentKind.REPORT_REQUEST: DocumentSpec(
        rule="LC-29, LC-33, INF-01, Doc 11", section=Section.AGENCY_REPORTS, is_letter=True
    ),
    DocumentKind.CHRONOLOGY_GUIDANCE: DocumentSpec(
        rule="LC-33, Doc 12", section=Section.AGENCY_REPORTS, holds_family_data=False
    ),
    DocumentKind.MERGED_CHRONOLOGY: DocumentSpec(
        rule="LC-33, Doc 10", section=Section.AGENCY_REPORTS
    ),
    DocumentKind.FORMAL_NOTICE: DocumentSpec(rule="INF-01, INF-06", is_letter=True),
    DocumentKind.AGENCY_REPORT: DocumentSpec(
        rule="LC-29, LC-33, LC-34", section=Section.AGENCY_REPORTS
    ),
    DocumentKind.RECOMMENDATIONS: DocumentSpec(rule="PUB-18, G9", section=Section.DRAFT_REPORT),
    DocumentKind.REPORT_VERSION: DocumentSpec(
        rule="PUB-05 to PUB-18", forms=_BOTH, section=Section.DRAFT_REPORT
    ),
    DocumentKind.PUBLICATION_STRATEGY: _OF_COMMUNICATIONS,
    DocumentKind.PRESS_STATEMENT: _OF_COMMUNICATIONS,
    DocumentKind.STAFF_CONFIRMATIONS: DocumentSpec(rule="PUB-22", section=Section.PUBLICATION),
    DocumentKind.PRE_PUBLICATION_DISPATCH: _OF_PUBLICATION(
        rule="PUB-26, K12", holds_family_data=False
    ),
    DocumentKind.COMMENT_ANSWER: replace(_OF_COMMUNICATIONS, rule="PUB-26", is_letter=True),
    DocumentKind.PUBLISHED_REPORT: DocumentSpec(
        rule="PUB-24, PUB-27, PUB-29",
        section=Section.PUBLICATION,
        holds_family_data=False,
        is_public=True,
        # Made when the text goes ahead of publication, which is followed by a year (K12, K13).
        locked_for=timedelta(days=183 + 366),
    ),
    DocumentKind.IMPROVEMENT_INFORMATION: DocumentSpec(
        rule="PUB-25", section=Section.PUBLICATION, holds_family_data=False, is_public=True
    ),
    DocumentKind.TAKEN_DOWN_NOTICE: _OF_PUBLICATION(rule="PUB-24, PUB-25"),
    DocumentKind.IMPROVEMENTS_IN_PLACE: DocumentSpec(
        rule="PUB-25", section=Section.PUBLICATION, holds_family_data=False, is_public=True
    ),
    DocumentKind.REISSUE_NOTICE: _OF_PUBLICATION(rule="PUB-26, K12"),
    DocumentKind.REDACTION_NOTICE: _OF_PUBLICATION(rule="PUB-26"),
    DocumentKind.REPOSITORY_LETTER: _OF_PUBLICATION(rule="PUB-30"),
    DocumentKind.ACTION_PLAN: _OF_PLAN(rule="RR-31, EMB-03, PUB-18, Doc 18", forms=_BOTH),
    DocumentKind.AUDIT_REPORT: _OF_PLAN(rule="EMB-06, EMB-09"),
    DocumentKind.PRACTICE_BRIEFING: _OF_PLAN(rule="EMB-07, LC-09", forms=_BOTH, is_public=True),
    DocumentKind.DISSEMINATION_PLAN: _OF_PLAN(rule="EMB-07"),
    DocumentKind.LEAD_AGREEMENT: DocumentSpec(rule="RR-28, RR-29"),
    DocumentKind.SIGNED_RECORD: DocumentSpec(rule="RR-29, GOV-11, PUB-02"),
    DocumentKind.UPLOAD: DocumentSpec(rule="Keyline", forms=()),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Everything one paper says, before it is made into a PDF or a Word document.

    ``about`` goes into its title and its file's name; ``subject`` is a code by which papers of a
    kind are told apart. ``sender`` is whose it is where it is not the partnership's own,
    ``signatory`` who signs a letter, ``reached_at`` how the business unit that sends it is
    reached, and ``words`` are a letter's paragraphs in place of the standard text of its kind.
    """

    kind: DocumentKind
    reference: str
    partnership: str
    prepared_on: date
    version: int
    addressed_to: str = ""
    details: tuple[Answer, ...] = ()
    sections: tuple[PaperSection, ...] = ()
    about: str = ""
    subject: str = ""
    sender: str = ""
    signatory: str = ""
    reached_at: str = ""
    words: LetterWords | None = None

    @property
    def title(self) -> str:
        """Return the title that stands at the head of the paper, with what it is about."""
        return document_title(self.kind, self.about)
