"""Who appoints for the organisation whose seat it is: by the directory, on the day (GOV-12).

The authority's director appoints its notifiers (NOT-07), a partner's lead its delegates, the
strategic lead of an agency its safeguarding lead.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.database.appointments import is_own_address
from services.database.directory import Contact
from services.database.directory_entries import contact_entries, ever_named
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.appointments import APPOINTED_BY
from services.domain.directory import OrganisationKind
from services.domain.errors import RuleBroken
from services.domain.labels import label
from services.domain.roles import Role, Seat

_KINDS: Final = {
    Seat.LOCAL_AUTHORITY: OrganisationKind.LOCAL_AUTHORITY,
    Seat.INTEGRATED_CARE_BOARD: OrganisationKind.INTEGRATED_CARE_BOARD,
    Seat.POLICE: OrganisationKind.POLICE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The role, seat, authority and agency that somebody is to hold."""

    role: Role
    seat: Seat | None = None
    authority: str = ""
    agency_id: UUID | None = None


def who_appoints(work: UnitOfWork, to_hold: Post, address: str) -> UUID | None:
    """Return the contact who says whether that address is appointed; None: an administrator does.

    Refuses where the directory has nobody, or only whoever is appointed or asks, or an entry of
    theirs: that would be one person's word twice.
    """
    post = APPOINTED_BY.get(to_hold.role)
    if post is None:
        return None
    seat = to_hold.seat or Seat.LOCAL_AUTHORITY
    kind = _KINDS.get(seat) if to_hold.agency_id is None else None
    called = _name(work, to_hold.authority, to_hold.agency_id)
    wanted = ever_named(work.session, called) if called else None
    found = [
        one.contact
        for one in contact_entries(work.session, post)
        if one.holds(work.today)
        and (kind is None or one.kind is kind)
        and (wanted is None or one.contact.organisation_id in wanted)
    ]
    named = f"{label(post)}{f' of {called}' if called else ''}"
    by_mail = [one for one in found if not one.address.startswith("https://")]
    others = [one for one in by_mail if one.address.lower() != address]
    if by_mail and not others:
        raise RuleBroken(
            f"The {named} in the directory has the address that is appointed: nobody appoints "
            "themselves. Have another contact entered first."
        )
    return _chosen(work, others, named).id


def _chosen(work: UnitOfWork, by_mail: list[Contact], post: str) -> Contact:
    """Return the newest entry that another person made and that is not whoever asks."""
    others = [
        one
        for one in by_mail
        if one.added_by != work.actor.person_id and not is_own_address(work.session, one.address)
    ]
    if others:
        return max(others, key=lambda one: (one.valid_from, one.added_at))
    if by_mail:
        raise RuleBroken(
            f"You entered the {post} in the directory yourself, or it is your own address, so "
            "another administrator appoints on their word."
        )
    raise RuleBroken(
        f"The directory has no {post} with an email address: it is theirs to appoint. Have the "
        "contact entered first."
    )


def _name(work: UnitOfWork, authority: str, agency_id: UUID | None) -> str:
    if agency_id is not None:
        return agency_names(work.session)[agency_id]
    return work.partnership.authorities.get(authority, "")
