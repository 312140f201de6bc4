"""What a role may allow: one thing each, said as a person would say it."""

from enum import StrEnum
from typing import Final


class Permission(StrEnum):
    """One thing that a role may allow, said as a person would say it."""

    REFER = "refer"
    LOG_LEAD = "log_lead"
    CORRECT_REFERRAL = "correct_referral"
    READ_CASE = "read_case"
    READ_OWN_PART = "read_own_part"
    READ_FAMILY = "read_family"
    SEARCH_CASES = "search_cases"
    GIVE_VIEW = "give_view"
    GIVE_OPINION = "give_opinion"
    DECIDE_TO_NOTIFY = "decide_to_notify"
    RUN_SCOPING = "run_scoping"
    ANSWER_AGENCY_REQUEST = "answer_agency_request"
    RECORD_PROCESSES = "record_processes"
    RUN_MEETING = "run_meeting"
    ATTEND_MEETING = "attend_meeting"
    COMMENT_TO_GROUP = "comment_to_group"
    WRITE_RAPID_REVIEW = "write_rapid_review"
    SIGN_OFF = "sign_off"
    RESOLVE_DISAGREEMENT = "resolve_disagreement"
    REPLACE_POSITION = "replace_position"
    SUBMIT_TO_PANEL = "submit_to_panel"
    RECONSIDER = "reconsider"
    COMMISSION = "commission"
    OVERSEE_COMMISSIONING = "oversee_commissioning"
    ASK_FOR_PROGRESS = "ask_for_progress"
    MONITOR_REVIEW = "monitor_review"
    CONSIDER_DELAY = "consider_delay"
    GRANT_FAMILY_READING = "grant_family_reading"
    DECLARE = "declare"
    DECIDE_ON_INTEREST = "decide_on_interest"
    INVOLVE_FAMILY = "involve_family"
    HOLD_LEARNING_EVENT = "hold_learning_event"
    TAKE_PART_IN_EVENT = "take_part_in_event"
    RUN_REVIEW = "run_review"
    REMIND = "remind"
    KEEP_NOTES = "keep_notes"
    ASK_QUESTIONS = "ask_questions"
    PURSUE_ANSWERS = "pursue_answers"
    RESOLVE_SILENCE = "resolve_silence"
    ACT_FORMALLY = "act_formally"
    JUDGE_REPORTS = "judge_reports"
    DRAFT_REPORT = "draft_report"
    QUALITY_ASSURE = "quality_assure"
    PLAN_PUBLICATION = "plan_publication"
    TAKE_PUBLICATION_STEP = "take_publication_step"
    RUN_LEARNING = "run_learning"
    UPDATE_ACTION = "update_action"
    ASK_FOR_AUDIT = "ask_for_audit"
    CLOSE_CASE = "close_case"
    KEEP_DOCUMENTS = "keep_documents"
    SETTLE_EMAILS = "settle_emails"
    SEND_DISPATCHES = "send_dispatches"
    CORRECT_LETTERS = "correct_letters"
    HANDLE_BREACHES = "handle_breaches"
    SHARE_CASE = "share_case"
    APPROVE_SHARING = "approve_sharing"
    ANSWER_INVITATION = "answer_invitation"
    END_SHARING = "end_sharing"
    CHANGE_JOINT_REVIEW = "change_joint_review"
    COMMENT_ON_SHOWN = "comment_on_shown"
    ANSWER_COMMENT = "answer_comment"
    MARK_SENSITIVE = "mark_sensitive"
    READ_POLICY = "read_policy"
    PROPOSE_POLICY = "propose_policy"
    DECIDE_POLICY = "decide_policy"
    CHANGE_POLICY = "change_policy"
    ADOPT_POLICY = "adopt_policy"
    READ_DIRECTORY = "read_directory"
    CHANGE_DIRECTORY = "change_directory"
    CONFIRM_DIRECTORY = "confirm_directory"
    READ_HISTORY = "read_history"
    READ_AUDIT = "read_audit"
    READ_ALERTS = "read_alerts"
    MOVE_PRACTICE_CLOCK = "move_practice_clock"
    READ_CAUGHT_EMAILS = "read_caught_emails"
    WATCH_FLOWS = "watch_flows"
    PAUSE_WORK = "pause_work"
    OPERATE_FLOWS = "operate_flows"
    CHANGE_BANK_HOLIDAYS = "change_bank_holidays"
    EXPORT_PARTNERSHIP = "export_partnership"
    READ_RETENTION = "read_retention"
    PROPOSE_RETENTION = "propose_retention"
    DECIDE_RETENTION = "decide_retention"
    HOLD_RECORDS = "hold_records"
    ADMINISTER_PARTNERSHIP = "administer_partnership"
    ADMINISTER_PLATFORM = "administer_platform"
    KEEP_INFORMATION_REQUESTS = "keep_information_requests"
    ANSWER_INFORMATION_REQUESTS = "answer_information_requests"
    KEEP_INSPECTION_PACKS = "keep_inspection_packs"
    APPROVE_INSPECTION_PACKS = "approve_inspection_packs"
    CARRY_CASES = "carry_cases"


# What binds others or leaves the partnership. The list stands in docs/decisions, with the reasons.
DECISIONS: Final = frozenset(
    {
        Permission.DECIDE_TO_NOTIFY,
        Permission.SIGN_OFF,
        Permission.RESOLVE_DISAGREEMENT,
        Permission.REPLACE_POSITION,
        Permission.SUBMIT_TO_PANEL,
        Permission.RECONSIDER,
        Permission.COMMISSION,
        Permission.ACT_FORMALLY,
        Permission.APPROVE_SHARING,
        Permission.DECIDE_ON_INTEREST,
        Permission.GRANT_FAMILY_READING,
        Permission.CLOSE_CASE,
    }
)
