"""A role ends, or everything that somebody has: with a day, and never in silence.

Everything of theirs is shown first (`holdings.py`). What would fall empty, or stay with nobody to
do it, is refused unless it is said why it is left so: then the first page tells who reads every
case that nobody can act there (`web/view_models/unfilled.py`).
"""

from typing import Annotated
from uuid import UUID, uuid4, uuid5

from pydantic import Field
from sqlalchemy import Engine

from services.casework.commands import Command, Day, NeededWhen, ShortText
from services.casework.people.emails import tell_of_end
from services.casework.people.holdings import Holdings, holdings
from services.casework.people.posts import ending_of
from services.casework.people.records import (
    begin_administering,
    entered_by,
    form_about,
    keep,
    was_sent,
)
from services.database import appointments, sessions
from services.database.appointments import MembershipReview
from services.database.delegations import get_membership
from services.database.people import Membership, people_of
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import PeopleEvent
from services.domain.directory import A_DAY
from services.domain.errors import AnswerRefused, NotFound, RuleBroken
from services.domain.roles import WITHOUT_ACCOUNT


class EndRoles(Command):
    """Until which day somebody has what they have here, and why it ends."""

    last_day: Day = Field(
        title="Which is their last day?",
        description="They keep it until the end of that day. For somebody who has gone already "
        "enter yesterday: it ends now, and so does every session of theirs.",
    )
    reasons: ShortText = Field(title="Why does it end?")
    left_empty_because: Annotated[
        ShortText | None, NeededWhen("needed where nobody else holds the post, or can do the work")
    ] = Field(
        default=None,
        title="Why is it left with nobody, and who sees to it?",
        description="Appoint a successor first where you can. Until somebody holds the post, "
        "the first page tells that nobody can act or sign.",
    )


class KeepRole(Command):
    """That a role was looked at, and goes on."""

    reasons: ShortText = Field(
        title="How do you know that they still need it?",
        description="For example: their manager confirmed it by telephone.",
    )


def end_role(work: UnitOfWork, membership_id: UUID, command: EndRoles) -> None:
    """End one role of somebody with a day."""
    begin_administering(work)
    held = get_membership(work.session, membership_id)
    _end(work, held.person_id, [held], command, form_about(command, membership_id))


def end_everything(work: UnitOfWork, person_id: UUID, command: EndRoles) -> None:
    """End everything that somebody has in the partnership, in one step."""
    begin_administering(work)
    form = form_about(command, person_id)
    if was_sent(work, form):
        return
    found = ending_of(work, person_id, command.last_day)
    if not found:
        raise NotFound("The person has nothing here that goes on after that day.")
    _end(work, person_id, found, command, form)


def keep_role(work: UnitOfWork, membership_id: UUID, command: KeepRole) -> None:
    """Put on record that a role goes on, as somebody other than its holder knows it."""
    begin_administering(work)
    form = form_about(command, membership_id)
    if was_sent(work, form):
        return
    held = get_membership(work.session, membership_id)
    if held.person_id == work.actor.person_id:
        raise RuleBroken("Another administrator looks at your own role.")
    review = MembershipReview(
        **entered_by(work), id=work.once or uuid4(), membership_id=held.id, reasons=command.reasons
    )
    keep(work, review, form, PeopleEvent.KEPT)


def has_gone(work: UnitOfWork, command: EndRoles) -> bool:
    """Tell whether the last day is over, so that nothing of the person may stay open."""
    return command.last_day < work.real_today


def end_sessions(door: Engine, person_id: UUID) -> None:
    """End every session of somebody who has gone; the engine is that of the sign-in role."""
    with sessions.at_the_door(door, person_id) as session:
        sessions.end_sessions(session, person_id)


def _end(
    work: UnitOfWork, person_id: UUID, held: list[Membership], command: EndRoles, form: str
) -> None:
    """Put the last day of each on record, and have the database end them."""
    if was_sent(work, form):
        return
    if person_id == work.actor.person_id:
        raise RuleBroken("Another administrator ends what you have yourself.")
    if command.last_day < work.real_today - A_DAY:
        raise AnswerRefused("last_day", "Until now they had it: enter yesterday or a later day.")
    _must_not_fall_empty(holdings(work, person_id, command.last_day), held, command)
    ids = [one.id for one in held]
    for number, membership_id in enumerate(ids):
        once = work.once or uuid4()
        review = MembershipReview(
            **entered_by(work),
            id=once if number == 0 else uuid5(once, str(membership_id)),
            membership_id=membership_id,
            last_day=command.last_day,
            reasons=command.reasons,
            left_empty_because=command.left_empty_because or "",
        )
        keep(work, review, form, PeopleEvent.ENDED)
        if not appointments.end_membership(work.session, review):
            raise RuleBroken("It has ended already, or ends before that day.")
    (person,) = people_of(work.session, {person_id})
    tell_of_end(work, person, command.last_day)


def _must_not_fall_empty(theirs: Holdings, held: list[Membership], command: EndRoles) -> None:
    """Refuse to leave a post or work with nobody, unless it is said why."""
    ends = {one.id for one in held}
    kept = tuple(one for one in theirs.posts if one.membership.id in ends)
    if any(one.membership.role in WITHOUT_ACCOUNT for one in kept):
        raise RuleBroken("A guest's access ends on the page of their case.")
    is_everything = len(kept) == len(theirs.posts)
    left = theirs.is_left_open if is_everything else any(one.falls_empty for one in kept)
    if left and command.left_empty_because is None:
        raise AnswerRefused(
            "left_empty_because",
            "A post would fall empty, or work stay with nobody. Appoint a successor first, or say "
            "why it is left so and who sees to it.",
        )
