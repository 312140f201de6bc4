"""Who is written to, when, and what happens to a letter that may or may not have gone."""

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


class Delivery(StrEnum):
    """What kind of letter it is; it decides what happens when nobody can tell if it went."""

    REMINDER = "reminder"
    NOTICE = "notice"
    STATUTORY = "statutory notice"

    @property
    def held_when_unsure(self) -> bool:
        """Say whether a person must look before it is sent a second time."""
        return self is not Delivery.REMINDER


class Matter(StrEnum):
    """What a letter is about: a fixed list, so that no free text can leave by mail."""

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


class Event(StrEnum):
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
        """Return the plain ASCII name: the folder of this event's letter."""
        return self.name.lower()

    @property
    def sending(self) -> "Sending":
        """Return who is written to when this has happened."""
        return SENDINGS[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Which letter goes to whom when an event has happened, and by which rule."""

    letter: str
    recipients: tuple[Recipient, ...]
    delivery: Delivery
    rules: tuple[str, ...]


def _sending(event: Event, delivery: Delivery, rules: str, *recipients: Recipient) -> Sending:
    return Sending(
        letter=event.word, recipients=recipients, delivery=delivery, rules=tuple(rules.split())
    )


_ROWS: tuple[tuple[Event, Delivery, str, tuple[Recipient, ...]], ...] = (
    (
        Event.INCIDENT_REFERRED,
        Delivery.NOTICE,
        "NOT-16",
        (Recipient.BUSINESS_MANAGER, Recipient.CHAIR),
    ),
    (
        Event.NOTIFICATION_RECORDED,
        Delivery.NOTICE,
        "RR-52 NOT-04 K2 K4",
        (Recipient.PARTNERS, Recipient.CHAIR),
    ),
    (
        Event.CARE_DEATH_RECORDED,
        Delivery.STATUTORY,
        "NOT-05 K3",
        (Recipient.SECRETARY_OF_STATE, Recipient.OFSTED),
    ),
    (Event.NOT_NOTIFIED, Delivery.NOTICE, "NOT-13", (Recipient.PARTNERS,)),
    (
        Event.CASE_REOPENED,
        Delivery.NOTICE,
        "NOT-08 NOT-21",
        (Recipient.PARTNERS, Recipient.CHAIR, Recipient.BUSINESS_MANAGER),
    ),
    (Event.SCOPING_REQUESTED, Delivery.NOTICE, "RR-39 RR-41 K5", (Recipient.AGENCY,)),
    (Event.AGENCY_CHASED, Delivery.REMINDER, "RR-40 K6", (Recipient.AGENCY,)),
    (Event.RETURN_RECEIVED, Delivery.NOTICE, "RR-40", (Recipient.BUSINESS_MANAGER,)),
    (Event.MEETING_SET, Delivery.NOTICE, "RR-42 RR-43 RR-44", (Recipient.ATTENDEES,)),
    (Event.PACK_SHARED, Delivery.NOTICE, "RR-45 RR-53", (Recipient.ATTENDEES,)),
    (Event.RECORD_TO_AGREE, Delivery.NOTICE, "RR-47", (Recipient.ATTENDEES,)),
    (Event.SIGN_OFF_NEEDED, Delivery.REMINDER, "RR-30 GOV-11 PUB-02", (Recipient.SEAT,)),
    (Event.LATENESS_FORECAST, Delivery.STATUTORY, "RR-37 K10", (Recipient.PANEL_SECRETARIAT,)),
    (
        Event.RAPID_REVIEW_SUBMITTED,
        Delivery.STATUTORY,
        "RR-34 RR-49 K10",
        (Recipient.PANEL, Recipient.ATTENDEES),
    ),
    (
        Event.OUTCOME_TOLD,
        Delivery.NOTICE,
        "RR-50 K8",
        (Recipient.AGENCIES, Recipient.REFERRER),
    ),
    (Event.CHAIR_TOLD, Delivery.NOTICE, "RR-51 RR-55 K9", (Recipient.CHAIR,)),
    (
        Event.PANEL_ANSWERED,
        Delivery.NOTICE,
        "GOV-14",
        (Recipient.PARTNERS, Recipient.CHAIR),
    ),
    (
        Event.COMMISSIONING_DECIDED,
        Delivery.STATUTORY,
        "GOV-16",
        (Recipient.PANEL, Recipient.DEPARTMENT, Recipient.OFSTED),
    ),
    (
        Event.PUBLICATION_DECIDED,
        Delivery.STATUTORY,
        "GOV-16 PUB-24",
        (Recipient.PANEL, Recipient.DEPARTMENT, Recipient.OFSTED),
    ),
    (Event.REVIEWER_APPOINTED, Delivery.NOTICE, "LC-01 LC-23", (Recipient.REVIEWER,)),
    (
        Event.REVIEWER_NAMED,
        Delivery.STATUTORY,
        "LC-24",
        (Recipient.PANEL, Recipient.OFSTED, Recipient.DEPARTMENT),
    ),
    (
        Event.DELAY_FORESEEN,
        Delivery.STATUTORY,
        "LC-15 K11",
        (Recipient.PANEL, Recipient.SECRETARY_OF_STATE),
    ),
    (Event.REPORT_REQUESTED, Delivery.NOTICE, "LC-29 LC-33 LC-34", (Recipient.AGENCY,)),
    (
        Event.REPORT_RECEIVED,
        Delivery.NOTICE,
        "LC-26 LC-35",
        (Recipient.REVIEWER, Recipient.BUSINESS_MANAGER),
    ),
    (Event.REPORT_RETURNED, Delivery.NOTICE, "LC-26", (Recipient.AGENCY,)),
    (Event.REPORT_ACCEPTED, Delivery.NOTICE, "LC-26 LC-35", (Recipient.AGENCY,)),
    (
        Event.PRE_PUBLICATION_SENT,
        Delivery.STATUTORY,
        "PUB-26 K12",
        (Recipient.PANEL, Recipient.OFSTED, Recipient.SECRETARY_OF_STATE),
    ),
    (
        Event.REPORT_PUBLISHED,
        Delivery.NOTICE,
        "PUB-28 PUB-29 PUB-30",
        (Recipient.NSPCC, Recipient.PARTNERS),
    ),
    (
        Event.IMPROVEMENTS_PRE_SENT,
        Delivery.STATUTORY,
        "PUB-25 K12",
        (Recipient.PANEL, Recipient.OFSTED, Recipient.SECRETARY_OF_STATE),
    ),
    (Event.IMPROVEMENTS_PUBLISHED, Delivery.NOTICE, "PUB-25", (Recipient.PARTNERS,)),
    (Event.ACTION_DUE, Delivery.REMINDER, "EMB-08 K14", (Recipient.ACTION_OWNER,)),
    (
        Event.PLAN_SIGNED_OFF,
        Delivery.NOTICE,
        "EMB-03 EMB-05",
        (Recipient.PARTNERS, Recipient.CHAIR),
    ),
    (
        Event.CASE_CLOSED,
        Delivery.NOTICE,
        "EMB-05",
        (Recipient.PARTNERS, Recipient.CHAIR, Recipient.BUSINESS_MANAGER),
    ),
    (Event.DEADLINE_NEAR, Delivery.REMINDER, "K1 K10 K11 K12", (Recipient.DUTY_HOLDER,)),
    (
        Event.DEADLINE_PASSED,
        Delivery.REMINDER,
        "K1 K10 K11",
        (Recipient.DUTY_HOLDER, Recipient.BUSINESS_MANAGER),
    ),
)

SENDINGS: Mapping[Event, Sending] = {
    event: _sending(event, delivery, rules, *recipients)
    for event, delivery, rules, recipients in _ROWS
}
