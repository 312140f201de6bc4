"""Pages of the review group: its meetings, and what a member says to it."""

from services.casework.steps.attendance import group_meetings, member_comments
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.working_days import london_date
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.attendance import attendee_choices
from services.web.forms.fields import Options


def _may_have_met(work: UnitOfWork, case: Case) -> Options:
    """Offer everybody who may have been at a meeting since the case began, with for whom."""
    return {"present": attendee_choices(work, case, london_date(case.opened_at))}


PAGES = (
    ActPage(
        act=group_meetings.RECORD_GROUP_MEETING,
        path="review-group/meeting",
        title="Record a review group meeting",
        button="Keep the record",
        done="The record is kept. Where the group meets again, members who have declared are told "
        "the day.",
        narrow=_may_have_met,
    ),
    ActPage(
        act=member_comments.COMMENT_TO_GROUP,
        path="review-group/comment",
        title="Comment to the review group",
        button="Send the comment",
        done="Your comment is kept for the review group.",
    ),
)
