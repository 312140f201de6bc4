"""Whom of a case somebody may ask: its people with their posts, and the agencies that are asked.

Who reads nothing of the child and the family by their role is neither asked nor asks: a question
and its answer are in people's own words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.casework.effects import AskedSeat, EmailContext
from services.casework.effects.addressees import Addressee, Declared
from services.casework.effects.emails import copies_of_people, copies_to
from services.database.actions import actions
from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.guests import guests
from services.database.partnerships import agency_names
from services.database.people import Membership, serving
from services.database.reviewers import reviewers_now
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.labels import label
from services.domain.parties import party_name
from services.domain.recipients import Recipient
from services.domain.roles import Permission, Role

_RUN_IT: Final = frozenset({Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER})
_OF_CASE: Final = _RUN_IT | {Role.SAFEGUARDING_PARTNER, Role.NOTIFIER}


@dataclass(frozen=True, slots=True, kw_only=True)
class MayBeAsked:
    """Somebody of the case: a person, or an agency, which answers by any of its people."""

    id: UUID
    name: str
    seat: AskedSeat
    is_person: bool

    @property
    def person(self) -> UUID | None:
        """Return the id of the one person who is asked; none where it is an agency."""
        return self.id if self.is_person else None

    @property
    def agency(self) -> UUID | None:
        """Return whose own part alone they read, if it is an agency's."""
        return self.seat.agency_id


def may_be_asked(work: UnitOfWork, case: Case) -> dict[UUID, MayBeAsked]:
    """Return whom the actor may ask about the case, in the order of a list, by id.

    An agency's people ask those who run the review, and nobody else. To whom a conflict has closed
    the case nothing is asked (LC-02).
    """
    declared = Declared.on(work, case)
    reads_all = work.actor.may(Permission.READ_CASE)
    found = [*_people(work, case, _OF_CASE if reads_all else _RUN_IT)]
    if reads_all:
        found += [*_guests(work, case), *_agencies(work, case)]
    return {
        one.id: one
        for one in found
        if one.id != work.actor.person_id and not declared.has_closed_to(one.id)
    }


def copies_for(
    work: UnitOfWork, case: Case, asked: MayBeAsked
) -> list[tuple[Recipient, Addressee]]:
    """Return whom an email to them reaches: who has no account by a one-time address."""
    if asked.is_person:
        found = copies_of_people(work, case, [asked.id])
    else:
        found = copies_to(work, case, [Recipient.AGENCY], EmailContext(agency_id=asked.id))
    return [(Recipient.ASKED, to) for _, to in found]


def _people(work: UnitOfWork, case: Case, roles: frozenset[Role]) -> Iterator[MayBeAsked]:
    reviewers = reviewers_now(work.session, case.id)
    for person, held in serving(work.session, roles, on=work.today):
        if held.role is not Role.LEAD_REVIEWER or person.id in reviewers:
            seat = AskedSeat(held.role, held.seat, held.authority)
            name = f"{person.name}, {_post(work, held)}"
            yield MayBeAsked(id=person.id, name=name, seat=seat, is_person=True)


def _post(work: UnitOfWork, held: Membership) -> str:
    if held.seat is None:
        return label(held.role)
    return f"{party_name(held.seat, held.authority, work.partnership.authorities)} partner"


def _guests(work: UnitOfWork, case: Case) -> Iterator[MayBeAsked]:
    """Yield who was invited in their own person; who came for an agency is asked as the agency."""
    named = agency_names(work.session)
    for guest in guests(work.session, case.id):
        if guest.invited_by is not None and guest.is_let_in(work.today):
            seat = AskedSeat(Role.AGENCY_LEAD, None, agency_id=guest.agency_id)
            name = f"{guest.name}, {named.get(guest.agency_id, 'an agency')}"
            yield MayBeAsked(id=guest.person_id, name=name, seat=seat, is_person=True)


def _agencies(work: UnitOfWork, case: Case) -> Iterator[MayBeAsked]:
    """Yield the agencies that reach the case: asked for something, or owner of an action."""
    named = agency_names(work.session)
    ids = {one.agency_id for asked in Asked for one in requests(work.session, case.id, asked)}
    ids |= {one.agency_id for one in actions(work.session, case.id)}
    if case.referred_by_agency_id is not None:
        ids.add(case.referred_by_agency_id)
    for agency_id in sorted(ids & named.keys(), key=lambda one: named[one]):
        seat = AskedSeat(Role.AGENCY_LEAD, None, agency_id=agency_id)
        yield MayBeAsked(id=agency_id, name=named[agency_id], seat=seat, is_person=False)
