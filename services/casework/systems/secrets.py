"""The secret of a system: made by an administrator, shown once, kept by its hash."""

from uuid import UUID, uuid4

from pydantic import Field
from sqlalchemy import Engine

from services.casework.commands import Command, ShortText
from services.casework.people.records import entered_by, form_about, keep
from services.database.api_tokens import SystemSecret, forget_tokens
from services.database.appointments import MembershipReview
from services.database.delegations import get_membership
from services.database.sessions import at_the_door
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import PeopleEvent
from services.domain.errors import RuleBroken
from services.identity import session_ids
from services.identity.actors import is_live
from services.identity.passwords import Passwords


class MakeSecret(Command):
    """That a system is given a secret, which takes the place of the one before."""

    reasons: ShortText = Field(
        title="Why is it made, and who puts it into the system?",
        description="It is shown once. What was made before opens nothing from then on.",
    )


def note_secret(work: UnitOfWork, appointment_id: UUID, command: MakeSecret) -> SystemSecret:
    """Put on record that a secret is made; return the row that is to hold it, without one yet.

    What is put on record says that the system goes on, as a role that is looked at does. A form
    that is sent again makes another secret and another line: what was shown first is lost.
    """
    held = get_membership(work.session, appointment_id)
    if not is_live(held, work.real_today):
        raise RuleBroken("It is not let in today: its first day is to come, or its last is over.")
    review = MembershipReview(
        **entered_by(work), id=uuid4(), membership_id=held.id, reasons=command.reasons
    )
    keep(work, review, form_about(command, appointment_id), PeopleEvent.SECRET_MADE)
    return SystemSecret(
        person_id=held.person_id,
        membership_id=held.id,
        secret_hash="",
        made_by=work.actor.person_id,
    )


def keep_secret(engine: Engine, noted: SystemSecret, hashing: Passwords) -> str:
    """Keep a new secret in the place of the last, end what was given for that; return it once."""
    secret = session_ids.new()
    with at_the_door(engine) as session:
        row = session.get(SystemSecret, noted.person_id, with_for_update=True) or noted
        row.secret_hash = hashing.hashed(secret)
        row.made_by, row.membership_id = noted.made_by, noted.membership_id
        session.add(row)
        forget_tokens(session, noted.person_id)
    return secret
