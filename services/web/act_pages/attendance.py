"""Pages of the meeting's attendees: who is named, and what they say of its record."""

from datetime import date

from services.casework.answers_as_text import names_for
from services.casework.steps import agreements_logged
from services.casework.steps.attendance import (
    attendees,
    meeting_cancellation,
    record_agreement,
    record_corrections,
)
from services.casework.steps.attendance.circulation import said_of_record
from services.casework.steps.attendance.who_may_attend import may_attend
from services.database.cases import Case
from services.database.people import serving
from services.database.unit_of_work import UnitOfWork
from services.domain.meeting_record import newest_version
from services.domain.parties import party_name
from services.domain.roles import Role
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def attendee_choices(work: UnitOfWork, case: Case, since: date | None = None) -> tuple[Choice, ...]:
    """Return everybody who may be named today, or might on a day since, with for whom they come.

    Which of them served on the day itself is asked where what is recorded of it is kept.
    """
    then = may_attend(work, case, since=since) if since is not None else {}
    found = sorted((then | may_attend(work, case)).values(), key=lambda one: one.name)
    return tuple(Choice(str(one.person_id), f"{one.name}, {one.comes_for}") for one in found)


def partner_choices(work: UnitOfWork, since: date | None) -> tuple[Choice, ...]:
    """Return everybody who served for a safeguarding partner on any day since, with for which."""
    served = serving(work.session, {Role.SAFEGUARDING_PARTNER}, on=work.today, since=since)
    authorities = work.partnership.authorities
    named = {
        str(one.id): f"{one.name}, {party_name(seat.seat, seat.authority, authorities)}"
        for one, seat in served
        if seat.seat is not None
    }
    return tuple(Choice(one, name) for one, name in named.items())


def _may_attend(work: UnitOfWork, case: Case) -> Options:
    """Offer everybody who may be named."""
    return {"people": attendee_choices(work, case)}


def _version_shown(work: UnitOfWork, case: Case) -> Options:
    """Return the version that the page shows, so that no other one is agreed by it."""
    return {"record": (Choice(str(newest_version(said_of_record(work, case))), ""),)}


def _waiting(work: UnitOfWork, case: Case) -> Options:
    """Offer the requests that wait for an answer, each with its words."""
    found = record_corrections.waiting_requests(work, case)
    named = names_for(work, *{one.person_id for one in found})
    return {
        "request": tuple(
            Choice(
                str(one.id),
                named.get(one.person_id, "A person who has left"),
                record_agreement.AnswerRecord.model_validate(one.command).correction or "",
            )
            for one in found
        )
    }


PAGES = (
    ActPage(
        act=attendees.NAME_ATTENDEES,
        path="meeting/attendees",
        title="Name who attends the rapid review meeting",
        button="Keep the list",
        done="The list is kept. Invitations follow it.",
        narrow=_may_attend,
        prefill=attendees.named_on_record,
    ),
    ActPage(
        act=meeting_cancellation.CANCEL_MEETING,
        path="meeting/cancellation",
        title="Call the rapid review meeting off",
        button="Call it off",
        done="The meeting is called off, and the invitations are taken back.",
    ),
    ActPage(
        act=record_agreement.ANSWER_RECORD,
        path="meeting/agreement",
        title="Agree the record of the meeting",
        button="Send your answer",
        done="Your answer is recorded.",
        narrow=_version_shown,
    ),
    ActPage(
        act=record_corrections.ANSWER_CORRECTION,
        path="meeting/corrections",
        title="Answer a request for a correction",
        button="Answer it",
        done="The request is answered, and whoever asked is told.",
        narrow=_waiting,
    ),
    ActPage(
        act=agreements_logged.LOG_AGREEMENTS,
        path="meeting/agreements",
        title="Put what was agreed without a meeting on paper",
        button="Make the log",
        done="The log is kept, and is made as a paper.",
    ),
)
