"""Who is written to, when, and what happens to an email that may or may not have gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Recipient(StrEnum):
    """Somebody who is written to, by what they are and never by name (E-04)."""

    PANEL = "the Panel"
    PANEL_SECRETARIAT = "the Panel's secretariat"
    OFSTED = "Ofsted"
    DEPARTMENT = "the Department for Education"
    SECRETARY_OF_STATE = "the Secretary of State"
    NSPCC = "the NSPCC national repository"
    PARTNERS = "the three safeguarding partners"
    SEAT = "the partner whose seat it is"
    CHAIR = "the chair of the review group"
    BUSINESS_MANAGER = "the business manager"
    AGENCY = "the agency asked"
    AGENCIES = "every agency asked"
    REFERRER = "the referrer"
    REVIEWER = "the lead reviewer"
    ATTENDEES = "those invited to the meeting"
    ACTION_OWNER = "the owner of the action"
    DUTY_HOLDER = "whoever must do it next"


class EmailClass(StrEnum):
    """What kind of email it is; it decides what happens when nobody can tell if it went."""

    REMINDER = "reminder"
    NOTICE = "notice"
    STATUTORY = "statutory notice"

    @property
    def held_when_unsure(self) -> bool:
        """Say whether a person must look before it is sent a second time."""
        return self is not EmailClass.REMINDER


class EmailMatter(StrEnum):
    """What an email is about: a fixed list, so that no free text can leave by mail."""

    NOTIFY = "notify the Panel"
    TELL_PARTNERS = "tell the safeguarding partners"
    TELL_OF_DEATH = "notify the Secretary of State and Ofsted of the death"
    SET_MEETING = "set the date of the rapid review meeting"
    SEND_SCOPING = "send the scoping requests"
    RETURN_SCOPING = "return the scoping form"
    HOLD_MEETING = "hold the rapid review meeting"
    SEND_RECORD = "send the rapid review record"
    TELL_CHAIR = "tell the chair of the review group"
    SUBMIT = "submit the rapid review to the Panel"
    PUBLISH_REVIEW = "complete and publish the review"
    PRE_SEND = "send the report before publication"
    KEEP_AVAILABLE = "keep the report publicly available"
    COMPLETE_ACTION = "complete the action"
    REVIEW_RETENTION = "review how long the case is kept"
    AGENCY_REPORT = "agency information report"
    CHRONOLOGY = "chronology of involvement"
    RAPID_REVIEW = "rapid review"
    TERMS_OF_REFERENCE = "terms of reference"
    REPORT = "review report"
    ACTION_PLAN = "action plan"
    IMPROVEMENTS = "information about improvements"
    PUBLICATION = "publication"
    COMMISSIONING = "whether to commission a review"


class EmailTrigger(StrEnum):
    """Something that has happened and that somebody must be written to about."""

    INCIDENT_REFERRED = "incident referred"
    NOTIFICATION_RECORDED = "serious incident notification recorded"
    CARE_DEATH_RECORDED = "death of a child in care recorded"
    NOT_NOTIFIED = "decided not to notify"
    CASE_REOPENED = "case reopened"
    SCOPING_REQUESTED = "scoping return requested"
    AGENCY_CHASED = "agency chased"
    RETURN_RECEIVED = "scoping return received"
    MEETING_SET = "rapid review meeting set"
    PACK_SHARED = "meeting pack shared"
    RECORD_TO_AGREE = "rapid review record to agree"
    SIGN_OFF_NEEDED = "sign-off needed"
    LATENESS_FORECAST = "lateness of the rapid review forecast"
    RAPID_REVIEW_SUBMITTED = "rapid review submitted"
    OUTCOME_TOLD = "outcome told to agencies"
    CHAIR_TOLD = "chair told of the decision"
    PANEL_ANSWERED = "Panel's response recorded"
    COMMISSIONING_DECIDED = "decision on commissioning made"
    PUBLICATION_DECIDED = "decision on publication made"
    REVIEWER_APPOINTED = "lead reviewer appointed"
    REVIEWER_NAMED = "reviewer's name told"
    DELAY_FORESEEN = "delay foreseen"
    REPORT_REQUESTED = "agency report requested"
    REPORT_RECEIVED = "agency report received"
    REPORT_RETURNED = "agency report returned for revision"
    REPORT_ACCEPTED = "agency report accepted"
    PRE_PUBLICATION_SENT = "report sent before publication"
    REPORT_PUBLISHED = "report published"
    IMPROVEMENTS_PRE_SENT = "information about improvements sent before publication"
    IMPROVEMENTS_PUBLISHED = "information about improvements published"
    ACTION_DUE = "action due"
    PLAN_SIGNED_OFF = "action plan signed off"
    CASE_CLOSED = "case closed"
    DEADLINE_NEAR = "deadline near"
    DEADLINE_PASSED = "deadline passed"

    @property
    def word(self) -> str:
        """Return the plain ASCII name: the folder of this event's email."""
        return self.name.lower()

    @property
    def sending(self) -> "Sending":
        """Return who is written to when this has happened."""
        return SENDINGS[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Which email goes to whom when an event has happened, and by which rule."""

    template: str
    recipients: tuple[Recipient, ...]
    delivery: EmailClass
    rules: tuple[str, ...]


def _sending(
    event: EmailTrigger, delivery: EmailClass, rules: str, *recipients: Recipient
) -> Sending:
    return Sending(
        template=event.word, recipients=recipients, delivery=delivery, rules=tuple(rules.split())
    )


_ROWS: tuple[tuple[EmailTrigger, EmailClass, str, tuple[Recipient, ...]], ...] = (
    (
        EmailTrigger.INCIDENT_REFERRED,
        EmailClass.NOTICE,
        "NOT-16",
        (Recipient.BUSINESS_MANAGER, Recipient.CHAIR),
    ),
    (
        EmailTrigger.NOTIFICATION_RECORDED,
        EmailClass.NOTICE,
        "RR-52 NOT-04 K2 K4",
        (Recipient.PARTNERS, Recipient.CHAIR),
    ),
    (
        EmailTrigger.CARE_DEATH_RECORDED,
        EmailClass.STATUTORY,
        "NOT-05 K3",
        (Recipient.SECRETARY_OF_STATE, Recipient.OFSTED),
    ),
    (EmailTrigger.NOT_NOTIFIED, EmailClass.NOTICE, "NOT-13", (Recipient.PARTNERS,)),
    (
        EmailTrigger.CASE_REOPENED,
        EmailClass.NOTICE,
        "NOT-08 NOT-21",
        (Recipient.PARTNERS, Recipient.CHAIR, Recipient.BUSINESS_MANAGER),
    ),
    (EmailTrigger.SCOPING_REQUESTED, EmailClass.NOTICE, "RR-39 RR-41 K5", (Recipient.AGENCY,)),
    (EmailTrigger.AGENCY_CHASED, EmailClass.REMINDER, "RR-40 K6", (Recipient.AGENCY,)),
    (EmailTrigger.RETURN_RECEIVED, EmailClass.NOTICE, "RR-40", (Recipient.BUSINESS_MANAGER,)),
    (EmailTrigger.MEETING_SET, EmailClass.NOTICE, "RR-42 RR-43 RR-44", (Recipient.ATTENDEES,)),
    (EmailTrigger.PACK_SHARED, EmailClass.NOTICE, "RR-45 RR-53", (Recipient.ATTENDEES,)),
    (EmailTrigger.RECORD_TO_AGREE, EmailClass.NOTICE, "RR-47", (Recipient.ATTENDEES,)),
    (EmailTrigger.SIGN_OFF_NEEDED, EmailClass.REMINDER, "RR-30 GOV-11 PUB-02", (Recipient.SEAT,)),
    (
        EmailTrigger.LATENESS_FORECAST,
        EmailClass.STATUTORY,
        "RR-37 K10",
        (Recipient.PANEL_SECRETARIAT,),
    ),
    (
        EmailTrigger.RAPID_REVIEW_SUBMITTED,
        EmailClass.STATUTORY,
        "RR-34 RR-49 K10",
        (Recipient.PANEL, Recipient.ATTENDEES),
    ),
    (
        EmailTrigger.OUTCOME_TOLD,
        EmailClass.NOTICE,
        "RR-50 K8",
        (Recipient.AGENCIES, Recipient.REFERRER),
    ),
    (EmailTrigger.CHAIR_TOLD, EmailClass.NOTICE, "RR-51 RR-55 K9", (Recipient.CHAIR,)),
    (
        EmailTrigger.PANEL_ANSWERED,
        EmailClass.NOTICE,
        "GOV-14",
        (Recipient.PARTNERS, Recipient.CHAIR),
    ),
    (
        EmailTrigger.COMMISSIONING_DECIDED,
        EmailClass.STATUTORY,
        "GOV-16",
        (Recipient.PANEL, Recipient.DEPARTMENT, Recipient.OFSTED),
    ),
    (
        EmailTrigger.PUBLICATION_DECIDED,
        EmailClass.STATUTORY,
        "GOV-16 PUB-24",
        (Recipient.PANEL, Recipient.DEPARTMENT, Recipient.OFSTED),
    ),
    (EmailTrigger.REVIEWER_APPOINTED, EmailClass.NOTICE, "LC-01 LC-23", (Recipient.REVIEWER,)),
    (
        EmailTrigger.REVIEWER_NAMED,
        EmailClass.STATUTORY,
        "LC-24",
        (Recipient.PANEL, Recipient.OFSTED, Recipient.DEPARTMENT),
    ),
    (
        EmailTrigger.DELAY_FORESEEN,
        EmailClass.STATUTORY,
        "LC-15 K11",
        (Recipient.PANEL, Recipient.SECRETARY_OF_STATE),
    ),
    (EmailTrigger.REPORT_REQUESTED, EmailClass.NOTICE, "LC-29 LC-33 LC-34", (Recipient.AGENCY,)),
    (
        EmailTrigger.REPORT_RECEIVED,
        EmailClass.NOTICE,
        "LC-26 LC-35",
        (Recipient.REVIEWER, Recipient.BUSINESS_MANAGER),
    ),
    (EmailTrigger.REPORT_RETURNED, EmailClass.NOTICE, "LC-26", (Recipient.AGENCY,)),
    (EmailTrigger.REPORT_ACCEPTED, EmailClass.NOTICE, "LC-26 LC-35", (Recipient.AGENCY,)),
    (
        EmailTrigger.PRE_PUBLICATION_SENT,
        EmailClass.STATUTORY,
        "PUB-26 K12",
        (Recipient.PANEL, Recipient.OFSTED, Recipient.SECRETARY_OF_STATE),
    ),
    (
        EmailTrigger.REPORT_PUBLISHED,
        EmailClass.NOTICE,
        "PUB-28 PUB-29 PUB-30",
        (Recipient.NSPCC, Recipient.PARTNERS),
    ),
    (
        EmailTrigger.IMPROVEMENTS_PRE_SENT,
        EmailClass.STATUTORY,
        "PUB-25 K12",
        (Recipient.PANEL, Recipient.OFSTED, Recipient.SECRETARY_OF_STATE),
    ),
    (EmailTrigger.IMPROVEMENTS_PUBLISHED, EmailClass.NOTICE, "PUB-25", (Recipient.PARTNERS,)),
    (EmailTrigger.ACTION_DUE, EmailClass.REMINDER, "EMB-08 K14", (Recipient.ACTION_OWNER,)),
    (
        EmailTrigger.PLAN_SIGNED_OFF,
        EmailClass.NOTICE,
        "EMB-03 EMB-05",
        (Recipient.PARTNERS, Recipient.CHAIR),
    ),
    (
        EmailTrigger.CASE_CLOSED,
        EmailClass.NOTICE,
        "EMB-05",
        (Recipient.PARTNERS, Recipient.CHAIR, Recipient.BUSINESS_MANAGER),
    ),
    (EmailTrigger.DEADLINE_NEAR, EmailClass.REMINDER, "K1 K10 K11 K12", (Recipient.DUTY_HOLDER,)),
    (
        EmailTrigger.DEADLINE_PASSED,
        EmailClass.REMINDER,
        "K1 K10 K11",
        (Recipient.DUTY_HOLDER, Recipient.BUSINESS_MANAGER),
    ),
)

SENDINGS: Mapping[EmailTrigger, Sending] = {
    event: _sending(event, delivery, rules, *recipients)
    for event, delivery, rules, recipients in _ROWS
}
