"""Who of the safeguarding partners took part in what they do together, and who was left out."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from services.database.people import members
from services.database.unit_of_work import UnitOfWork
from services.domain.parties import party_name
from services.domain.roles import Role

_PARTNER: Final = Role.SAFEGUARDING_PARTNER


def served_for_partners(work: UnitOfWork, on: Mapping[UUID, date]) -> bool:
    """Tell whether each of these people served for a safeguarding partner on the person's day."""
    return all(
        person in {each.id for each in members(work.session, _PARTNER, on=day)}
        for person, day in on.items()
    )


def left_out(work: UnitOfWork, on: Mapping[UUID, date]) -> tuple[str, ...]:
    """Return the names of the partners for whom none of these people acted on the person's day.

    A partnership of several authorities has a seat for each of them.
    """
    names = work.partnership.authorities
    return tuple(
        party_name(one.seat, one.authority, names)
        for one in work.partnership.parties
        if not any(
            person in {each.id for each in members(work.session, _PARTNER, on=day, party=one)}
            for person, day in on.items()
        )
    )
