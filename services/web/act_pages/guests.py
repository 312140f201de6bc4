"""Pages on which a person without an account is invited to a case, and shut out of it."""

from services.casework.steps.guests import END_GUEST_ACCESS, INVITE_GUEST
from services.database.cases import Case
from services.database.guests import guests
from services.database.partnerships import agencies_on, agency_names
from services.database.unit_of_work import UnitOfWork
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def _let_in(work: UnitOfWork, case: Case) -> Options:
    """Offer whose access was not ended, each with their agency."""
    named = agency_names(work.session)
    found = (one for one in guests(work.session, case.id) if one.ended_at is None)
    return {
        "guest": tuple(
            Choice(str(one.id), f"{one.name}, {named.get(one.agency_id, 'an agency')}", one.post)
            for one in found
        )
    }


def _reached(work: UnitOfWork, case: Case) -> Options:
    """Offer the agencies of the case, but none whose address waits for a second person."""
    found = (one for one in agencies_on(work.session, case.id) if one.is_reached)
    return {"agency": tuple(Choice(str(one.id), one.name) for one in found)}


PAGES = (
    ActPage(
        act=INVITE_GUEST,
        path="guests/invitation",
        title="Invite a person without an account",
        button="Invite them",
        done="They are invited. The one-time address is on its way to them.",
        narrow=_reached,
    ),
    ActPage(
        act=END_GUEST_ACCESS,
        path="guests/end",
        title="End a guest's access",
        button="End it",
        done="Their access has ended.",
        narrow=_let_in,
    ),
)
