"""Every act's page, once: the router serves these and the lists of what may be done read these."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from services.domain.todos import Todo
from services.web.act_pages import (
    after_publication,
    agency_reports,
    attendance,
    breaches,
    child_death,
    chronologies,
    commissioning,
    declaration,
    dispatches,
    emails,
    extra_steps,
    families,
    family_reading,
    guests,
    joint_comments,
    joint_review,
    leads,
    learning,
    learning_event,
    listed,
    local_test,
    meeting,
    notes,
    notification,
    other_reviews,
    panel,
    police_marks,
    policy_followed,
    publication,
    questions,
    rapid_review,
    referral,
    reminding,
    report,
    review_group,
    review_request,
    review_team,
    scoping,
    sign_off,
    silence,
)
from services.web.act_pages.act_page import ActPage

OPENING_PAGES: Final = (leads.LOG_LEAD, review_request.REQUEST_REVIEW, referral.REFER)
CASE_PAGES: Final[tuple[ActPage, ...]] = (
    *leads.PAGES,
    *review_request.PAGES,
    *referral.PAGES,
    *notification.PAGES,
    *child_death.PAGES,
    *other_reviews.PAGES,
    *listed.PAGES,
    *scoping.PAGES,
    *silence.PAGES,
    *reminding.PAGES,
    *notes.PAGES,
    *questions.PAGES,
    *meeting.PAGES,
    *attendance.PAGES,
    *guests.PAGES,
    *review_group.PAGES,
    *rapid_review.PAGES,
    *sign_off.PAGES,
    *panel.PAGES,
    *commissioning.PAGES,
    *review_team.PAGES,
    *declaration.PAGES,
    *family_reading.PAGES,
    *police_marks.PAGES,
    *joint_review.PAGES,
    *joint_comments.PAGES,
    *families.PAGES,
    *learning_event.PAGES,
    *agency_reports.PAGES,
    *chronologies.PAGES,
    *report.PAGES,
    *publication.PAGES,
    *after_publication.PAGES,
    *learning.PAGES,
    *extra_steps.PAGES,
    *local_test.PAGES,
    *policy_followed.PAGES,
    *emails.PAGES,
    *dispatches.PAGES,
    *breaches.PAGES,
)
ACT_PAGES: Final[Mapping[str, ActPage]] = MappingProxyType(
    {page.act.name: page for page in (*OPENING_PAGES, *CASE_PAGES)}
)
TODO_PAGES: Final[Mapping[Todo, ActPage]] = MappingProxyType(
    {page.act.todo: page for page in CASE_PAGES if page.act.todo is not None}
    | {Todo.SHOW_CASE: ACT_PAGES["propose_sharing"]}
)
