"""What waits whatever the case does, so that no step's standing tells of it."""

from typing import Final

from services.domain.todos import ON_DISSENT, ON_SILENCE, Todo

OF_NO_STEP: Final = (ON_SILENCE | ON_DISSENT).union(
    {
        Todo.LINK_DEATH_REVIEW,
        Todo.CONFIRM_RETURN,
        Todo.ANSWER_LISTED_ADDRESS,
        Todo.LIST_AGAIN,
        Todo.TELL_LATENESS,
        Todo.FOLLOW_UP_PENDING,
        Todo.REPLY_TO_PANEL,
        Todo.RECORD_DELAY,
        Todo.CONSIDER_DELAY,
        Todo.MONITOR_REVIEW,
        Todo.SPEAK_WITH_FAMILY,
        Todo.SETTLE_ANONYMITY,
        Todo.CHANGE_REPORT,
        Todo.ANSWER_COMMENT,
        Todo.SHOW_CASE,
        Todo.CONSIDER_COMMENT,
        Todo.SETTLE_EMAILS,
        Todo.CONFIRM_DISPATCH,
        Todo.SEND_BY_HAND,
        Todo.SEND_FOR_COLLECTION,
        Todo.RING_RECIPIENT,
        Todo.DECIDE_ON_BREACH,
        Todo.REVIEW_MARK,
        Todo.NAME_ATTENDEES,
        Todo.AGREE_RECORD,
        Todo.ANSWER_CORRECTION,
        Todo.CONFIRM_AVAILABLE,
        Todo.PUBLICATION_STEP,
        Todo.ANSWER_OTHER_DAY,
        Todo.SIGN_TAKING_DOWN,
        Todo.TAKE_DOWN,
        Todo.REISSUE,
        Todo.DECIDE_ON_INTEREST,
        Todo.ANSWER_QUESTION,
    }
)
