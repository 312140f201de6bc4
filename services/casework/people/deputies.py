"""Appointing who acts for somebody while they are away: between two days, by the same two people.

A deputy holds the post itself for those days, with what is on record of what they may decide: so
todos and emails reach them as they reach whoever is away, and the register of delegates is the one
that there is (GOV-12). The history says for whom they acted (`acted_for`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from pydantic import Field

from services.casework.commands import Command, Day, ShortText
from services.casework.people.appointing_posts import Post, who_appoints
from services.casework.people.emails import ask_second_person
from services.casework.people.entering import address_of_another
from services.casework.people.records import (
    begin_administering,
    entered_by,
    form_about,
    keep,
    was_sent,
)
from services.database.appointments import Appointment
from services.database.delegations import authority_on, delegations, get_membership
from services.database.people import Membership, deputies, names, people_of
from services.database.unit_of_work import UnitOfWork
from services.domain.appointments import NEVER_APPOINTED
from services.domain.audit import PeopleEvent
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role
from services.domain.working_days import london_date
from services.identity.actors import is_live


class AppointDeputy(Command):
    """Who acts for somebody while they are away, from the first day until the last one."""

    address: ShortText = Field(title="Work email address of the deputy")
    name: ShortText = Field(title="Full name of the deputy")
    from_on: Day = Field(title="From which day?")
    to_on: Day = Field(title="Until which day?")
    reasons: ShortText = Field(title="Why, and on whose word?")


def appoint_deputy(work: UnitOfWork, membership_id: UUID, command: AppointDeputy) -> None:
    """Enter a deputy in the same post; the person who is away keeps theirs."""
    begin_administering(work)
    form = form_about(command, membership_id)
    if was_sent(work, form):
        return
    held = get_membership(work.session, membership_id)
    address = address_of_another(work, command.address)
    _must_be_of_one_post(work, held, address, command)
    authority = authority_on(held, delegations(work.session, held.id), command.from_on)
    post = Post(role=held.role, seat=held.seat, authority=held.authority, agency_id=held.agency_id)
    appointment = Appointment(
        **entered_by(work),
        id=work.once or uuid4(),
        address=address,
        name=command.name,
        role=held.role,
        seat=held.seat,
        authority=held.authority,
        agency_id=held.agency_id,
        decides=authority.decides,
        accountable_to=authority.accountable_to,
        from_on=command.from_on,
        to_on=command.to_on,
        deputy_of=held.id,
        contact_id=who_appoints(work, post, address),
        reasons=command.reasons,
    )
    keep(work, appointment, form, PeopleEvent.APPOINTED)
    ask_second_person(work, appointment)


def acted_for(work: UnitOfWork) -> Callable[[UUID, Role, datetime], str]:
    """Return what tells for whom a person in a role acted as deputy at a moment; mostly nobody."""
    found = deputies(work.session)
    known = names(work.session, {away for _held, away in found})

    def whom(person_id: UUID, role: Role, at: datetime) -> str:
        for held, away in found:
            is_it = (held.person_id, held.role) == (person_id, role)
            if is_it and is_live(held, london_date(at)):
                return known.get(away, "")
        return ""

    return whom


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputyship:
    """Who stands in for whom in which role, and between which days; one of the two is the actor."""

    of_actor: bool
    other: str
    role: Role
    from_on: date
    to_on: date


def deputyships(work: UnitOfWork) -> list[Deputyship]:
    """Return for whom the actor stands in, and who stands in for them: from today on."""
    person = work.actor.person_id
    found = [
        (held, away, held.to_on)
        for held, away in deputies(work.session)
        if held.to_on is not None and held.to_on >= work.today
        if person in {held.person_id, away}
    ]
    named = names(
        work.session, {one for held, away, _to in found for one in (held.person_id, away)}
    )
    return [
        Deputyship(
            of_actor=away == person,
            other=named.get(held.person_id if away == person else away, ""),
            role=held.role,
            from_on=held.from_on,
            to_on=to_on,
        )
        for held, away, to_on in found
    ]


def _must_be_of_one_post(
    work: UnitOfWork, held: Membership, address: str, command: AppointDeputy
) -> None:
    """Refuse a deputy of oneself, for a role that none is appointed to, or outside its days."""
    (person,) = people_of(work.session, {held.person_id})
    if person.email == address:
        raise AnswerRefused("address", "It is the address of the person who is away.")
    if held.role in NEVER_APPOINTED:
        raise RuleBroken("Nobody is appointed to this role, so it has no deputy.")
    if held.deputy_of is not None:
        raise RuleBroken("A deputy has no deputy: appoint one of whom they act for.")
    if command.to_on < command.from_on:
        raise AnswerRefused("to_on", "It ends before it begins: enter a later day.")
    if command.from_on < held.from_on or (held.to_on and held.to_on < command.to_on):
        raise AnswerRefused("from_on", "The person holds the role on other days than these.")
