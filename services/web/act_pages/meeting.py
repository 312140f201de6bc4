"""Pages of the rapid review meeting: its day, its pack, its record."""

from services.casework.steps.attendance.participants import named_to_come
from services.casework.steps.rapid_review import meeting, meeting_pack
from services.casework.steps.rapid_review.meeting_window import when_to_meet
from services.database.agency_requests import unconfirmed
from services.database.cases import Case
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.working_days import london_date
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.attendance import attendee_choices
from services.web.choices import files_added
from services.web.forms.fields import Options


def _may_have_attended(work: UnitOfWork, case: Case) -> Options:
    """Offer everybody who may be named, or might since the day for which the meeting was set."""
    people = attendee_choices(work, case, london_date(case.meeting_at) if case.meeting_at else None)
    asked = ("chaired_by", "present", "deputies.person", "deputies.in_place_of")
    return dict.fromkeys(asked, people)


def _files(work: UnitOfWork, case: Case) -> Options:
    """Offer the files that were added to the case."""
    return dict.fromkeys(("sin_form", "minutes_file"), files_added(work, case))


def _not_confirmed(work: UnitOfWork, case: Case) -> str:
    """Say whose return the pack tells as it was entered for it, and not as its own (RR-40)."""
    named = agency_names(work.session)
    waits = [named.get(one.agency_id, "An agency") for one in unconfirmed(work.session, case.id)]
    if not waits:
        return ""
    return (
        f"Received by email or telephone, and not yet confirmed: {'; '.join(waits)}. The pack says "
        "so, and is made anew once the agency confirms it."
    )


PAGES = (
    ActPage(
        act=meeting.SET_MEETING,
        path="meeting/date",
        title="Set the date of the rapid review meeting",
        button="Set the date",
        done="The meeting is set.",
        note=when_to_meet,
    ),
    ActPage(
        act=meeting_pack.ACCEPT_PACK,
        path="meeting/pack",
        title="Accept the meeting pack",
        button="Accept the pack",
        done="The pack is accepted and shared.",
        narrow=_files,
        note=_not_confirmed,
    ),
    ActPage(
        act=meeting.HOLD_MEETING,
        path="meeting/record",
        title="Record the rapid review meeting",
        button="Record the meeting",
        done="The meeting is recorded.",
        narrow=_may_have_attended,
        prefill=named_to_come,
    ),
)
