"""Posts for which nobody can act on a case: each of their holders is kept out, or may not sign."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from services.database.assignments import Assignment
from services.database.cases import cases_of
from services.database.decisions import closed_by_interest, conflicted_beside
from services.database.delegations import authority_on, delegations
from services.database.directory import Delegation
from services.database.joint_reviews import cases_in_reviews
from services.database.people import Membership, memberships_on
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.parties import party_name
from services.domain.roles import Permission, Role
from services.domain.todos import SIGNED

# Whose post others may fill: what is asked of them waits for somebody else in the same post.
POSTS: Final = frozenset(
    {
        Role.NOTIFIER,
        Role.SAFEGUARDING_PARTNER,
        Role.BUSINESS_MANAGER,
        Role.REVIEW_GROUP_CHAIR,
    }
)


@dataclass(frozen=True, slots=True)
class UnfilledPost:
    """A post whose turn it is on a case, and in which nobody can act there."""

    reference: str
    what: str


@dataclass(frozen=True, slots=True)
class Holders:
    """Who holds which post on a day, by what authority, and to whom which case is closed."""

    held: list[Membership]
    said: list[Delegation]
    closed: Set[tuple[UUID, UUID]]
    on: date

    def can_act(self, asked: Assignment, beside: Set[UUID]) -> bool:
        """Tell whether somebody can do what is asked (G7, GOV-12)."""
        return any(
            one.person_id not in beside and (asked.case_id, one.person_id) not in self.closed
            for one in self.held
            if _fills(one, asked) and self._may_sign(one, asked)
        )

    def _may_sign(self, one: Membership, asked: Assignment) -> bool:
        return asked.todo not in SIGNED or authority_on(one, self.said, self.on).is_clear


def unfilled_posts(work: UnitOfWork, asked: list[Assignment]) -> list[UnfilledPost]:
    """Return the posts that are asked for something on a case where nobody in them can act.

    `asked` is what waits on the cases open to the actor. It is told to those who read every case.
    """
    if not work.actor.may(Permission.READ_CASE):
        return []
    of_posts = [one for one in asked if one.role in POSTS]
    cases = cases_of(work.session, {one.case_id for one in of_posts})
    holders = Holders(
        held=[held for held, _person in memberships_on(work.session, work.today)],
        said=list(delegations(work.session)),
        closed=closed_by_interest(work.session),
        on=work.today,
    )
    joint = cases_in_reviews(work.session) & cases.keys()
    beside = {one: conflicted_beside(work.session, one) for one in joint}
    found = dict.fromkeys(
        UnfilledPost(cases[one.case_id].reference, _said(work, one))
        for one in of_posts
        if not holders.can_act(one, beside.get(one.case_id, frozenset()))
    )
    return sorted(found, key=lambda one: (one.reference, one.what))


def _fills(held: Membership, asked: Assignment) -> bool:
    return (
        held.role is asked.role
        and asked.seat in (None, held.seat)
        and asked.authority in ("", held.authority)
    )


def _said(work: UnitOfWork, asked: Assignment) -> str:
    names: Mapping[str, str] = work.partnership.authorities
    if asked.role is Role.NOTIFIER:
        return "Nobody can decide for the local authority"
    if asked.seat is None:
        return f"Nobody can act as {label(asked.role)}"
    can = "sign" if asked.todo in SIGNED else "act"
    return f"Nobody can {can} for {party_name(asked.seat, asked.authority, names)}"
