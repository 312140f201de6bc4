"""Valid words for the acts of who attends the rapid review meeting, and of who invites them."""

from typing import Any
from uuid import UUID

from services.casework.steps.attendance.attendees import NameAttendees
from services.casework.steps.attendance.group_meetings import RecordGroupMeeting
from services.casework.steps.attendance.meeting_cancellation import CancelMeeting
from services.casework.steps.attendance.member_comments import CommentToGroup
from services.casework.steps.attendance.record_agreement import AnswerRecord
from services.casework.steps.attendance.record_corrections import AnswerCorrection
from tests.words import words_of


def name_attendees(*people: UUID, **but: Any) -> NameAttendees:
    return words_of(NameAttendees, but, people=people)


def cancel_meeting(**but: Any) -> CancelMeeting:
    return words_of(CancelMeeting, but)


def answer_record(record: int = 1, **but: Any) -> AnswerRecord:
    return words_of(AnswerRecord, but, record=record, answer="agrees")


def ask_for_correction(record: int, correction: str = "The day is wrong.") -> AnswerRecord:
    return answer_record(record, answer="asks_for_correction", correction=correction)


def answer_correction(request: UUID, **but: Any) -> AnswerCorrection:
    return words_of(AnswerCorrection, but, request=request, course="not_corrected")


def record_group_meeting(**but: Any) -> RecordGroupMeeting:
    return words_of(RecordGroupMeeting, but, meets_on="2028-12-01")


def comment_to_group(**but: Any) -> CommentToGroup:
    return words_of(CommentToGroup, but)
