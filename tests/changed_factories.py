"""Valid words of what comes once a report is signed: a changed text, and comments of the bodies."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.casework.steps.publication import body_comments
from services.casework.steps.publication.body_comments_said import (
    AnswerBodyComment,
    RecordBodyComment,
)
from services.casework.steps.publication.changed_said import ChangeReport
from services.casework.steps.publication.changed_text import change_report as change
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.domain.report_changes import TextCourse
from services.domain.report_comments import CommentCourse, CommentingBody
from services.domain.roles import Role
from tests.sent_out import make_checks
from tests.words import SAID, words_of

if TYPE_CHECKING:
    from tests.driven import Driven

CHANGED = "The overview in other words than those that were signed."


def change_report(**but: Any) -> ChangeReport:
    """Return a correction of form of a text that says `SAID` throughout."""
    usual = {"overview": CHANGED, "course": TextCourse.OF_FORM, "why_form": SAID}
    return words_of(ChangeReport, usual | but)


def put_change(case: "Driven", when: str, **but: Any) -> "Driven":
    """Put a changed text to the partners, and have it checked."""
    case.do(change, change_report(**but), Role.REVIEW_GROUP_CHAIR, when)
    make_checks(case.world, case.case_id, when)
    return case


def change_and_sign(case: "Driven", when: str, **but: Any) -> "Driven":
    """Put a changed text to the partners, who all sign it."""
    return put_change(case, when, **but).sign(sign_off.sign_report, when)


def record_body_comment(**but: Any) -> RecordBodyComment:
    """Return that Ofsted commented by telephone, on the day on which the usual text is sent."""
    usual = {"body": CommentingBody.OFSTED, "received_on": "2026-06-24", "came_how": SAID}
    return words_of(RecordBodyComment, usual | but)


def answer_body_comment(comment: UUID, **but: Any) -> AnswerBodyComment:
    """Return that the comment is not taken up, and why."""
    return words_of(AnswerBodyComment, but, comment=comment, course=CommentCourse.NOT_TAKEN_UP)


def put_comment(case: "Driven", when: str, **but: Any) -> UUID:
    """Record a comment of that day; return its id."""
    said = record_body_comment(received_on=when, **but)
    case.do(body_comments.record_body_comment, said, Role.BUSINESS_MANAGER, when)
    with case.world.act(Role.BUSINESS_MANAGER, when) as work:
        row = get_case(work.session, case.case_id)
        return body_comments.comments_to_answer(work, row)[-1].id


def comment_and_answer(case: "Driven", when: str, **but: Any) -> "Driven":
    """Record a comment, and have the partners answer it."""
    said = answer_body_comment(put_comment(case, when, **but))
    case.do(body_comments.answer_body_comment, said, Role.SAFEGUARDING_PARTNER, when)
    return case
