"""The learning event as the case page tells it: all of it, or to an agency its own posts."""

from dataclasses import dataclass, replace
from typing import Final

from services.casework.joint.arrival import received_from
from services.casework.steps.joint.event_told import PostElsewhere, PractitionersElsewhere
from services.casework.steps.learning_event.plan import EventStanding, InvitedPost, event_of
from services.casework.steps.learning_event.sittings import in_order
from services.database.cases import Case
from services.database.history import all_of
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital
from services.domain.roles import Permission

_STANDING: Final = {
    EntryType.LEARNING_EVENT_PLANNED: "Planned",
    EntryType.LEARNING_EVENT_CALLED_OFF: "Called off",
    EntryType.LEARNING_EVENT_HELD: "Held",
    EntryType.PRACTITIONERS_THERE: "Held by the partnership that leads",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """How the newest event stands, when and where it sits, and which posts are invited.

    ``is_own`` says that it is told to one agency, of its own practitioners alone. ``elsewhere`` are
    practitioners of other partnerships that contribute to the review.
    """

    standing: str
    way: str
    sittings: tuple[str, ...]
    invited: tuple[str, ...]
    is_own: bool
    elsewhere: tuple[str, ...] = ()


def learning_event_view(work: UnitOfWork, case: Case) -> EventView | None:
    """Return the newest event to who sees the whole case, or to an agency that is invited."""
    sees_all = work.actor.may(Permission.READ_CASE)
    if not sees_all and work.actor.agency_id is None:
        return None
    event = event_of(work, case)
    if event is None:
        return None
    own = [one for one in event.plan.invited if sees_all or one.agency == work.actor.agency_id]
    if not own and not sees_all:
        return None
    told = _told(work, event, own, is_own=not sees_all)
    return replace(told, elsewhere=_elsewhere(work, case)) if sees_all else told


def _told(
    work: UnitOfWork, event: EventStanding, posts: list[InvitedPost], *, is_own: bool
) -> EventView:
    named = agency_names(work.session)
    return EventView(
        standing=_STANDING[event.newest.entry_type],
        way=capital(label(event.plan.way)),
        sittings=tuple(
            f"{weekday_day_month_year(one.held_on)}, {one.when}: {one.place}"
            for one in in_order(event.plan.sittings)
        ),
        invited=tuple(
            one.post if is_own else f"{one.post}, {named.get(one.agency, '')}" for one in posts
        ),
        is_own=is_own,
    )


def _elsewhere(work: UnitOfWork, case: Case) -> tuple[str, ...]:
    """Return who of each other partnership is invited, or came, as its newest entry says it."""
    told = all_of(work.session, case.id, EntryType.PRACTITIONERS_ELSEWHERE)
    newest = {received_from(one.subject)[1]: one for one in told}
    said = (PractitionersElsewhere.model_validate(one.command) for one in newest.values())
    return tuple(
        ", ".join(filter(None, (one.post, one.agency, each.partnership, _presence(one))))
        for each in said
        for one in each.people
    )


def _presence(post: PostElsewhere) -> str:
    return label(post.presence) if post.presence is not None else ""
