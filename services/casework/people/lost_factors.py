"""A second factor that is lost, with the recovery codes: two administrators have it taken away.

One asks and says how they know; another confirms. Neither is the person, who holds a role here at
both moments; where they are one of two administrators, a platform administrator is the second.
Nothing is opened by it: the person chooses another password at a one-time address that goes to
their mailbox, and sets up a second factor when they sign in.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from pydantic import Field

from services.casework.commands import Command, ShortText, YesNo
from services.casework.people.records import (
    begin_administering,
    entered_by,
    form_about,
    keep,
    must_administer,
    was_sent,
)
from services.database.delegations import get_membership
from services.database.lost_factors import LostFactor, get_asked, waiting
from services.database.people import memberships_on
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import PeopleEvent
from services.domain.errors import AlreadyDone, RuleBroken
from services.domain.roles import WITHOUT_ACCOUNT

OPEN_FOR: Final = timedelta(days=7)
OWN: Final = "It is your own second factor: two other administrators see to it."


class ReportLostFactor(Command):
    """That somebody cannot show their second factor any more, and has no recovery code."""

    reasons: ShortText = Field(
        title="How do you know that it is them who ask?",
        description="For example: you know their voice, and rang them at the number on record. An "
        "email alone shows nothing.",
    )


class AnswerLostFactor(Command):
    """What a second administrator says of it."""

    is_confirmed: YesNo = Field(
        title="Is their second factor to be taken away?",
        description="Their sessions end, their password opens nothing any more, and they are sent "
        "an address at which they choose another one.",
    )
    grounds: ShortText = Field(title="How do you know yourself, or why not?")


def report_lost_factor(work: UnitOfWork, membership_id: UUID, command: ReportLostFactor) -> None:
    """Ask that the second factor of whoever holds the role be taken away."""
    must_administer(work)
    held = get_membership(work.session, membership_id)
    begin_administering(work, without=held.person_id)
    form = form_about(command, membership_id)
    if was_sent(work, form):
        return
    if held.person_id == work.actor.person_id:
        raise RuleBroken(OWN)
    if held.role in WITHOUT_ACCOUNT:
        raise RuleBroken("A guest has no second factor: they are sent another address and code.")
    _must_have_role(work, held.person_id)
    if any(_is_open(work, one) for one in waiting(work.session, held.person_id)):
        raise AlreadyDone("It was asked already, and waits for a second administrator.")
    row = LostFactor(
        **entered_by(work),
        id=work.once or uuid4(),
        person_id=held.person_id,
        reasons=command.reasons,
    )
    keep(work, row, form, PeopleEvent.FACTOR_LOST)


def answer_lost_factor(work: UnitOfWork, asked_id: UUID, command: AnswerLostFactor) -> UUID | None:
    """Confirm or refuse, as another administrator than who asked.

    Returns whose account is to be cleared now (`accounts/cleared.py`); None where it was refused,
    and for the same form sent again.
    """
    must_administer(work)
    asked = get_asked(work.session, asked_id)
    begin_administering(work, without=asked.person_id)
    form = form_about(command, asked_id)
    if was_sent(work, form):
        return None
    if asked.person_id == work.actor.person_id:
        raise RuleBroken(OWN)
    if asked.added_by == work.actor.person_id:
        raise RuleBroken("You asked for it: another administrator answers.")
    if asked not in waiting(work.session, asked.person_id):
        raise AlreadyDone("It was answered already. The first answer stands.")
    if not _is_open(work, asked):
        raise RuleBroken("It was asked too long ago. Ask for it again, if it is still so.")
    if command.is_confirmed:
        _must_have_role(work, asked.person_id)
    row = LostFactor(
        **entered_by(work),
        id=work.once or uuid4(),
        person_id=asked.person_id,
        answers=asked.id,
        asked_by=asked.added_by,
        is_yes=command.is_confirmed,
        reasons=command.grounds,
    )
    event = PeopleEvent.FACTOR_CLEARED if command.is_confirmed else PeopleEvent.FACTOR_LEFT
    keep(work, row, form, event)
    return asked.person_id if command.is_confirmed else None


def lost_factors_waiting(work: UnitOfWork) -> list[LostFactor]:
    """Return what waits for a second administrator, the oldest first."""
    return [one for one in waiting(work.session) if _is_open(work, one)]


def _must_have_role(work: UnitOfWork, person_id: UUID) -> None:
    """Refuse what is said of somebody who has left: their account is no business of this one."""
    today = memberships_on(work.session, work.real_today)
    if not any(one.id == person_id and held.role not in WITHOUT_ACCOUNT for held, one in today):
        raise RuleBroken("They have no role here today: this partnership cannot ask for it.")


def _is_open(work: UnitOfWork, asked: LostFactor) -> bool:
    return work.now - asked.added_at < OPEN_FOR
