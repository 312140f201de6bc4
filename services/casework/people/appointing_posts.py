"""Who appoints for the organisation whose seat it is: by the directory, on the day (GOV-12).

The authority's director appoints its notifiers (NOT-07), a partner's lead its delegates, the
strategic lead of an agency its safeguarding lead.
"""

from typing import Final
from uuid import UUID

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


def who_appoints(
    work: UnitOfWork, role: Role, seat: Seat | None, authority: str, agency_id: UUID | None
) -> UUID | None:
    """Return the contact who says whether somebody is appointed; None: another administrator does.

    Refuses where the directory has nobody, or only an entry of whoever asks: that would be one
    person's word twice.
    """
    post = APPOINTED_BY.get(role)
    if post is None:
        return None
    kind = _KINDS.get(seat or Seat.LOCAL_AUTHORITY) if agency_id is None else None
    called = _name(work, authority, agency_id)
    wanted = ever_named(work.session, called) if called else None
    found = [
        one.contact
        for one in contact_entries(work.session, post)
        if one.holds(work.today)
        and (kind is None or one.kind is kind)
        and (wanted is None or one.contact.organisation_id in wanted)
    ]
    return _chosen(work, found, f"{label(post)}{f' of {called}' if called else ''}").id


def _chosen(work: UnitOfWork, found: list[Contact], post: str) -> Contact:
    """Return the newest entry that can be written to and that another person made."""
    by_mail = [one for one in found if not one.address.startswith("https://")]
    others = [one for one in by_mail if one.added_by != work.actor.person_id]
    if others:
        return max(others, key=lambda one: (one.valid_from, one.added_at))
    if by_mail:
        raise RuleBroken(
            f"You entered the {post} in the directory yourself, so another administrator appoints "
            "on their word."
        )
    raise RuleBroken(
        f"The directory has no {post} with an email address: it is theirs to appoint. Have the "
        "contact entered first."
    )


def _name(work: UnitOfWork, authority: str, agency_id: UUID | None) -> str:
    if agency_id is not None:
        return agency_names(work.session)[agency_id]
    return work.partnership.authorities.get(authority, "")
