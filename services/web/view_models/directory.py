"""The directory as people read it: who it is on a day, and every entry that a post ever had."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.casework.directory.unheld import UnheldPost, unheld_posts
from services.database.directory import DutyTurn
from services.database.directory_entries import (
    ContactEntry,
    OrganisationEntry,
    contact_entries,
    get_contact,
    of_same_post,
    organisation_entries,
)
from services.database.duty_roster import turns
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.directory import ContactRole, ContactStanding, OrganisationKind
from services.domain.duty import LOOKED_AHEAD, MAY_BE_ON_DUTY, lacks_cover, uncovered
from services.domain.labels import label
from services.domain.plain_dates import day_month_year
from services.domain.roles import Permission
from services.web.view_models.delegates import DelegateLine, delegate_lines

_SHOWN = frozenset({ContactStanding.IN_FORCE, ContactStanding.NOT_YET, ContactStanding.WAITS})
_ELSEWHERE = "a person of another time"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """One entry of a contact: what it says, since when, and who stands for it."""

    id: UUID
    role: ContactRole
    holder: str
    address: str
    telephone: str
    verified: str
    since: date
    until: date | None
    standing: ContactStanding
    reasons: str
    ended_because: str
    added_by: str
    added_at: datetime
    answer: str
    may_change: bool
    may_answer: bool
    may_be_on_duty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPart:
    """An organisation on the day, with the contacts it has or is about to have."""

    id: UUID
    name: str
    kind: OrganisationKind
    since: date
    until: date | None
    contacts: list[ContactLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnLine:
    """A turn of duty that has not ended."""

    holder: str
    place: int
    from_at: datetime
    until_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryPage:
    """The directory on one day."""

    on: date
    organisations: list[OrganisationPart]
    delegates: list[DelegateLine]
    may_change: bool
    waiting: int
    turns: list[TurnLine]
    uncovered: list[tuple[datetime, datetime]]
    lacks_cover: bool
    unheld: list[UnheldPost]


def directory_on(work: UnitOfWork, on: date) -> DirectoryPage:
    """Return the organisations, contacts and delegates of the day, with what is to come."""
    entries = contact_entries(work.session)
    lines = _lines(work, entries, on)
    shown = [line for line in lines if line.standing in _SHOWN]
    by_place: dict[UUID, list[ContactLine]] = {}
    places = {one.contact.id: one.contact.organisation_id for one in entries}
    for line in shown:
        by_place.setdefault(places[line.id], []).append(line)
    ahead, goes_on = turns(work.session, work.now), {line.id for line in shown}
    on_duty = ((one.from_at, one.until_at) for one in ahead if one.contact_id in goes_on)
    return DirectoryPage(
        on=on,
        organisations=[
            _part(one, by_place.get(one.organisation.organisation_id, []))
            for one in organisation_entries(work.session)
            if one.validity.reaches(on)
        ],
        delegates=delegate_lines(work, on),
        may_change=work.actor.may(Permission.CHANGE_DIRECTORY),
        turns=_turns(ahead, {one.id: one.holder for one in lines}),
        uncovered=uncovered(on_duty, work.now, work.now + LOOKED_AHEAD) if ahead else [],
        unheld=unheld_posts(work, on),
        lacks_cover=lacks_cover(sum(map(_is_notifier, lines))),
        waiting=sum(line.standing is ContactStanding.WAITS for line in shown),
    )


def entries_of_post(work: UnitOfWork, contact_id: UUID) -> list[ContactLine]:
    """Return every entry of the contact's post, the newest first."""
    found = of_same_post(contact_entries(work.session), get_contact(work.session, contact_id))
    return _lines(work, found, work.today)


def organisation_name(work: UnitOfWork, organisation_id: UUID) -> str:
    """Return the newest name of the organisation."""
    found = [
        one.organisation
        for one in organisation_entries(work.session)
        if one.organisation.organisation_id == organisation_id and not one.validity.is_void
    ]
    return max(found, key=lambda one: one.valid_from).name if found else ""


def contact_name(entry: ContactEntry) -> str:
    """Say which contact it is: the post, and who holds it."""
    return f"{label(entry.contact.role)}: {entry.contact.holder}"


def _part(entry: OrganisationEntry, contacts: list[ContactLine]) -> OrganisationPart:
    return OrganisationPart(
        id=entry.organisation.id,
        name=entry.organisation.name,
        kind=entry.organisation.kind,
        since=entry.validity.first,
        until=entry.validity.last,
        contacts=contacts,
    )


def _lines(work: UnitOfWork, entries: Iterable[ContactEntry], on: date) -> list[ContactLine]:
    found = list(entries)
    people = {one.contact.added_by for one in found}
    people |= {one.confirmation.confirmed_by for one in found if one.confirmation}
    known = names(work.session, people)
    return [_line(work, one, on, known) for one in found]


def _line(
    work: UnitOfWork, entry: ContactEntry, on: date, known: Mapping[UUID, str]
) -> ContactLine:
    contact, standing = entry.contact, entry.standing(on)
    goes_on = entry.ending is None and not entry.was_refused
    is_own = contact.added_by == work.actor.person_id
    may_confirm = work.actor.may(Permission.CONFIRM_DIRECTORY) and not is_own
    return ContactLine(
        id=contact.id,
        role=contact.role,
        holder=contact.holder,
        address=contact.address,
        telephone=contact.telephone,
        verified=f"{day_month_year(contact.verified_on)}: {contact.verified_by}",
        since=contact.valid_from,
        until=entry.validity.last,
        standing=standing,
        reasons=contact.reasons,
        ended_because=entry.ending.reasons if entry.ending else "",
        added_by=known.get(contact.added_by, _ELSEWHERE),
        added_at=contact.added_at,
        answer=_answer(entry, known),
        may_change=goes_on and work.actor.may(Permission.CHANGE_DIRECTORY),
        may_answer=goes_on and entry.waits and may_confirm,
        may_be_on_duty=goes_on and contact.role in MAY_BE_ON_DUTY,
    )


def _is_notifier(line: ContactLine) -> bool:
    is_notifier = line.role is ContactRole.REGISTERED_NOTIFIER
    return is_notifier and line.standing is ContactStanding.IN_FORCE


def _turns(ahead: Iterable[DutyTurn], holders: Mapping[UUID, str]) -> list[TurnLine]:
    return [
        TurnLine(
            holder=holders[one.contact_id],
            place=one.place,
            from_at=one.from_at,
            until_at=one.until_at,
        )
        for one in ahead
    ]


def _answer(entry: ContactEntry, known: Mapping[UUID, str]) -> str:
    answer = entry.confirmation
    if answer is None:
        return ""
    said = "Confirmed" if answer.is_confirmed else "Refused"
    who = known.get(answer.confirmed_by, _ELSEWHERE)
    return f"{said} by {who}: {answer.grounds}"
