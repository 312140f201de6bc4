"""The posts that a clock or a rule has written to, and that nobody holds on a day (GOV-02).

An email to such a post goes to nobody, and nobody would notice: the manager is warned of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from services.casework.effects.addressees import OF_DIRECTORY
from services.casework.effects.email_recipients import ROLES_WRITTEN_TO
from services.database.directory_entries import contacts_on
from services.database.people import memberships_on
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.telling import TOLD
from services.domain.emails import SENDINGS
from services.domain.labels import label
from services.domain.parties import party_name
from services.domain.recipients import Recipient
from services.domain.roles import Permission, Role


@dataclass(frozen=True, slots=True)
class UnheldPost:
    """A post that nobody holds, and the clocks and rules that have it written to."""

    post: str
    named_by: tuple[str, ...]


def unheld_posts(work: UnitOfWork, on: date) -> list[UnheldPost]:
    """Return the posts that nobody holds on the day, each with what names it.

    It is told to those who can change it; to nobody else.
    """
    if not work.actor.may(Permission.CHANGE_DIRECTORY):
        return []
    return [*unheld_in_directory(work, on), *_unheld_by_people(work, on)]


def unheld_in_directory(work: UnitOfWork, on: date) -> list[UnheldPost]:
    """Return the posts of the directory that nobody holds on the day, each with what names it."""
    held = {one.role for one in contacts_on(work.session, on)}
    return _named(one for one, post in OF_DIRECTORY.items() if post not in held)


def _unheld_by_people(work: UnitOfWork, on: date) -> list[UnheldPost]:
    """Return the roles and the seats in which nobody serves on the day."""
    people = {
        (one.role, one.seat, one.authority) for one, _person in memberships_on(work.session, on)
    }
    roles = {role for role, _seat, _authority in people} | {Role.SAFEGUARDING_PARTNER}
    seats = [
        UnheldPost(
            f"the safeguarding partner: {party_name(one.seat, one.authority, names)}",
            tuple(_named_by(Recipient.PARTNERS)),
        )
        for names in (work.partnership.authorities,)
        for one in work.partnership.parties
        if (Role.SAFEGUARDING_PARTNER, one.seat, one.authority) not in people
    ]
    found = _named(one for one, role in ROLES_WRITTEN_TO.items() if role not in roles)
    return [*found, *(one for one in seats if one.named_by)]


def _named(found: Iterable[Recipient]) -> list[UnheldPost]:
    posts = (UnheldPost(label(one), tuple(_named_by(one))) for one in found)
    return [one for one in posts if one.named_by]


def _named_by(recipient: Recipient) -> Iterator[str]:
    """Yield the clocks whose last day is told to it, and the rules that have it written to."""
    for clock, told in TOLD.items():
        if recipient in told.recipients(is_missed=True):
            yield clock.value
    rules = {
        rule
        for sending in SENDINGS.values()
        if recipient in sending.recipients
        for rule in sending.rules
        if not rule.startswith("K")
    }
    yield from sorted(rules)
