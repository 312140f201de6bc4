"""What people may be asked to do next: for each, who, and at which step."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.domain.roles import Role
from services.domain.workflow import Step


class Todo(StrEnum):
    """One thing a person may be asked to do.

    Of those that one act opens together, the first in this list is told to who watches the case.
    """

    DECIDE_LEAD = "decide_lead"
    TELL_AREA = "tell_area"
    CONSIDER_REQUEST = "consider_request"
    SIGN_REQUEST = "sign_request"
    REFER_REQUEST = "refer_request"
    RECORD_AWARENESS = "record_awareness"
    DECIDE_TO_NOTIFY = "decide_to_notify"
    GIVE_VIEW = "give_view"
    RECORD_NOTIFICATION = "record_notification"
    RECORD_LOOKED_AFTER_DEATH = "record_looked_after_death"
    LINK_DEATH_REVIEW = "link_death_review"
    CLOSE_OR_REOPEN = "close_or_reopen"
    REQUEST_RETURNS = "request_returns"
    ANSWER_LISTED_ADDRESS = "answer_listed_address"
    LIST_AGAIN = "list_again"
    ACCEPT_PACK = "accept_pack"
    SUBMIT_RETURN = "submit_return"
    CONFIRM_RETURN = "confirm_return"
    SET_MEETING = "set_meeting"
    HOLD_MEETING = "hold_meeting"
    NAME_ATTENDEES = "name_attendees"
    ANSWER_CRITERIA = "answer_criteria"
    PROPOSE_DECISION = "propose_decision"
    WRITE_RECORD = "write_record"
    SETTLE_RECORD = "settle_record"
    SIGN_RAPID_REVIEW = "sign_rapid_review"
    SUBMIT = "submit"
    TELL_LATENESS = "tell_lateness"
    FOLLOW_UP_PENDING = "follow_up_pending"
    RECORD_PANEL_ANSWER = "record_panel_answer"
    PROPOSE_LOCAL_COURSE = "propose_local_course"
    REPLY_TO_PANEL = "reply_to_panel"
    END_NATIONAL_REVIEW = "end_national_review"
    APPOINT_REVIEWER = "appoint_reviewer"
    AGREE_TERMS = "agree_terms"
    OVERSEE_COMMISSIONING = "oversee_commissioning"
    SIGN_TERMS = "sign_terms"
    DECLARE = "declare"
    REQUEST_REPORTS = "request_reports"
    SUBMIT_REPORT = "submit_report"
    ASK_FOR_PROGRESS = "ask_for_progress"
    REPORT_PROGRESS = "report_progress"
    MONITOR_REVIEW = "monitor_review"
    JUDGE_REPORT = "judge_report"
    PROPOSE_INTERIM_LEARNING = "propose_interim_learning"
    SIGN_INTERIM_LEARNING = "sign_interim_learning"
    SHARE_INTERIM_LEARNING = "share_interim_learning"
    PLAN_LEARNING_EVENT = "plan_learning_event"
    HOLD_LEARNING_EVENT = "hold_learning_event"
    SPEAK_WITH_FAMILY = "speak_with_family"
    PROPOSE_RECOMMENDATIONS = "propose_recommendations"
    DEVELOP_RECOMMENDATIONS = "develop_recommendations"
    SIGN_RECOMMENDATIONS = "sign_recommendations"
    INVITE_PRACTITIONERS = "invite_practitioners"
    HEAR_OF_DRAFT = "hear_of_draft"
    SUBMIT_DRAFT = "submit_draft"
    QUALITY_ASSURE = "quality_assure"
    SETTLE_ANONYMITY = "settle_anonymity"
    RECORD_DELAY = "record_delay"
    CONSIDER_DELAY = "consider_delay"
    SIGN_REPORT = "sign_report"
    PLAN_COMMUNICATIONS = "plan_communications"
    CHANGE_REPORT = "change_report"
    DECIDE_LEGAL_ADVICE = "decide_legal_advice"
    PLAN_PUBLICATION = "plan_publication"
    SIGN_PUBLICATION = "sign_publication"
    CONFIRM_STAFF_TOLD = "confirm_staff_told"
    PUBLICATION_STEP = "publication_step"
    PRE_SEND = "pre_send"
    PUBLISH = "publish"
    PUBLISH_IMPROVEMENTS = "publish_improvements"
    SIGN_TAKING_DOWN = "sign_taking_down"
    TAKE_DOWN = "take_down"
    REISSUE = "reissue"
    ANSWER_COMMENT = "answer_comment"
    ANSWER_OTHER_DAY = "answer_other_day"
    PROPOSE_PLAN = "propose_plan"
    SIGN_PROPOSED_PLAN = "sign_proposed_plan"
    UPDATE_ACTIONS = "update_actions"
    REVIEW_PLAN = "review_plan"
    AUDIT_ACTION = "audit_action"
    SHARE_LEARNING = "share_learning"
    CONFIRM_BRIEFING = "confirm_briefing"
    SIGN_PLAN = "sign_plan"
    SEE_PRACTICE = "see_practice"
    CLOSE = "close"
    APPROVE_SHARING = "approve_sharing"
    SHOW_CASE = "show_case"
    EXTEND_SHARING = "extend_sharing"
    ASK_FOR_EXTENSION = "ask_for_extension"
    ANSWER_INVITATION = "answer_invitation"
    ANSWER_CHANGE = "answer_change"
    CONSIDER_COMMENT = "consider_comment"
    SETTLE_EMAILS = "settle_emails"
    CONFIRM_DISPATCH = "confirm_dispatch"
    SEND_BY_HAND = "send_by_hand"
    SEND_FOR_COLLECTION = "send_for_collection"
    RING_RECIPIENT = "ring_recipient"
    DECIDE_ON_BREACH = "decide_on_breach"
    REVIEW_MARK = "review_mark"
    AGREE_RECORD = "agree_record"
    ANSWER_CORRECTION = "answer_correction"
    CONFIRM_AVAILABLE = "confirm_available"
    REFER_SILENCE = "refer_silence"
    REACH_STRATEGIC_LEAD = "reach_strategic_lead"
    PUT_SILENCE_TO_PARTNERS = "put_silence_to_partners"
    ACT_FORMALLY = "act_formally"
    DECIDE_ON_INTEREST = "decide_on_interest"
    RESOLVE_DISAGREEMENT = "resolve_disagreement"
    HEAR_NAMED_LEADS = "hear_named_leads"
    ANSWER_QUESTION = "answer_question"


@dataclass(frozen=True, slots=True)
class TodoSpec:
    """Who must do it, and at which step; where each partner must, there is one for each party."""

    step: Step
    role: Role
    each_party: bool = False


_MANAGER = Role.BUSINESS_MANAGER
_PARTNER = Role.SAFEGUARDING_PARTNER
_AGENCY = Role.AGENCY_LEAD
_CHAIR = Role.REVIEW_GROUP_CHAIR
_LEAD = Role.LEAD_REVIEWER

_ROWS: Final = (
    (Todo.DECIDE_LEAD, Step.NOTIFY, Role.NOTIFIER),
    (Todo.TELL_AREA, Step.NOTIFY, Role.NOTIFIER),
    (Todo.CONSIDER_REQUEST, Step.NOTIFY, _CHAIR),
    (Todo.SIGN_REQUEST, Step.NOTIFY, _PARTNER),
    (Todo.REFER_REQUEST, Step.NOTIFY, Role.NOTIFIER),
    (Todo.RECORD_AWARENESS, Step.NOTIFY, Role.NOTIFIER),
    (Todo.DECIDE_TO_NOTIFY, Step.NOTIFY, Role.NOTIFIER),
    (Todo.GIVE_VIEW, Step.NOTIFY, _PARTNER),
    (Todo.RECORD_NOTIFICATION, Step.NOTIFY, Role.NOTIFIER),
    (Todo.RECORD_LOOKED_AFTER_DEATH, Step.NOTIFY, Role.NOTIFIER),
    (Todo.LINK_DEATH_REVIEW, Step.NOTIFY, _MANAGER),
    (Todo.CLOSE_OR_REOPEN, Step.NOTIFY, _MANAGER),
    (Todo.REQUEST_RETURNS, Step.SCOPE, _MANAGER),
    # Whoever of the manager and the chair did not list the organisation is asked.
    (Todo.ANSWER_LISTED_ADDRESS, Step.SCOPE, _CHAIR),
    (Todo.LIST_AGAIN, Step.SCOPE, _MANAGER),
    (Todo.SUBMIT_RETURN, Step.SCOPE, _AGENCY),
    (Todo.CONFIRM_RETURN, Step.SCOPE, _AGENCY),
    (Todo.ACCEPT_PACK, Step.SCOPE, _MANAGER),
    (Todo.SET_MEETING, Step.MEET, _MANAGER),
    (Todo.HOLD_MEETING, Step.MEET, _CHAIR),
    (Todo.NAME_ATTENDEES, Step.MEET, _MANAGER),
    (Todo.WRITE_RECORD, Step.SUBMIT, _CHAIR),
    (Todo.SETTLE_RECORD, Step.SUBMIT, _CHAIR),
    (Todo.ANSWER_CRITERIA, Step.SUBMIT, _CHAIR),
    (Todo.PROPOSE_DECISION, Step.SUBMIT, _CHAIR),
    (Todo.SIGN_RAPID_REVIEW, Step.SUBMIT, _PARTNER),
    (Todo.SUBMIT, Step.SUBMIT, _MANAGER),
    (Todo.TELL_LATENESS, Step.SUBMIT, _MANAGER),
    (Todo.FOLLOW_UP_PENDING, Step.SUBMIT, _MANAGER),
    (Todo.RECORD_PANEL_ANSWER, Step.SUBMIT, _MANAGER),
    (Todo.PROPOSE_LOCAL_COURSE, Step.SUBMIT, _CHAIR),
    (Todo.REPLY_TO_PANEL, Step.SUBMIT, _PARTNER),
    (Todo.END_NATIONAL_REVIEW, Step.SUBMIT, _MANAGER),
    (Todo.AGREE_TERMS, Step.COMMISSION, _CHAIR),
    (Todo.OVERSEE_COMMISSIONING, Step.COMMISSION, _CHAIR),
    (Todo.SIGN_TERMS, Step.COMMISSION, _PARTNER),
    (Todo.APPOINT_REVIEWER, Step.COMMISSION, _MANAGER),
    (Todo.DECLARE, Step.COMMISSION, _LEAD),
    (Todo.REQUEST_REPORTS, Step.COMMISSION, _MANAGER),
    (Todo.SUBMIT_REPORT, Step.COMMISSION, _AGENCY),
    (Todo.ASK_FOR_PROGRESS, Step.COMMISSION, _CHAIR),
    (Todo.REPORT_PROGRESS, Step.COMMISSION, _LEAD),
    # Of no step: it goes on until publication (LC-21).
    (Todo.MONITOR_REVIEW, Step.COMMISSION, _PARTNER),
    (Todo.JUDGE_REPORT, Step.COMMISSION, _LEAD),
    (Todo.PROPOSE_INTERIM_LEARNING, Step.COMMISSION, _CHAIR),
    (Todo.SIGN_INTERIM_LEARNING, Step.COMMISSION, _PARTNER),
    (Todo.SHARE_INTERIM_LEARNING, Step.COMMISSION, _MANAGER),
    (Todo.PLAN_LEARNING_EVENT, Step.COMMISSION, _LEAD),
    (Todo.HOLD_LEARNING_EVENT, Step.COMMISSION, _LEAD),
    (Todo.SPEAK_WITH_FAMILY, Step.COMMISSION, _MANAGER),
    (Todo.PROPOSE_RECOMMENDATIONS, Step.COMMISSION, _LEAD),
    (Todo.DEVELOP_RECOMMENDATIONS, Step.COMMISSION, _CHAIR),
    (Todo.SIGN_RECOMMENDATIONS, Step.COMMISSION, _PARTNER),
    (Todo.INVITE_PRACTITIONERS, Step.COMMISSION, _MANAGER),
    (Todo.HEAR_OF_DRAFT, Step.COMMISSION, _MANAGER),
    (Todo.SUBMIT_DRAFT, Step.COMMISSION, _LEAD),
    (Todo.QUALITY_ASSURE, Step.COMMISSION, _CHAIR),
    (Todo.SETTLE_ANONYMITY, Step.COMMISSION, _CHAIR),
    (Todo.RECORD_DELAY, Step.COMMISSION, _MANAGER),
    # Of the group its chair is asked, and the partners besides (LC-14).
    (Todo.CONSIDER_DELAY, Step.COMMISSION, _CHAIR),
    (Todo.PLAN_COMMUNICATIONS, Step.COMMISSION, _MANAGER),
    (Todo.SIGN_REPORT, Step.COMMISSION, _PARTNER),
    (Todo.CHANGE_REPORT, Step.PUBLISH, _CHAIR),
    (Todo.DECIDE_LEGAL_ADVICE, Step.PUBLISH, _MANAGER),
    (Todo.PLAN_PUBLICATION, Step.PUBLISH, _MANAGER),
    (Todo.SIGN_PUBLICATION, Step.PUBLISH, _PARTNER),
    (Todo.CONFIRM_STAFF_TOLD, Step.PUBLISH, _AGENCY),
    # Of no step: what is left of it is recorded after publication too.
    (Todo.PUBLICATION_STEP, Step.PUBLISH, _MANAGER),
    (Todo.PRE_SEND, Step.PUBLISH, _MANAGER),
    (Todo.PUBLISH, Step.PUBLISH, _MANAGER),
    (Todo.PUBLISH_IMPROVEMENTS, Step.PUBLISH, _MANAGER),
    # Of no step: what is published is taken down, or published again, later.
    (Todo.SIGN_TAKING_DOWN, Step.PUBLISH, _PARTNER),
    (Todo.TAKE_DOWN, Step.PUBLISH, _MANAGER),
    (Todo.REISSUE, Step.PUBLISH, _MANAGER),
    (Todo.ANSWER_COMMENT, Step.PUBLISH, _PARTNER),
    # Of no step: the partners say it after publication.
    (Todo.ANSWER_OTHER_DAY, Step.PUBLISH, _PARTNER),
    (Todo.PROPOSE_PLAN, Step.EMBED, _CHAIR),
    (Todo.SIGN_PROPOSED_PLAN, Step.EMBED, _PARTNER),
    (Todo.UPDATE_ACTIONS, Step.EMBED, _AGENCY),
    (Todo.REVIEW_PLAN, Step.EMBED, _CHAIR),
    (Todo.AUDIT_ACTION, Step.EMBED, _MANAGER),
    (Todo.SHARE_LEARNING, Step.EMBED, _MANAGER),
    (Todo.CONFIRM_BRIEFING, Step.EMBED, _AGENCY),
    (Todo.SIGN_PLAN, Step.EMBED, _PARTNER),
    (Todo.SEE_PRACTICE, Step.EMBED, _MANAGER),
    (Todo.CLOSE, Step.EMBED, _PARTNER),
    (Todo.APPROVE_SHARING, Step.SCOPE, _CHAIR),
    # Of no step: what is shown ends by its own day, whatever the case does.
    (Todo.SHOW_CASE, Step.NOTIFY, _MANAGER),
    (Todo.EXTEND_SHARING, Step.NOTIFY, _MANAGER),
    (Todo.ASK_FOR_EXTENSION, Step.NOTIFY, _MANAGER),
    (Todo.ANSWER_INVITATION, Step.NOTIFY, _MANAGER),
    (Todo.ANSWER_CHANGE, Step.NOTIFY, _MANAGER),
    (Todo.CONSIDER_COMMENT, Step.NOTIFY, _CHAIR),
    (Todo.SETTLE_EMAILS, Step.NOTIFY, _MANAGER),
    (Todo.CONFIRM_DISPATCH, Step.NOTIFY, _MANAGER),
    (Todo.SEND_BY_HAND, Step.NOTIFY, _MANAGER),
    (Todo.SEND_FOR_COLLECTION, Step.NOTIFY, _MANAGER),
    (Todo.RING_RECIPIENT, Step.NOTIFY, _MANAGER),
    (Todo.DECIDE_ON_BREACH, Step.NOTIFY, _MANAGER),
    # Where the police seat marked, it is asked instead of the manager.
    (Todo.REVIEW_MARK, Step.NOTIFY, _MANAGER),
    # Each is asked in their own person, in whichever role they are named to attend.
    (Todo.AGREE_RECORD, Step.SUBMIT, _AGENCY),
    (Todo.ANSWER_CORRECTION, Step.SUBMIT, _CHAIR),
    (Todo.CONFIRM_AVAILABLE, Step.PUBLISH, _MANAGER),
    # Of no step: an agency is silent on its return, or on its report (INF-06).
    (Todo.REFER_SILENCE, Step.SCOPE, _MANAGER),
    (Todo.REACH_STRATEGIC_LEAD, Step.SCOPE, _CHAIR),
    (Todo.PUT_SILENCE_TO_PARTNERS, Step.SCOPE, _CHAIR),
    (Todo.ACT_FORMALLY, Step.SCOPE, _PARTNER),
    # Of no step. Of the manager the chair is asked, of the chair the partners (`interests.py`).
    (Todo.DECIDE_ON_INTEREST, Step.NOTIFY, _MANAGER),
    # Of no step: the partners disagree on whatever was put to them (GOV-11).
    (Todo.RESOLVE_DISAGREEMENT, Step.SUBMIT, _CHAIR),
    (Todo.HEAR_NAMED_LEADS, Step.SUBMIT, _MANAGER),
    # Of no step: whoever is asked, in their own person or as an agency.
    (Todo.ANSWER_QUESTION, Step.NOTIFY, _AGENCY),
)

# Whoever does these signs for the party, by the authority that is on record (GOV-12).
SIGNED: Final = frozenset(todo for todo, _, _ in _ROWS if todo.value.startswith("sign_"))
_EACH_PARTY: Final = SIGNED | {Todo.GIVE_VIEW, Todo.ANSWER_OTHER_DAY}

# What is done about an agency that does not answer, the first step first (INF-06).
ON_SILENCE: Final = frozenset(
    {Todo.REFER_SILENCE, Todo.REACH_STRATEGIC_LEAD, Todo.PUT_SILENCE_TO_PARTNERS, Todo.ACT_FORMALLY}
)

# What is asked while a partner disagrees; the subject is the matter (GOV-11).
ON_DISSENT: Final = frozenset({Todo.RESOLVE_DISAGREEMENT, Todo.HEAR_NAMED_LEADS})

# What is asked about the record of the meeting: nobody waits for it once the Panel has the record.
OF_THE_RECORD: Final = frozenset({Todo.AGREE_RECORD, Todo.ANSWER_CORRECTION})

# What an agency was asked and answered, like the hours of a breach, stays open wherever a case is.
ASKED_OF_AGENCIES: Final = ON_SILENCE.union(
    {Todo.SUBMIT_RETURN, Todo.CONFIRM_RETURN, Todo.SUBMIT_REPORT, Todo.JUDGE_REPORT}
)
STAYS_OPEN: Final = ASKED_OF_AGENCIES | {Todo.DECIDE_ON_BREACH}

TODO: Final[Mapping[Todo, TodoSpec]] = {
    todo: TodoSpec(step, role, todo in _EACH_PARTY) for todo, step, role in _ROWS
}
