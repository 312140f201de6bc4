"""Who holds what since when and confirmed when, and the appointments, as an administrator reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.casework.people.emails import nobody_to_ask
from services.casework.people.posts import post_name
from services.database.appointments import (
    Appointment,
    AppointmentAnswer,
    answered,
    answers,
    appointments,
    get_appointment,
    has_account,
    is_own_address,
    reviews,
)
from services.database.delegations import get_membership
from services.database.partnerships import agency_names
from services.database.people import Membership, Person, memberships_from, names
from services.database.unit_of_work import UnitOfWork
from services.domain.appointments import AnswerOf, AppointmentStanding
from services.domain.plain_dates import day_month_year
from services.domain.plain_text import capital
from services.domain.roles import WITHOUT_ACCOUNT, Role
from services.domain.working_days import london_date
from services.web.view_models.lost_factors import LostFactorLine, lost_factor_lines
from services.web.view_models.webhooks import WebhookLine, webhooks_waiting

_NOT_OF_HERE = "A platform administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLine:
    """A role that somebody holds or will hold: since when, when it was last looked at, by whom."""

    id: UUID
    person_id: UUID
    name: str
    address: str
    post: str
    when: str
    deputy_of: str
    kept: str
    is_own: bool
    is_system: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentLine:
    """An appointment: who is to hold what, how it stands, who entered it and who answered.

    ``nobody_asked`` says why nobody is written to, where somebody else would have to answer.
    """

    id: UUID
    name: str
    address: str
    post: str
    when: str
    reasons: str
    standing: AppointmentStanding
    said: list[str]
    entered: str
    has_account: bool
    may_answer: bool
    nobody_asked: str
    is_open: bool
    takes_secret: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """Everything about who holds which role in the partnership."""

    held: list[HeldLine]
    lost: list[LostFactorLine]
    webhooks: list[WebhookLine]
    waiting: list[AppointmentLine]
    settled: list[AppointmentLine]


def people_page(work: UnitOfWork) -> PeoplePage:
    """Return who holds what, the appointments that wait, and those that are settled."""
    said = answers(work.session)
    lines = [_appointment(work, one, said) for one in appointments(work.session)]
    return PeoplePage(
        held=held_lines(work),
        lost=lost_factor_lines(work),
        webhooks=webhooks_waiting(work),
        waiting=[one for one in lines if one.is_open],
        settled=[one for one in lines if not one.is_open],
    )


def held_lines(work: UnitOfWork) -> list[HeldLine]:
    """Return every role that somebody holds on the real day or later, but for guests."""
    found = [
        (held, person)
        for held, person in memberships_from(work.session, work.real_today)
        if held.role not in WITHOUT_ACCOUNT
    ]
    kept = _kept(work)
    holder = {held.id: person.name for held, person in found}
    agencies = agency_names(work.session)
    return [_held(work, one, kept, holder, agencies) for one in found]


def held_name(work: UnitOfWork, membership_id: UUID) -> str:
    """Say which role of whom it is."""
    held = get_membership(work.session, membership_id)
    name = names(work.session, {held.person_id}).get(held.person_id, "")
    return f"{name}: {post_name(work, held, agency_names(work.session))}, {_when(held)}"


def appointment_line(work: UnitOfWork, appointment_id: UUID) -> AppointmentLine:
    """Return one appointment as it is shown; another partnership's is not found."""
    found = get_appointment(work.session, appointment_id)
    return _appointment(work, found, answers(work.session, found.id))


def _kept(work: UnitOfWork) -> Mapping[UUID, str]:
    """Say of each role when it was last confirmed that it goes on, and by whom."""
    found = [one for one in reviews(work.session) if one.last_day is None]
    known = names(work.session, {one.added_by for one in found})
    return {
        one.membership_id: f"{_moment(one.added_at)}, "
        f"{known.get(one.added_by, _NOT_OF_HERE)}: {one.reasons}"
        for one in reversed(found)
    }


def _held(
    work: UnitOfWork,
    one: tuple[Membership, Person],
    kept: Mapping[UUID, str],
    holder: Mapping[UUID, str],
    agencies: dict[UUID, str],
) -> HeldLine:
    held, person = one
    return HeldLine(
        id=held.id,
        person_id=person.id,
        name=person.name,
        address=person.email,
        post=capital(post_name(work, held, agencies)),
        when=_when(held),
        deputy_of=holder.get(held.deputy_of, "somebody who has left") if held.deputy_of else "",
        kept=kept.get(held.id, ""),
        is_own=person.id == work.actor.person_id,
        is_system=held.role is Role.SYSTEM,
    )


def _appointment(
    work: UnitOfWork, one: Appointment, said: list[AppointmentAnswer]
) -> AppointmentLine:
    now = answered(said, one.id)
    of_it = [answer for answer in said if answer.appointment_id == one.id]
    known = names(work.session, {one.added_by, *(a.answered_by for a in of_it if a.answered_by)})
    waits = now.standing is AppointmentStanding.WAITS_FOR_SECOND
    may_answer = (
        waits
        and one.contact_id is None
        and one.added_by != work.actor.person_id
        and not is_own_address(work.session, one.address)
    )
    return AppointmentLine(
        id=one.id,
        name=one.name,
        address=one.address,
        post=post_name(work, one, agency_names(work.session)),
        when=_when(one),
        reasons=one.reasons,
        standing=now.standing,
        said=[_said(answer, known) for answer in of_it],
        entered=f"{known.get(one.added_by, _NOT_OF_HERE)}, {_moment(one.added_at)}",
        has_account=now.is_open and has_account(work.session, one.address),
        may_answer=may_answer,
        nobody_asked=nobody_to_ask(work, one) if waits and not may_answer else "",
        is_open=now.is_open,
        takes_secret=one.role is Role.SYSTEM
        and now.standing is AppointmentStanding.WAITS_FOR_PERSON,
    )


def _said(answer: AppointmentAnswer, known: Mapping[UUID, str]) -> str:
    """Say who answered what, and on which grounds."""
    who = answer.said_by or "whoever has the address"
    if answer.answered_by is not None:
        who = known.get(answer.answered_by, "the person")
    yes = {AnswerOf.SECOND_PERSON: "Confirmed", AnswerOf.APPOINTED: "Accepted"}
    no = {AnswerOf.SECOND_PERSON: "Refused", AnswerOf.APPOINTED: "Declined"}
    what = (yes if answer.is_yes else no).get(answer.answer_of, "Taken back")
    grounds = f": {answer.grounds}" if answer.grounds else ""
    return f"{what} by {who}, {_moment(answer.answered_at)}{grounds}"


def _moment(at: datetime) -> str:
    return day_month_year(london_date(at))


def _when(one: Appointment | Membership) -> str:
    until: date | None = one.to_on
    return f"from {day_month_year(one.from_on)}" + (f" to {day_month_year(until)}" if until else "")
