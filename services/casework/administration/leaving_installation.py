"""Who serves the installation, an operator or a platform administrator, leaves: at the machine.

It is done in the name of a platform administrator, who is another person, so one is always left.
"""

from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from sqlalchemy import Engine

from services.casework.engine.transactions import TransactionContext, translated
from services.casework.people.ending import end_sessions
from services.casework.people.records import entered_by, keep
from services.casework.provisioning import same_address
from services.database import appointments, sign_in_attempts
from services.database.appointments import MembershipReview
from services.database.people import memberships_on
from services.database.unit_of_work import unit_of_work
from services.domain.audit import PeopleEvent
from services.domain.directory import A_DAY
from services.domain.errors import AnswerRefused, NotFound, RuleBroken
from services.domain.roles import Actor, Permission

_LOCK: Final = "who serves the installation"  # two who end each other's roles wait for each other


@dataclass(frozen=True, slots=True)
class Leaver:
    """Whose roles of the installation end, by their address, and why."""

    email: str
    reasons: str


def end_serving(actor: Actor, context: TransactionContext, door: Engine, leaver: Leaver) -> int:
    """End every role that the person has of the installation, and their sessions; return how many.

    They had them until yesterday. The engine of the ``door`` is that of the sign-in role. Raises
    NotFound where they serve it not today, RuleBroken where they are who says so.
    """
    actor.must(Permission.ADMINISTER_PLATFORM)
    if not leaver.reasons.strip():
        raise AnswerRefused("reasons", "Say why it ends.")
    now, once = context.now(), uuid4()
    with translated(), unit_of_work(context.engine, actor, now, context.calendar, once) as work:
        sign_in_attempts.one_at_a_time(work.session, _LOCK)
        serving = memberships_on(work.session, work.today)
        held = [one for one, person in serving if person.email == same_address(leaver.email)]
        if not held:
            raise NotFound("Nobody of the address in --email serves this installation today.")
        person_id = held[0].person_id
        if person_id == actor.person_id:
            raise RuleBroken("Another platform administrator ends what you have yourself.")
        for one in held:
            review = MembershipReview(
                **entered_by(work),
                id=uuid4(),
                membership_id=one.id,
                last_day=work.today - A_DAY,
                reasons=leaver.reasons,
            )
            keep(work, review, None, PeopleEvent.ENDED)
            if not appointments.end_membership(work.session, review):
                raise RuleBroken("You are no platform administrator any more, or it has ended.")
    end_sessions(door, person_id)
    return len(held)
