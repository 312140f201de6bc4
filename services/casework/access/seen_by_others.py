"""What another partnership sees of our case: as one reader over there has it.

Police marks and what is said of the family differ from seat to seat, so it is shown for one seat.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Engine

from services.database.cases import Case
from services.database.decisions import cases_closed
from services.database.people import serving
from services.database.shown import shared_cases
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.identifiers import PartnershipId
from services.domain.police_marks import ListedSeat
from services.domain.roles import Actor, Role, Seat
from services.identity.actors import KEYLINE_ITSELF, actor_for, service_actor

READERS: Final = (
    ListedSeat.BUSINESS_MANAGER,
    ListedSeat.REVIEW_GROUP_CHAIR,
    ListedSeat.LOCAL_AUTHORITY,
    ListedSeat.INTEGRATED_CARE_BOARD,
    ListedSeat.POLICE,
    ListedSeat.NOTIFIER,
    ListedSeat.REVIEW_GROUP_MEMBER,
    ListedSeat.INDEPENDENT_SCRUTINEER,
)
"""As whom of another partnership our case may be looked at: its readers of whole cases."""


def reader_named(code: str) -> ListedSeat:
    """Return the reader of this code; the manager where it is none of them."""
    return next((one for one in READERS if one.value == code), READERS[0])


@contextmanager
def seen_by(
    work: UnitOfWork, case: Case, partnership_id: PartnershipId, reader: ListedSeat = READERS[0]
) -> Iterator[UnitOfWork | None]:
    """Open a unit of work as one reader of another partnership, to show what they see of our case.

    It is somebody who holds the seat there today and has declared no conflict, so that police marks
    and what is said of the family are as they are for that seat; None where there is nobody. It is
    for reading our own rows only, as they are shown; nothing of theirs is asked.
    """
    for actor in _holding(work, partnership_id, reader):
        with _as(work, actor) as theirs:
            if case.id not in cases_closed(theirs.session):
                yield theirs
                return
    yield None


def is_shared_with(work: UnitOfWork, case: Case, partnership_id: PartnershipId) -> bool:
    """Tell whether the case is shown to the partnership now, in whichever seat."""
    with _as(work, service_actor(partnership_id, KEYLINE_ITSELF)) as theirs:
        return any(one.case_id == case.id for one in shared_cases(theirs.session))


def _holding(
    work: UnitOfWork, partnership_id: PartnershipId, reader: ListedSeat
) -> Iterator[Actor]:
    """Yield who holds the seat over there today, read as Keyline itself."""
    is_partner = reader.value in {seat.value for seat in Seat}
    role = Role.SAFEGUARDING_PARTNER if is_partner else Role(reader.value)
    with _as(work, service_actor(partnership_id, KEYLINE_ITSELF)) as theirs:
        held = [one for _, one in serving(theirs.session, (role,), on=work.today)]
        actors = [actor_for(one, work.today) for one in held]
    for one in actors:
        if not is_partner or (one.seat and one.seat.value == reader.value):
            yield one


@contextmanager
def _as(work: UnitOfWork, actor: Actor) -> Iterator[UnitOfWork]:
    engine = work.session.get_bind()
    assert isinstance(engine, Engine)  # noqa: S101 - a unit of work is bound to one
    with unit_of_work(engine, actor, work.now, work.predicted) as theirs:
        yield theirs
