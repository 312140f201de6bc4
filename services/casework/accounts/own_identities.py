"""Which organisations sign a person in, as their account shows it, and how the person ends that."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from services.casework.accounts.door import AccountsDoor
from services.casework.accounts.owner_told import note_and_tell
from services.database import identities, sessions
from services.database.people import Credential
from services.database.second_factors import moment_now, one_change_at_a_time
from services.database.sessions import at_the_door
from services.domain.accounts import OwnerNotice
from services.domain.audit import AccountEvent
from services.domain.errors import RuleBroken

ONLY_WAY_IN: Final = (
    "This organisation is your only way in, so it is not removed here. An administrator of your "
    "partnership can end your roles."
)


@dataclass(frozen=True, slots=True)
class OwnIdentity:
    """An organisation by which the person is known, and since when."""

    id: UUID
    organisation: str
    since: datetime | None


def own_identities(door: AccountsDoor, person_id: UUID) -> list[OwnIdentity]:
    """Return the organisations that sign the person in, the one that has longest first."""
    with at_the_door(door.engine) as session:
        found = []
        for one in identities.identities_of(session, person_id):
            provider = identities.provider_at(session, one.issuer)
            found.append(OwnIdentity(one.id, provider.name if provider else one.issuer, one.since))
        return found


def end_own_identity(door: AccountsDoor, person_id: UUID, identity_id: UUID) -> None:
    """Have the organisation sign the person in no longer; what it signed in ends with it.

    Whoever calls it has seen a recent proof: by what is ours, or of who has no password here by the
    organisation that signed them in. What has ended already, or is not theirs, is passed over.
    Raises RuleBroken for the last organisation of who has no password: a way in is left.
    """
    with at_the_door(door.engine, person_id) as session:
        one_change_at_a_time(session, person_id)
        own = identities.own_identity(session, person_id, identity_id)
        if own is None:
            return
        is_last = len(identities.identities_of(session, person_id)) == 1
        if is_last and session.get(Credential, person_id) is None:
            raise RuleBroken(ONLY_WAY_IN)
        own.ended_at = moment_now(session)
        session.add(own)
        for row in sessions.live_sessions_of(session, person_id):
            if row.identity_id == identity_id:
                session.delete(row)
        note_and_tell(session, person_id, AccountEvent.IDENTITY_ENDED, OwnerNotice.IDENTITY_ENDED)
