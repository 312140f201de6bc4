"""The addresses of a person's calendar: made and shown once, ended, and asked for by programs.

The secret stands in the address, since a calendar sends nothing else; its SHA-256 is what is kept.
It opens the calendar as that person in that role, and no longer than they hold it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Engine

from services.casework.accounts.sign_in_tries import count_at_doors, take_back_try
from services.casework.accounts.who_is import RoleHeld, SessionNow, SignedIn, signed_in_as
from services.casework.audit import account
from services.database import audit
from services.database.calendar_feeds import (
    CalendarFeed,
    feeds_of,
    forget_old,
    live_feed,
    own_feed,
)
from services.database.sessions import at_the_door
from services.domain.accounts import methods_in, written
from services.domain.audit import AccountEvent
from services.domain.calendar_feeds import LASTS, MOST, FeedKind
from services.domain.errors import NotFound, NotPermitted, RuleBroken
from services.domain.roles import WITHOUT_ACCOUNT, Actor, Permission
from services.identity import session_ids

WRONG_FROM_A_PLACE: Final = 60
READINGS: Final = 60  # of one address in a quarter of an hour; programs read much less often

_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFeed:
    """An address as its owner is shown it: never the address, which was shown once."""

    id: UUID
    kind: FeedKind
    made_at: datetime
    ends_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class FeedRead:
    """Whose calendar an address opens now, and whose days it holds."""

    held: RoleHeld
    kind: FeedKind


def kinds_for(actor: Actor) -> tuple[FeedKind, ...]:
    """Return whose days the person may have in a calendar; a guest of one case has none."""
    if actor.role in WITHOUT_ACCOUNT or actor.is_system:
        return ()
    reads_all = actor.may(Permission.READ_CASE)
    own = reads_all or actor.may(Permission.READ_OWN_PART)
    return ((FeedKind.OWN,) if own else ()) + ((FeedKind.PARTNERSHIP,) if reads_all else ())


def own_feeds(engine: Engine, person_id: UUID, membership_id: UUID) -> list[OwnFeed]:
    """Return the addresses that the person has in that role, the newest first."""
    with at_the_door(engine) as session:
        return list(_told(feeds_of(session, person_id, membership_id)))


def make_feed(engine: Engine, person: SignedIn, held: RoleHeld, kind: FeedKind) -> str:
    """Make an address and return its secret, once; the audit tells that one was made.

    Raises NotPermitted for a calendar that the role does not read, RuleBroken for too many.
    """
    if kind not in kinds_for(held.actor):
        raise NotPermitted("Your role has no such calendar.")
    secret, now = session_ids.new(), person.session
    row = CalendarFeed(
        address_sha256=session_ids.kept(secret),
        person_id=person.person_id,
        membership_id=held.membership_id,
        kind=kind,
        methods=written(now.methods) if now is not None else "",
        provider=now.provider if now is not None else "",
    )
    with at_the_door(engine, person.person_id, held.actor.partnership_id) as session:
        forget_old(session)
        if len(feeds_of(session, person.person_id, held.membership_id)) >= MOST:
            raise RuleBroken(f"You have {MOST} addresses. End one that you no longer use first.")
        session.add(row)
        audit.append(session, [account(AccountEvent.CALENDAR_MADE, held.role)])
    return secret


def end_feed(engine: Engine, person_id: UUID, feed_id: UUID) -> None:
    """End an address of the person's own; raises NotFound for what is no longer, or not, theirs."""
    with at_the_door(engine, person_id) as session:
        row = own_feed(session, person_id, feed_id)
        if row is None:
            raise NotFound("There is no such address, or it has ended.")
        session.delete(row)
        audit.append(session, [account(AccountEvent.CALENDAR_ENDED)])


def feed_at(engine: Engine, secret: str, place: str, today: date) -> FeedRead:
    """Return whose calendar the address opens; the audit tells of it at most once a day.

    Raises NotFound alike for an address that is none, was ended, or whose owner's role has ended,
    and TooManyTries for a place or an address that asks too often.
    """
    kept = session_ids.kept(secret)
    limits = {("calendar place", place): WRONG_FROM_A_PLACE, ("calendar", kept): READINGS}
    from_place, *_at_address = count_at_doors(engine, limits)
    with at_the_door(engine) as session:
        found = live_feed(session, kept)
        if found is None:
            raise NotFound("There is no calendar at this address.")
        row, at = found.row, found.at
        is_told = row.read_at is not None and row.read_at > at - _ONE_DAY
        now = SessionNow(methods_in(row.methods), at - (row.made_at or at), LASTS, row.provider)
        whose, kind = (row.person_id, row.membership_id), row.kind
        if not is_told:
            row.read_at = at
    known = signed_in_as(engine, *whose, now, today)
    if known is None or known.acting is None or kind not in kinds_for(known.acting.actor):
        raise NotFound("There is no calendar at this address.")
    take_back_try(engine, (from_place,))
    if not is_told:
        with at_the_door(engine, known.person_id, known.acting.actor.partnership_id) as session:
            audit.append(session, [account(AccountEvent.CALENDAR_READ, known.acting.role)])
    return FeedRead(known.acting, kind)


def _told(rows: Iterable[CalendarFeed]) -> Iterator[OwnFeed]:
    for row in rows:
        if row.made_at is not None:
            yield OwnFeed(
                id=row.id,
                kind=row.kind,
                made_at=row.made_at,
                ends_at=row.made_at + LASTS,
                read_at=row.read_at,
            )
