"""What two sides of a joint review may agree to change: who leads, who takes part and how."""

from enum import StrEnum
from typing import Final

from services.domain.clocks.rules import ClockId
from services.domain.entry_types import THE_REFERRAL, EntryType, Section
from services.domain.errors import RuleBroken
from services.domain.joint_reviews import JointPart, needed_sections
from services.domain.todos import Todo
from services.domain.workflow import Stage


class JointChange(StrEnum):
    """One thing that the lead and a joining partnership may agree on."""

    NEW_LEAD = "new_lead"
    OTHER_PART = "other_part"
    LEAVES = "leaves"


class ChangeAnswer(StrEnum):
    """What the other side may answer to a proposed change."""

    AGREED = "agreed"
    REFUSED = "refused"


LED_FROM: Final = frozenset(
    {
        Stage.RAPID_REVIEW,
        Stage.WITH_PANEL,
        Stage.NATIONAL_REVIEW,
        Stage.COMMISSIONING,
        Stage.LOCAL_REVIEW,
        Stage.PUBLICATION,
    }
)
"""Where the lead's case may stand when another partnership takes the lead."""

LEADS_SEE: Final = needed_sections(JointPart.JOINTLY_PUBLISHING) | {Section.MEETING}
"""What the old and the new lead show each other before the lead changes."""

LEADS_CLOCKS: Final = (
    ClockId.K4,
    ClockId.K7,
    ClockId.K8,
    ClockId.K9,
    ClockId.K10,
    ClockId.K11,
    ClockId.K12,
)
"""The clocks that run once in a joint review, on the lead's case."""

LEADS_TODOS: Final = (
    Todo.SET_MEETING,
    Todo.ACCEPT_PACK,
    Todo.HOLD_MEETING,
    Todo.WRITE_RECORD,
    Todo.SETTLE_RECORD,
    Todo.ANSWER_CRITERIA,
    Todo.PROPOSE_DECISION,
    Todo.RESOLVE_DISAGREEMENT,
    Todo.SUBMIT,
    Todo.TELL_LATENESS,
    Todo.FOLLOW_UP_PENDING,
    Todo.RECORD_PANEL_ANSWER,
    Todo.PROPOSE_LOCAL_COURSE,
    Todo.REPLY_TO_PANEL,
    Todo.END_NATIONAL_REVIEW,
    Todo.AGREE_TERMS,
    Todo.OVERSEE_COMMISSIONING,
    Todo.APPOINT_REVIEWER,
    Todo.ASK_FOR_PROGRESS,
    Todo.REPORT_PROGRESS,
    Todo.PLAN_LEARNING_EVENT,
    Todo.MONITOR_REVIEW,
    Todo.HOLD_LEARNING_EVENT,
    Todo.PROPOSE_RECOMMENDATIONS,
    Todo.DEVELOP_RECOMMENDATIONS,
    Todo.SUBMIT_DRAFT,
    Todo.QUALITY_ASSURE,
    Todo.SETTLE_ANONYMITY,
    Todo.RECORD_DELAY,
    Todo.CONSIDER_DELAY,
    Todo.PLAN_COMMUNICATIONS,
    Todo.CHANGE_REPORT,
    Todo.DECIDE_LEGAL_ADVICE,
    Todo.PLAN_PUBLICATION,
    Todo.PUBLICATION_STEP,
    Todo.PRE_SEND,
    Todo.PUBLISH,
    Todo.PUBLISH_IMPROVEMENTS,
    Todo.ANSWER_COMMENT,
    Todo.PROPOSE_PLAN,
)
"""What only the lead's people are asked to do."""

LEADS_ENTRIES: Final = frozenset(
    {
        EntryType.MEETING_SET,
        EntryType.PACK_ACCEPTED,
        EntryType.MEETING_HELD,
        EntryType.RECORD_WRITTEN,
        EntryType.PASSAGE_KEPT,
        EntryType.CRITERIA_ANSWERED,
        EntryType.DECISION_PROPOSED,
        EntryType.OPINION_GIVEN,
        EntryType.DIALOGUE_RECORDED,
        EntryType.RAPID_REVIEW_SUBMITTED,
        EntryType.RAPID_REVIEW_SENT_FOR_COLLECTION,
        EntryType.LATENESS_TOLD,
        EntryType.UNAGREED_SENT,
        EntryType.PANEL_ANSWERED,
        EntryType.CHALLENGE_LODGED,
        EntryType.PANEL_REPLIED,
        EntryType.REVIEW_SUPPLEMENTED,
        EntryType.PENDING_FOLLOWED_UP,
        EntryType.LOCAL_COURSE_PROPOSED,
        EntryType.NATIONAL_REVIEW_ENDED,
        EntryType.TERMS_AGREED,
        EntryType.COMMISSIONING_OVERSEEN,
        EntryType.AUTHOR_REQUIREMENTS_DRAWN_UP,
        EntryType.REVIEWER_APPOINTED,
        EntryType.REVIEWER_ENDED,
        EntryType.TEAM_NAMED,
        EntryType.TEAM_MET,
        EntryType.INTERIM_LEARNING_PROPOSED,
        EntryType.INTERIM_LEARNING_SHARED,
        EntryType.PROGRESS_ASKED,
        EntryType.PROGRESS_REPORTED,
        EntryType.REVIEW_MONITORED,
        EntryType.PRACTITIONERS_ANSWERED,
        EntryType.COMMUNICATIONS_PLANNED,
        EntryType.RECOMMENDATIONS_PROPOSED,
        EntryType.RECOMMENDATION_DEVELOPED,
        EntryType.RECOMMENDATION_DROPPED,
        EntryType.RECOMMENDATIONS_PUT,
        EntryType.DRAFT_SUBMITTED,
        EntryType.REPORT_CHANGED,
        EntryType.DRAFT_RETURNED,
        EntryType.HITS_JUSTIFIED,
        EntryType.QUALITY_ASSURED,
        EntryType.DELAY_RECORDED,
        EntryType.DELAY_CONSIDERED,
        EntryType.PUBLICATION_PLANNED,
        EntryType.PUBLICATION_WITHHELD,
        EntryType.PUBLICATION_QUERIED,
        EntryType.REPORT_PRESENTED,
        EntryType.PUBLICATION_STEP_DONE,
        EntryType.PRE_SENT,
        EntryType.BODY_COMMENTED,
        EntryType.BODY_ANSWERED,
        EntryType.ROUND_TURNED,
        EntryType.PROCESS_RECORDED,
        EntryType.PROCESS_CHANGED,
        EntryType.LIAISON_RECORDED,
        EntryType.REQUIREMENTS_LISTED,
    }
)
"""What was said of the review itself, and of what goes on beside it: the lead's case carries it."""

_KEPT_INTERNAL: Final = frozenset({EntryType.LIAISON_RECORDED, EntryType.PUBLICATION_STEP_DONE})

THE_NOTIFICATION: Final = frozenset(
    {EntryType.NOTIFICATION_RECORDED, EntryType.NOTIFICATION_WITHDRAWN}
)
"""What was said of one's own notification and of its end: neither is read without the other."""

FACTS: Final = frozenset({*THE_REFERRAL, *THE_NOTIFICATION})
"""What a new lead needs besides, where its own case holds no referral or notification."""

PUT_TO_SIGN: Final = frozenset(
    {
        EntryType.RECORD_WRITTEN,
        EntryType.PASSAGE_KEPT,
        EntryType.CRITERIA_ANSWERED,
        EntryType.DECISION_PROPOSED,
        EntryType.LOCAL_COURSE_PROPOSED,
        EntryType.TERMS_AGREED,
    }
)


def is_handed_over(entry_type: EntryType, section: Section) -> bool:
    """Tell whether a new lead is given such an entry.

    Not legal advice, which is its client's, nor what the family of the former lead answered.
    """
    is_own = entry_type in _KEPT_INTERNAL and section is Section.INTERNAL
    return entry_type in LEADS_ENTRIES | FACTS and not is_own


def must_name_a_part(change: JointChange, part: JointPart | None, now: JointPart) -> None:
    """Refuse another part that is not named, or is the present one; other changes name none."""
    if (change is JointChange.OTHER_PART) is (part is None):
        raise RuleBroken("Name a part where the part changes, and only there.")
    if part is now:
        raise RuleBroken("It has that part already.")
