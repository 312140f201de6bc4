"""Who is written to, and when."""

from collections.abc import Mapping
from enum import StrEnum

from services.domain import email_groups as to
from services.domain.email_classes import EmailClass, Sending
from services.domain.email_matters import EmailMatter
from services.domain.recipients import Recipient

__all__ = ["SENDINGS", "EmailMatter", "EmailTrigger"]


class EmailTrigger(StrEnum):
    """What has happened of which somebody is written to; the code names its template's folder."""

    LEAD_LOGGED = "lead_logged"
    REVIEW_REQUESTED = "review_requested"
    REQUEST_DECIDED = "request_decided"
    INCIDENT_REFERRED = "incident_referred"
    REFERRAL_RECEIVED = "referral_received"
    NOTIFICATION_RECORDED = "notification_recorded"
    NOT_NOTIFIED = "not_notified"
    NOTIFICATION_WITHDRAWN = "notification_withdrawn"
    AGENCIES_STOOD_DOWN = "agencies_stood_down"
    HOLD_PLACED = "hold_placed"
    HOLD_RELEASED = "hold_released"
    CASE_REOPENED = "case_reopened"
    SCOPING_REQUESTED = "scoping_requested"
    ADDRESS_TO_CONFIRM = "address_to_confirm"
    AGENCY_CHASED = "agency_chased"
    RETURN_RECEIVED = "return_received"
    RETURN_TO_CONFIRM = "return_to_confirm"
    RETURN_CORRECTED = "return_corrected"
    MEETING_SET = "meeting_set"
    MEETING_CANCELLED = "meeting_cancelled"
    PACK_SHARED = "pack_shared"
    PACK_RENEWED = "pack_renewed"
    RECORD_TO_AGREE = "record_to_agree"
    CORRECTION_ASKED = "correction_asked"
    CORRECTION_ANSWERED = "correction_answered"
    GROUP_CONVENED = "group_convened"
    SIGN_OFF_NEEDED = "sign_off_needed"
    DISAGREEMENT_TOLD = "disagreement_told"
    LATENESS_FORECAST = "lateness_forecast"
    RAPID_REVIEW_SUBMITTED = "rapid_review_submitted"
    OUTCOME_TOLD = "outcome_told"
    CHAIR_TOLD = "chair_told"
    DECIDED_AGAIN = "decided_again"
    RECOMMENDATION_SHARED = "recommendation_shared"
    PANEL_ANSWERED = "panel_answered"
    CHALLENGE_LODGED = "challenge_lodged"
    DOCUMENTS_TO_COLLECT = "documents_to_collect"
    BREACH_REPORTED = "breach_reported"
    BREACH_DUE = "breach_due"
    ASKED_TO_DESTROY = "asked_to_destroy"
    COMMISSIONING_DECIDED = "commissioning_decided"
    PUBLICATION_DECIDED = "publication_decided"
    REVIEWER_APPOINTED = "reviewer_appointed"
    REVIEWER_NAMED = "reviewer_named"
    PROGRESS_ASKED = "progress_asked"
    PROGRESS_REPORTED = "progress_reported"
    DELAY_FORESEEN = "delay_foreseen"
    REPORT_REQUESTED = "report_requested"
    REPORT_RECEIVED = "report_received"
    REPORT_RETURNED = "report_returned"
    REPORT_ACCEPTED = "report_accepted"
    REPORT_MEETING_CALLED = "report_meeting_called"
    LEARNING_EVENT_PLANNED = "learning_event_planned"
    LEARNING_EVENT_CALLED_OFF = "learning_event_called_off"
    PARTICIPANT_INVITED = "participant_invited"
    PARTICIPANT_ASKED = "participant_asked"
    STAFF_TO_BE_TOLD = "staff_to_be_told"
    PUBLICATION_STEP_DUE = "publication_step_due"
    PRE_PUBLICATION_SENT = "pre_publication_sent"
    BODY_COMMENTED = "body_commented"
    BODY_ANSWERED = "body_answered"
    REPORT_PUBLISHED = "report_published"
    REPORT_TAKEN_DOWN = "report_taken_down"
    REISSUE_PRE_SENT = "reissue_pre_sent"
    REPORT_REDACTED = "report_redacted"
    REPOSITORY_TOLD = "repository_told"
    REPORT_TO_REPOSITORY = "report_to_repository"
    IMPROVEMENTS_PRE_SENT = "improvements_pre_sent"
    IMPROVEMENTS_PUBLISHED = "improvements_published"
    AVAILABILITY_DOUBTED = "availability_doubted"
    TODO_REMINDED = "todo_reminded"
    QUESTION_ASKED = "question_asked"
    QUESTION_ANSWERED = "question_answered"
    ACTION_DUE = "action_due"
    PLAN_WAITS = "plan_waits"
    LEARNING_TO_SHARE = "learning_to_share"
    BRIEFING_TO_CONFIRM = "briefing_to_confirm"
    PLAN_SIGNED_OFF = "plan_signed_off"
    CASE_CLOSED = "case_closed"
    CLOSED_UNREVIEWED = "closed_unreviewed"
    AGENCIES_RELEASED = "agencies_released"
    DEADLINE_NEAR = "deadline_near"
    DECLARATION_NEEDED = "declaration_needed"
    INTEREST_SETTLED = "interest_settled"
    DEADLINE_PASSED = "deadline_passed"
    ANSWER_NOT_COME = "answer_not_come"
    LAST_DAY_NEAR_TOLD = "last_day_near_told"
    LAST_DAY_MISSED_TOLD = "last_day_missed_told"
    ON_DUTY_CALLED = "on_duty_called"
    ON_DUTY_TO_DECLARE = "on_duty_to_declare"
    DAY_CAME_NEARER = "day_came_nearer"
    DAY_MOVED_LATER = "day_moved_later"
    SHARING_TO_APPROVE = "sharing_to_approve"
    INVITED_TO_JOINT_REVIEW = "invited_to_joint_review"
    INVITATION_ANSWERED = "invitation_answered"
    SHARING_ENDED = "sharing_ended"
    SHOWING_ENDED = "showing_ended"
    JOINT_CHANGE_PROPOSED = "joint_change_proposed"
    JOINT_CHANGE_TOLD = "joint_change_told"
    COMMENT_RECEIVED = "comment_received"
    COMMENT_ANSWERED = "comment_answered"
    PUBLISHED_BESIDE_LEAD = "published_beside_lead"
    JOINT_DISPATCH_RETURNED = "joint_dispatch_returned"
    SILENCE_ESCALATED = "silence_escalated"
    SILENCE_STEP_DUE = "silence_step_due"
    SILENCE_TURN_PASSED = "silence_turn_passed"
    SILENCE_PUT_OFF = "silence_put_off"
    FORMAL_NOTICE = "formal_notice"
    ANSWER_EXTENDED = "answer_extended"
    GUEST_CODE = "guest_code"
    APPOINTMENT_WAITS = "appointment_waits"
    APPOINTMENT_TO_CONFIRM = "appointment_to_confirm"
    INVITED_TO_SERVE = "invited_to_serve"
    ROLE_GRANTED = "role_granted"
    ROLE_ENDS = "role_ends"
    INFORMATION_REQUEST_PASSED = "information_request_passed"
    AUDIT_ANCHORED = "audit_anchored"
    DAILY_DIGEST = "daily_digest"

    @property
    def sending(self) -> Sending:
        """Return who is written to when this has happened."""
        return SENDINGS[self]


_WHO_IS_ASKED = (Recipient.DUTY_HOLDER, Recipient.ATTENDEES)
_MANAGER_AND_CHAIR = (Recipient.BUSINESS_MANAGER, Recipient.CHAIR)
_PARTNERS_AND_CHAIR = (Recipient.PARTNERS, Recipient.CHAIR)
_WHO_DECIDES_AND_MANAGER = (*_PARTNERS_AND_CHAIR, Recipient.BUSINESS_MANAGER)
_HOLDER_AND_MANAGER = (Recipient.DUTY_HOLDER, Recipient.BUSINESS_MANAGER)
_DECIDER_AND_MANAGER = (Recipient.DECISION_MAKER, Recipient.BUSINESS_MANAGER)
_WHO_ACTS_FIRST = (*_MANAGER_AND_CHAIR, Recipient.DECISION_MAKER, Recipient.PARTNERS)
_WHO_ASKED = (Recipient.REFERRER, *_MANAGER_AND_CHAIR, Recipient.DECISION_MAKER)
_AGENCIES = (Recipient.AGENCIES, Recipient.REFERRER)
_WHO_WAS_TOLD = (*_AGENCIES, *_WHO_DECIDES_AND_MANAGER)
_DECISION_BODIES = (Recipient.PANEL, Recipient.DEPARTMENT, Recipient.OFSTED)
_WHO_LOOKS = (Recipient.BUSINESS_MANAGER, Recipient.COMMUNICATIONS)
_WHO_HAS_A_STEP = (*_WHO_LOOKS, Recipient.CHAIR, Recipient.REVIEWER, Recipient.AGENCY)
_OF_NOTIFYING = "RR-52 NOT-04 K2 K4"
_SECRETARIAT = (Recipient.PANEL_SECRETARIAT,)
_OF_A_CHILD_DEATH = (Recipient.CHILD_DEATH_COORDINATOR,)
_BEFORE_PUBLICATION = (Recipient.PANEL, Recipient.OFSTED, Recipient.SECRETARY_OF_STATE)
_ROWS: tuple[tuple[EmailTrigger, EmailClass, str, tuple[Recipient, ...]], ...] = (
    # In place of another email to who has yet to declare; to who is on duty it says that they are.
    (EmailTrigger.DECLARATION_NEEDED, EmailClass.REMINDER, "LC-01 G7", ()),
    (EmailTrigger.ON_DUTY_TO_DECLARE, EmailClass.REMINDER, "LC-01 NOT-07", (Recipient.ON_DUTY,)),
    # Whoever declared it is told that it is decided, and neither how nor why.
    (EmailTrigger.INTEREST_SETTLED, EmailClass.NOTICE, "LC-01 G7", (Recipient.DECLARER,)),
    (EmailTrigger.LEAD_LOGGED, EmailClass.REMINDER, "NOT-08", _DECIDER_AND_MANAGER),
    (EmailTrigger.REVIEW_REQUESTED, EmailClass.NOTICE, "NOT-23 NOT-24", _WHO_ACTS_FIRST),
    (EmailTrigger.REQUEST_DECIDED, EmailClass.NOTICE, "NOT-24", _WHO_ASKED),
    (EmailTrigger.INCIDENT_REFERRED, EmailClass.NOTICE, "NOT-16", _WHO_ACTS_FIRST),
    (EmailTrigger.REFERRAL_RECEIVED, EmailClass.NOTICE, "NOT-14 RR-50", (Recipient.REFERRER,)),
    (EmailTrigger.NOTIFICATION_RECORDED, EmailClass.NOTICE, _OF_NOTIFYING, _PARTNERS_AND_CHAIR),
    (EmailTrigger.NOT_NOTIFIED, EmailClass.NOTICE, "NOT-13", (Recipient.PARTNERS,)),
    (EmailTrigger.AGENCIES_STOOD_DOWN, EmailClass.NOTICE, "NOT-13 RR-41", _AGENCIES),
    # By a page of the Panel that a partnership follows by its policy (5B); records stay secured.
    (EmailTrigger.NOTIFICATION_WITHDRAWN, EmailClass.NOTICE, "RR-41", _WHO_WAS_TOLD),
    (EmailTrigger.HOLD_PLACED, EmailClass.NOTICE, "GOV-06", _OF_A_CHILD_DEATH),
    (EmailTrigger.HOLD_RELEASED, EmailClass.NOTICE, "GOV-06", _OF_A_CHILD_DEATH),
    (EmailTrigger.CASE_REOPENED, EmailClass.NOTICE, "NOT-21", _WHO_DECIDES_AND_MANAGER),
    (EmailTrigger.SCOPING_REQUESTED, EmailClass.NOTICE, "RR-39 RR-41 K5", (Recipient.AGENCY,)),
    # To whichever of the two did not list the organisation.
    (EmailTrigger.ADDRESS_TO_CONFIRM, EmailClass.NOTICE, "RR-39 K5", _MANAGER_AND_CHAIR),
    (EmailTrigger.AGENCY_CHASED, EmailClass.REMINDER, "RR-40 K6", (Recipient.AGENCY,)),
    (EmailTrigger.TODO_REMINDED, EmailClass.REMINDER, "", _WHO_IS_ASKED),
    # In their own person, or to an agency; of the question itself it holds no word.
    (EmailTrigger.QUESTION_ASKED, EmailClass.NOTICE, "", (Recipient.ASKED,)),
    (EmailTrigger.QUESTION_ANSWERED, EmailClass.NOTICE, "", (Recipient.ASKER,)),
    (EmailTrigger.RETURN_RECEIVED, EmailClass.NOTICE, "RR-40", (Recipient.BUSINESS_MANAGER,)),
    (EmailTrigger.RETURN_TO_CONFIRM, EmailClass.NOTICE, "RR-40 RR-41", (Recipient.AGENCY,)),
    (EmailTrigger.RETURN_CORRECTED, EmailClass.NOTICE, "RR-40", (Recipient.BUSINESS_MANAGER,)),
    (EmailTrigger.MEETING_SET, EmailClass.NOTICE, "RR-42 RR-43 RR-44", (Recipient.INVITED,)),
    (EmailTrigger.MEETING_CANCELLED, EmailClass.NOTICE, "RR-42 RR-43", (Recipient.INVITED,)),
    (EmailTrigger.PACK_SHARED, EmailClass.NOTICE, "RR-45 RR-53", (Recipient.ATTENDEES,)),
    (EmailTrigger.PACK_RENEWED, EmailClass.NOTICE, "RR-45 RR-53", (Recipient.ATTENDEES,)),
    (EmailTrigger.RECORD_TO_AGREE, EmailClass.NOTICE, "RR-47 RR-54", (Recipient.ATTENDEES,)),
    (EmailTrigger.CORRECTION_ASKED, EmailClass.NOTICE, "RR-47", _MANAGER_AND_CHAIR),
    (EmailTrigger.CORRECTION_ANSWERED, EmailClass.NOTICE, "RR-47", (Recipient.ATTENDEES,)),
    (EmailTrigger.GROUP_CONVENED, EmailClass.NOTICE, "GOV-15", to.MEMBERS_AND_CHAIR),
    (EmailTrigger.SIGN_OFF_NEEDED, EmailClass.REMINDER, "RR-30 GOV-11 PUB-02", (Recipient.SEAT,)),
    (EmailTrigger.DISAGREEMENT_TOLD, EmailClass.NOTICE, "NOT-12 GOV-11", _MANAGER_AND_CHAIR),
    (EmailTrigger.LATENESS_FORECAST, EmailClass.STATUTORY, "RR-37 K10", _SECRETARIAT),
    (EmailTrigger.RAPID_REVIEW_SUBMITTED, EmailClass.NOTICE, "RR-49", (Recipient.ATTENDEES,)),
    (EmailTrigger.OUTCOME_TOLD, EmailClass.NOTICE, "RR-50 K8", _AGENCIES),
    (EmailTrigger.CHAIR_TOLD, EmailClass.NOTICE, "RR-55 K9", (Recipient.CHAIR,)),
    (EmailTrigger.RECOMMENDATION_SHARED, EmailClass.NOTICE, "RR-51", to.OF_THE_GROUP),
    (EmailTrigger.DECIDED_AGAIN, EmailClass.NOTICE, "RR-36 RR-50 RR-51", to.TOLD_THE_DECISION),
    (EmailTrigger.PANEL_ANSWERED, EmailClass.NOTICE, "GOV-14", _PARTNERS_AND_CHAIR),
    (EmailTrigger.CHALLENGE_LODGED, EmailClass.NOTICE, "GOV-17", _MANAGER_AND_CHAIR),
    # Who collects is the dispatch's to say; the bodies that may are named here.
    (EmailTrigger.DOCUMENTS_TO_COLLECT, EmailClass.STATUTORY, "RR-49 GOV-17", (Recipient.PANEL,)),
    # By the law of data protection, and by no rule of the framework (UK GDPR, articles 33 and 34).
    (EmailTrigger.BREACH_REPORTED, EmailClass.NOTICE, "", to.OF_BREACHES),
    (EmailTrigger.BREACH_DUE, EmailClass.REMINDER, "", to.OF_BREACHES),
    (EmailTrigger.ASKED_TO_DESTROY, EmailClass.NOTICE, "", (Recipient.WRONG_RECIPIENT,)),
    (EmailTrigger.COMMISSIONING_DECIDED, EmailClass.STATUTORY, "GOV-16", _DECISION_BODIES),
    (EmailTrigger.PUBLICATION_DECIDED, EmailClass.STATUTORY, "GOV-16 PUB-24", _DECISION_BODIES),
    (EmailTrigger.REVIEWER_APPOINTED, EmailClass.NOTICE, "LC-01 LC-23", (Recipient.REVIEWER,)),
    (EmailTrigger.REVIEWER_NAMED, EmailClass.STATUTORY, "LC-24", _DECISION_BODIES),
    (EmailTrigger.PROGRESS_ASKED, EmailClass.NOTICE, "LC-21", (Recipient.REVIEWER,)),
    (EmailTrigger.PROGRESS_REPORTED, EmailClass.NOTICE, "LC-21", _PARTNERS_AND_CHAIR),
    (EmailTrigger.DELAY_FORESEEN, EmailClass.STATUTORY, "LC-15 K11", to.TOLD_OF_DELAY),
    (EmailTrigger.REPORT_REQUESTED, EmailClass.NOTICE, "LC-29 LC-33 LC-34", (Recipient.AGENCY,)),
    (EmailTrigger.REPORT_RECEIVED, EmailClass.NOTICE, "LC-26 LC-35", to.REVIEWER_AND_MANAGER),
    (EmailTrigger.REPORT_RETURNED, EmailClass.NOTICE, "LC-26", (Recipient.AGENCY,)),
    (EmailTrigger.REPORT_ACCEPTED, EmailClass.NOTICE, "LC-26 LC-35", (Recipient.AGENCY,)),
    (EmailTrigger.REPORT_MEETING_CALLED, EmailClass.NOTICE, "LC-35", (Recipient.AGENCY,)),
    (EmailTrigger.LEARNING_EVENT_PLANNED, EmailClass.NOTICE, "LC-38", (Recipient.AGENCY,)),
    (EmailTrigger.LEARNING_EVENT_CALLED_OFF, EmailClass.NOTICE, "LC-38", (Recipient.AGENCY,)),
    # To a practitioner in their own person, by a one-time address, and to nobody else.
    (EmailTrigger.PARTICIPANT_INVITED, EmailClass.NOTICE, "LC-01 LC-38", (Recipient.GUEST,)),
    (EmailTrigger.PARTICIPANT_ASKED, EmailClass.NOTICE, "PUB-19", (Recipient.GUEST,)),
    # Whose turn it is at each step is in `domain/escalation.py`: the group, then the partners.
    (EmailTrigger.SILENCE_ESCALATED, EmailClass.NOTICE, "INF-06", to.UP_THE_LADDER),
    (EmailTrigger.SILENCE_STEP_DUE, EmailClass.REMINDER, "INF-06", _WHO_DECIDES_AND_MANAGER),
    (EmailTrigger.SILENCE_TURN_PASSED, EmailClass.REMINDER, "INF-06", _WHO_DECIDES_AND_MANAGER),
    (EmailTrigger.SILENCE_PUT_OFF, EmailClass.NOTICE, "INF-06 RR-40", _MANAGER_AND_CHAIR),
    (EmailTrigger.FORMAL_NOTICE, EmailClass.NOTICE, "INF-01 INF-06", to.THE_AGENCY_AND_LEAD),
    (EmailTrigger.ANSWER_EXTENDED, EmailClass.NOTICE, "RR-40 LC-33", (Recipient.AGENCY,)),
    (EmailTrigger.STAFF_TO_BE_TOLD, EmailClass.NOTICE, "PUB-22", (Recipient.AGENCY,)),
    (EmailTrigger.PUBLICATION_STEP_DUE, EmailClass.REMINDER, "PUB-21 PUB-22", _WHO_HAS_A_STEP),
    (EmailTrigger.PRE_PUBLICATION_SENT, EmailClass.STATUTORY, "PUB-26 K12", _BEFORE_PUBLICATION),
    (EmailTrigger.BODY_COMMENTED, EmailClass.NOTICE, "PUB-26", _PARTNERS_AND_CHAIR),
    (EmailTrigger.BODY_ANSWERED, EmailClass.NOTICE, "PUB-26", _BEFORE_PUBLICATION),
    (EmailTrigger.REPORT_PUBLISHED, EmailClass.NOTICE, "PUB-28 PUB-29", (Recipient.PARTNERS,)),
    (EmailTrigger.REPORT_TO_REPOSITORY, EmailClass.NOTICE, "PUB-30", (Recipient.NSPCC,)),
    (EmailTrigger.IMPROVEMENTS_PRE_SENT, EmailClass.STATUTORY, "PUB-25 K12", _BEFORE_PUBLICATION),
    (EmailTrigger.IMPROVEMENTS_PUBLISHED, EmailClass.NOTICE, "PUB-25", (Recipient.PARTNERS,)),
    (EmailTrigger.REPORT_TAKEN_DOWN, EmailClass.STATUTORY, "PUB-24 PUB-25", _BEFORE_PUBLICATION),
    (EmailTrigger.REISSUE_PRE_SENT, EmailClass.STATUTORY, "PUB-26 K12", _BEFORE_PUBLICATION),
    (EmailTrigger.REPORT_REDACTED, EmailClass.STATUTORY, "PUB-26", _BEFORE_PUBLICATION),
    (EmailTrigger.REPOSITORY_TOLD, EmailClass.NOTICE, "PUB-30", (Recipient.NSPCC,)),
    (EmailTrigger.AVAILABILITY_DOUBTED, EmailClass.REMINDER, "PUB-29 K13", _WHO_LOOKS),
    (EmailTrigger.ACTION_DUE, EmailClass.REMINDER, "EMB-08 K14", (Recipient.ACTION_OWNER,)),
    (EmailTrigger.PLAN_WAITS, EmailClass.REMINDER, "EMB-04 EMB-09", _MANAGER_AND_CHAIR),
    (EmailTrigger.LEARNING_TO_SHARE, EmailClass.REMINDER, "EMB-07", _MANAGER_AND_CHAIR),
    (EmailTrigger.BRIEFING_TO_CONFIRM, EmailClass.REMINDER, "EMB-07", (Recipient.AGENCY,)),
    (EmailTrigger.PLAN_SIGNED_OFF, EmailClass.NOTICE, "EMB-03 EMB-05", _PARTNERS_AND_CHAIR),
    (EmailTrigger.CASE_CLOSED, EmailClass.NOTICE, "EMB-05", _WHO_DECIDES_AND_MANAGER),
    (EmailTrigger.CLOSED_UNREVIEWED, EmailClass.NOTICE, "NOT-13 NOT-24", _WHO_DECIDES_AND_MANAGER),
    (EmailTrigger.AGENCIES_RELEASED, EmailClass.NOTICE, "RR-41 RR-50", _AGENCIES),
    (EmailTrigger.SHARING_TO_APPROVE, EmailClass.NOTICE, "RR-29", (Recipient.CHAIR,)),
    (EmailTrigger.INVITED_TO_JOINT_REVIEW, EmailClass.NOTICE, "RR-28 RR-29", _MANAGER_AND_CHAIR),
    (EmailTrigger.INVITATION_ANSWERED, EmailClass.NOTICE, "RR-28 RR-29", _MANAGER_AND_CHAIR),
    (EmailTrigger.SHARING_ENDED, EmailClass.NOTICE, "RR-29", _MANAGER_AND_CHAIR),
    (EmailTrigger.SHOWING_ENDED, EmailClass.NOTICE, "RR-29", _MANAGER_AND_CHAIR),
    (EmailTrigger.JOINT_CHANGE_PROPOSED, EmailClass.NOTICE, "RR-28 RR-29", _MANAGER_AND_CHAIR),
    (EmailTrigger.JOINT_CHANGE_TOLD, EmailClass.NOTICE, "RR-28 RR-29", _MANAGER_AND_CHAIR),
    (EmailTrigger.COMMENT_RECEIVED, EmailClass.NOTICE, "RR-29", _MANAGER_AND_CHAIR),
    (EmailTrigger.COMMENT_ANSWERED, EmailClass.NOTICE, "RR-29", _MANAGER_AND_CHAIR),
    # The repository is written to once, by the publisher of record (PUB-30).
    (EmailTrigger.PUBLISHED_BESIDE_LEAD, EmailClass.NOTICE, "PUB-28 PUB-29", (Recipient.PARTNERS,)),
    (EmailTrigger.JOINT_DISPATCH_RETURNED, EmailClass.NOTICE, "RR-34 PUB-26", _MANAGER_AND_CHAIR),
    (EmailTrigger.DEADLINE_NEAR, EmailClass.REMINDER, "K1 K10 K11 K12", (Recipient.DUTY_HOLDER,)),
    (EmailTrigger.DEADLINE_PASSED, EmailClass.REMINDER, "K1 K10 K11", _HOLDER_AND_MANAGER),
    # By a local policy, and by no rule: an answer that is expected, and owed by nobody (5A).
    (EmailTrigger.ANSWER_NOT_COME, EmailClass.REMINDER, "", (Recipient.DUTY_HOLDER,)),
    # To those whom the rule of the clock names, who differ by clock (rules.md 2.2).
    (EmailTrigger.LAST_DAY_NEAR_TOLD, EmailClass.REMINDER, "K1 K3 K7 K10 K11 K14 K15", ()),
    (EmailTrigger.LAST_DAY_MISSED_TOLD, EmailClass.REMINDER, "K1 K3 K7 K10 K11 K14 K15", ()),
    (EmailTrigger.ON_DUTY_CALLED, EmailClass.NOTICE, "NOT-07", (Recipient.ON_DUTY,)),
    (EmailTrigger.DAY_CAME_NEARER, EmailClass.NOTICE, "NOT-03 K1", _HOLDER_AND_MANAGER),
    (EmailTrigger.DAY_MOVED_LATER, EmailClass.NOTICE, "K10", _HOLDER_AND_MANAGER),
    # The code for a one-time address, to where that address went (`domain/guests.py`).
    (EmailTrigger.GUEST_CODE, EmailClass.REMINDER, "LC-01", (Recipient.GUEST,)),
    # About who holds which role, and no case; each names no role (`domain/appointments.py`).
    (EmailTrigger.APPOINTMENT_WAITS, EmailClass.REMINDER, "GOV-12", (Recipient.ADMINISTRATORS,)),
    (EmailTrigger.APPOINTMENT_TO_CONFIRM, EmailClass.REMINDER, "NOT-07", (Recipient.APPOINTING,)),
    (EmailTrigger.INVITED_TO_SERVE, EmailClass.REMINDER, "GOV-12", (Recipient.APPOINTED,)),
    (EmailTrigger.ROLE_GRANTED, EmailClass.REMINDER, "GOV-12", (Recipient.APPOINTED,)),
    (EmailTrigger.ROLE_ENDS, EmailClass.REMINDER, "GOV-12", (Recipient.APPOINTED,)),
    (EmailTrigger.INFORMATION_REQUEST_PASSED, EmailClass.REMINDER, "INF-04", to.OFFICER),
    (EmailTrigger.AUDIT_ANCHORED, EmailClass.NOTICE, "", to.MANAGER_AND_CONTACT),
    (EmailTrigger.DAILY_DIGEST, EmailClass.REMINDER, "", ()),  # to whoever asked for one
)

SENDINGS: Mapping[EmailTrigger, Sending] = {
    event: Sending(template=event.value, recipients=who, delivery=how, rules=tuple(rules.split()))
    for event, how, rules, who in _ROWS
}
