"""Pages of the rapid review meeting: its day, its pack, its record."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from services.casework.steps.attendance.participants import named_to_come
from services.casework.steps.rapid_review import meeting, meeting_pack
from services.casework.steps.rapid_review.meeting_window import when_to_meet
from services.casework.steps.rapid_review.pack_release import (
    agencies_owing,
    shut_out,
    undeclared,
)
from services.database.agency_requests import unconfirmed
from services.database.cases import Case
from services.database.partnerships import agency_names
from services.database.people import people_of
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
    return dict.fromkeys(("sin_form", "minutes_file", "files"), files_added(work, case))


def _standing_of_pack(work: UnitOfWork, case: Case) -> str:
    """Say what the pack still wants: returns, minutes, who attends and has declared (G3, LC-01)."""
    agencies = agency_names(work.session)
    asked = {*shut_out(work, case), *undeclared(work, case)}
    people = {one.id: one.name for one in people_of(work.session, asked)}

    def listed(ids: Iterable[UUID], known: Mapping[UUID, str], otherwise: str) -> str:
        return "; ".join(known.get(one, otherwise) for one in ids)

    owing = listed(agencies_owing(work, case), agencies, "An agency")
    entered = (one.agency_id for one in unconfirmed(work.session, case.id))
    by_telephone = listed(entered, agencies, "An agency")
    conflicts = listed(shut_out(work, case), people, "A person")
    to_declare = listed(undeclared(work, case), people, "A person")
    told = (
        owing and f"Still missing: the return of {owing}.",
        case.is_death and "A child died: the minutes of the joint agency response are needed.",
        by_telephone
        and f"Received by email or telephone, and not yet confirmed: {by_telephone}. The pack says "
        "so, and is made anew once the agency confirms it.",
        conflicts
        and f"Named to attend, with an interest that closes the case to them: {conflicts}. "
        "It is decided, or others are named, before the pack is released.",
        to_declare
        and f"Named to attend, and yet to declare: {to_declare}. They read nothing "
        "of it before they do.",
    )
    return " ".join(one for one in told if one)


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
        note=_standing_of_pack,
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
