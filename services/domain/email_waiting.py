"""Which emails may wait for a person's digest or the end of their quiet hours, and until when.

What may not wait is what somebody must act on at once: a referral, the national limits (K1 to K3b,
K10, K12), a signature, a bounce, a breach; of what a person reminds somebody; what meets a time
limit by being sent; what lets people in; and what holds an invitation to a calendar.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from services.domain.email_classes import EmailClass
from services.domain.email_matters import EmailMatter
from services.domain.emails import EmailTrigger
from services.domain.working_days import LONDON, Calendar, london_date


class EmailWay(StrEnum):
    """How a person gets their emails."""

    AT_ONCE = "at_once"
    DIGEST = "digest"


class Urgency(StrEnum):
    """Why an email never waits."""

    REFERRAL = "referral"
    NATIONAL_LIMIT = "national_limit"
    SIGNATURE = "signature"
    BOUNCE = "bounce"
    BREACH = "breach"
    REMINDED = "reminded"
    MEETS_LIMIT = "meets_limit"
    LETS_IN = "lets_in"
    INVITATION = "invitation"
    OUTSIDE = "outside"
    IS_DIGEST = "is_digest"


_T = EmailTrigger
_BY_URGENCY: Final[Mapping[Urgency, tuple[EmailTrigger, ...]]] = {
    Urgency.REFERRAL: (
        _T.LEAD_LOGGED,
        _T.REVIEW_REQUESTED,
        _T.INCIDENT_REFERRED,
        _T.REFERRAL_RECEIVED,
        _T.ON_DUTY_CALLED,
        _T.ON_DUTY_TO_DECLARE,
        # It stands in for any other, which its reader may not know before they have declared.
        _T.DECLARATION_NEEDED,
    ),
    Urgency.NATIONAL_LIMIT: (
        _T.NOTIFICATION_RECORDED,
        _T.LATENESS_FORECAST,
        _T.PRE_PUBLICATION_SENT,
        _T.IMPROVEMENTS_PRE_SENT,
        _T.REISSUE_PRE_SENT,
    ),
    Urgency.SIGNATURE: (_T.SIGN_OFF_NEEDED, _T.DISAGREEMENT_TOLD),
    Urgency.BOUNCE: (_T.JOINT_DISPATCH_RETURNED,),
    Urgency.BREACH: (_T.BREACH_REPORTED, _T.BREACH_DUE, _T.ASKED_TO_DESTROY),
    # A person who looked at it sends these, and the page says who was written to when.
    Urgency.REMINDED: (_T.TODO_REMINDED, _T.AGENCY_CHASED),
    Urgency.MEETS_LIMIT: (
        _T.SCOPING_REQUESTED,
        _T.RAPID_REVIEW_SUBMITTED,
        _T.OUTCOME_TOLD,
        _T.CHAIR_TOLD,
        _T.DECIDED_AGAIN,
    ),
    Urgency.LETS_IN: (
        _T.GUEST_CODE,
        _T.DOCUMENTS_TO_COLLECT,
        _T.PARTICIPANT_INVITED,
        _T.PARTICIPANT_ASKED,
        _T.APPOINTMENT_WAITS,
        _T.APPOINTMENT_TO_CONFIRM,
        _T.INVITED_TO_SERVE,
        _T.ROLE_GRANTED,
        _T.ROLE_ENDS,
    ),
    Urgency.INVITATION: (_T.MEETING_SET, _T.MEETING_CANCELLED),
    # To national bodies, or to whoever has no account and so no settings.
    Urgency.OUTSIDE: (
        _T.HOLD_PLACED,
        _T.HOLD_RELEASED,
        _T.COMMISSIONING_DECIDED,
        _T.PUBLICATION_DECIDED,
        _T.REVIEWER_NAMED,
        _T.DELAY_FORESEEN,
        _T.FORMAL_NOTICE,
        _T.BODY_ANSWERED,
        _T.REPORT_TO_REPOSITORY,
        _T.REPORT_TAKEN_DOWN,
        _T.REPORT_REDACTED,
        _T.REPOSITORY_TOLD,
        _T.INFORMATION_REQUEST_PASSED,
        _T.AUDIT_ANCHORED,
    ),
    Urgency.IS_DIGEST: (_T.DAILY_DIGEST,),
}
NEVER_WAITS: Final[Mapping[EmailTrigger, Urgency]] = {
    event: why for why, events in _BY_URGENCY.items() for event in events
}
MAY_WAIT: Final = frozenset(
    {
        _T.REQUEST_DECIDED,
        _T.NOT_NOTIFIED,
        _T.NOTIFICATION_WITHDRAWN,
        _T.AGENCIES_STOOD_DOWN,
        _T.CASE_REOPENED,
        _T.ADDRESS_TO_CONFIRM,
        _T.QUESTION_ASKED,
        _T.QUESTION_ANSWERED,
        _T.RETURN_RECEIVED,
        _T.RETURN_TO_CONFIRM,
        _T.RETURN_CORRECTED,
        _T.PACK_SHARED,
        _T.PACK_RENEWED,
        _T.RECORD_TO_AGREE,
        _T.CORRECTION_ASKED,
        _T.CORRECTION_ANSWERED,
        _T.GROUP_CONVENED,
        _T.RECOMMENDATION_SHARED,
        _T.PANEL_ANSWERED,
        _T.CHALLENGE_LODGED,
        _T.REVIEWER_APPOINTED,
        _T.PROGRESS_ASKED,
        _T.PROGRESS_REPORTED,
        _T.REPORT_REQUESTED,
        _T.REPORT_RECEIVED,
        _T.REPORT_RETURNED,
        _T.REPORT_ACCEPTED,
        _T.REPORT_MEETING_CALLED,
        _T.LEARNING_EVENT_PLANNED,
        _T.LEARNING_EVENT_CALLED_OFF,
        _T.STAFF_TO_BE_TOLD,
        _T.PUBLICATION_STEP_DUE,
        _T.BODY_COMMENTED,
        _T.REPORT_PUBLISHED,
        _T.IMPROVEMENTS_PUBLISHED,
        _T.AVAILABILITY_DOUBTED,
        _T.ACTION_DUE,
        _T.PLAN_WAITS,
        _T.LEARNING_TO_SHARE,
        _T.BRIEFING_TO_CONFIRM,
        _T.PLAN_SIGNED_OFF,
        _T.CASE_CLOSED,
        _T.CLOSED_UNREVIEWED,
        _T.AGENCIES_RELEASED,
        _T.DEADLINE_NEAR,
        _T.INTEREST_SETTLED,
        _T.DEADLINE_PASSED,
        _T.ANSWER_NOT_COME,
        _T.LAST_DAY_NEAR_TOLD,
        _T.LAST_DAY_MISSED_TOLD,
        _T.DAY_CAME_NEARER,
        _T.DAY_MOVED_LATER,
        _T.SHARING_TO_APPROVE,
        _T.INVITED_TO_JOINT_REVIEW,
        _T.INVITATION_ANSWERED,
        _T.SHARING_ENDED,
        _T.SHOWING_ENDED,
        _T.JOINT_CHANGE_PROPOSED,
        _T.JOINT_CHANGE_TOLD,
        _T.COMMENT_RECEIVED,
        _T.COMMENT_ANSWERED,
        _T.PUBLISHED_BESIDE_LEAD,
        _T.SILENCE_ESCALATED,
        _T.SILENCE_STEP_DUE,
        _T.SILENCE_TURN_PASSED,
        _T.SILENCE_PUT_OFF,
        _T.ANSWER_EXTENDED,
    }
)
# What an email about a last day calls the duties of K1, K2, K3, K3b, K10 and K12.
NATIONAL_MATTERS: Final = frozenset(
    {
        EmailMatter.NOTIFY,
        EmailMatter.TELL_PARTNERS,
        EmailMatter.TELL_OF_DEATH,
        EmailMatter.SUBMIT,
        EmailMatter.PRE_SEND,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailHabits:
    """How a person gets their emails: at once, or in a digest at an hour; and their quiet hours.

    Hours are those of a clock in England, 0 to 23; quiet hours may go over midnight.
    """

    way: EmailWay = EmailWay.AT_ONCE
    digest_hour: int = 8
    quiet_from: int | None = None
    quiet_until: int | None = None


def may_wait(event: EmailTrigger, matter: EmailMatter | None) -> bool:
    """Tell whether the email may wait: its event may, and no national limit is its matter."""
    is_kind = event in MAY_WAIT and event.sending.delivery is not EmailClass.STATUTORY
    return is_kind and matter not in NATIONAL_MATTERS


def waits_until(
    habits: EmailHabits, posted_at: datetime, due: date | None, calendar: Calendar
) -> datetime | None:
    """Return until when an email that may wait does so by these habits; nothing if it goes now.

    Nothing waits beyond the day before its last day: who is told by then can still act.
    """
    is_digest = habits.way is EmailWay.DIGEST
    digest = _digest_after(habits.digest_hour, posted_at, calendar)
    until = digest if is_digest else _end_of_quiet(habits, posted_at)
    if until is None or (due is not None and due <= london_date(until)):
        return None
    return until


def _digest_after(hour: int, posted_at: datetime, calendar: Calendar) -> datetime:
    """Return when the next digest goes: at the hour of a working day, after the moment."""
    local = posted_at.astimezone(LONDON)
    day = calendar.on_or_after(local.date())
    if day == local.date() and local.hour >= hour:
        day = calendar.add_working_days(day, 1)
    return datetime.combine(day, time(hour), LONDON)


def _end_of_quiet(habits: EmailHabits, posted_at: datetime) -> datetime | None:
    """Return when the quiet hours end in which the moment lies, if it does."""
    begins, ends = habits.quiet_from, habits.quiet_until
    if begins is None or ends is None:
        return None
    local = posted_at.astimezone(LONDON)
    over_midnight = begins > ends
    is_in = begins <= local.hour < ends
    if over_midnight:
        is_in = local.hour >= begins or local.hour < ends
    if not is_in:
        return None
    is_tomorrow = over_midnight and local.hour >= begins
    day = local.date() + timedelta(days=1 if is_tomorrow else 0)
    return datetime.combine(day, time(ends), LONDON)
