"""Pages of the review team: the minutes of its meetings, and the gaps in what it can learn."""

from services.casework.answers_as_text import names_for
from services.casework.steps.local_review import gaps, monitoring, progress
from services.casework.steps.review_team import interim_learning, membership, team_meetings
from services.casework.steps.scoping.reports_settled import agencies_asked
from services.database.cases import Case
from services.database.partnerships import agency_names
from services.database.reviewers import reviewers_to_name
from services.database.unit_of_work import UnitOfWork
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.attendance import attendee_choices, partner_choices
from services.web.forms.fields import Choice, Options


def _may_have_met(work: UnitOfWork, case: Case) -> Options:
    """Offer the reviewers, and everybody who may have been there since the decision.

    A reviewer of a former lead is no member here, and was at no meeting that is recorded here.
    """
    reviewers = reviewers_to_name(work.session, case.id)
    named = names_for(work, *reviewers)
    leads = [Choice(str(one), f"{named[one]}, reviewer") for one in reviewers if one in named]
    return {"present": (*leads, *attendee_choices(work, case, case.decided_on))}


def _partners(work: UnitOfWork, case: Case) -> Options:
    """Offer everybody who served for a partner on any day since the review was opened."""
    return {"took_part": partner_choices(work, case.commissioned_on)}


def _open(work: UnitOfWork, case: Case) -> Options:
    """Offer the gaps that are open."""
    return {"gap": tuple(Choice(str(one.id), one.missing) for one in gaps.open_gaps(work, case))}


def _asked(work: UnitOfWork, case: Case) -> Options:
    """Offer the agencies that are asked for a report to the review."""
    named, asked = agency_names(work.session), agencies_asked(work, case)
    chosen = sorted((name, str(one)) for one, name in named.items() if one in asked)
    return {"agency": tuple(Choice(one, name) for name, one in chosen)}


PAGES = (
    ActPage(
        act=membership.NAME_REVIEW_TEAM,
        path="review-team/members",
        title="Name the review team",
        button="Keep who is of it",
        done="Who is of the review team is on record.",
        prefill=membership.team_on_record,
    ),
    ActPage(
        act=team_meetings.RECORD_TEAM_MEETING,
        path="review-team/meeting",
        title="Record a meeting of the review team",
        button="Keep the minutes",
        done="The minutes are kept, and are made as a paper.",
        narrow=_may_have_met,
    ),
    ActPage(
        act=interim_learning.PROPOSE_INTERIM_LEARNING,
        path="review-team/interim-learning",
        title="Put learning to the partners before it is shared",
        button="Put it to the partners",
        done="The partners are asked to agree. It is shared once all of them have.",
    ),
    ActPage(
        act=interim_learning.SHARE_INTERIM_LEARNING,
        path="review-team/interim-learning/shared",
        title="Record that learning was shared before the report",
        button="Keep it on record",
        done="How the learning was shared is on record.",
    ),
    ActPage(
        act=progress.ASK_FOR_PROGRESS,
        path="review-team/progress/ask",
        title="Ask the lead reviewer for a progress report",
        button="Ask for the report",
        done="The lead reviewer is asked for a progress report.",
    ),
    ActPage(
        act=progress.REPORT_PROGRESS,
        path="review-team/progress",
        title="Report on the progress of the review",
        button="Send the progress report",
        done="The progress report is on record.",
    ),
    ActPage(
        act=monitoring.MONITOR_REVIEW,
        path="review-team/monitoring",
        title="Monitor the time and quality of the review",
        button="Keep what the partners found",
        done="What the partners found is on record. They are asked again by the day they named.",
        narrow=_partners,
    ),
    ActPage(
        act=gaps.LIST_GAP,
        narrow=_asked,
        path="review-team/gap",
        title="List a gap in what the review can learn",
        button="List the gap",
        done="The gap is listed. The review goes on without it.",
    ),
    ActPage(
        act=gaps.SETTLE_GAP,
        path="review-team/gap/settle",
        title="Settle a gap in what the review can learn",
        button="Keep how it ends",
        done="How the gap ends is on record.",
        narrow=_open,
    ),
)
