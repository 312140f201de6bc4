"""Valid words of a text that is changed once the report is signed, and the partners who sign it."""

from typing import TYPE_CHECKING, Any

from services.casework.steps.publication.changed_said import ChangeReport
from services.casework.steps.publication.changed_text import change_report as change
from services.casework.steps.sign_off import sign_off
from services.domain.report_changes import TextCourse
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
