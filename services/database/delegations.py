"""What each person in a partner's seat may decide on a day, and to whom they answer."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, or_, select

from services.database.directory import Delegation
from services.database.people import Membership
from services.domain.delegation import DelegatedAuthority
from services.domain.errors import NotFound
from services.domain.parties import Party


def authority_of(
    session: Session, person_id: UUID, party: Party, on: date
) -> DelegatedAuthority | None:
    """Return what the person may decide for the party on the day, if they fill its seat then."""
    question = select(Membership).where(
        Membership.person_id == person_id,
        Membership.seat == party.seat,
        Membership.authority == party.authority,
        col(Membership.from_on) <= on,
        or_(col(Membership.to_on).is_(None), col(Membership.to_on) >= on),
    )
    held = session.exec(question.order_by(col(Membership.from_on).desc())).first()
    return None if held is None else authority_on(held, delegations(session, held.id), on)


def answers_to(session: Session, person_id: UUID, on: date) -> str:
    """Return to whom a person in a seat is accountable on the day, as it stands on record."""
    held = session.exec(select(Membership).where(Membership.person_id == person_id)).all()
    serving = [one for one in held if one.seat and one.from_on <= on <= (one.to_on or on)]
    said = delegations(session) if serving else ()
    return next(
        (found for one in serving if (found := authority_on(one, said, on).accountable_to)), ""
    )


def authority_on(held: Membership, said: Sequence[Delegation], on: date) -> DelegatedAuthority:
    """Return what a membership allows on the day: by its newest entry, else as it began."""
    in_force = [one for one in said if one.membership_id == held.id and one.valid_from <= on]
    if not in_force:
        return DelegatedAuthority(held.decides, held.accountable_to)
    newest = max(in_force, key=lambda one: (one.valid_from, one.added_at))
    return DelegatedAuthority(newest.decides, newest.accountable_to)


def delegations(session: Session, membership_id: UUID | None = None) -> Sequence[Delegation]:
    """Return what was put on record of one delegate, or of all of them."""
    question = select(Delegation)
    if membership_id is not None:
        question = question.where(Delegation.membership_id == membership_id)
    return session.exec(question).all()


def get_membership(session: Session, membership_id: UUID) -> Membership:
    """Return one membership; another partnership's is simply not found."""
    found = session.exec(select(Membership).where(Membership.id == membership_id)).first()
    if found is None:
        raise NotFound("There is no such person in this partnership's directory.")
    return found
