"""What is read of the learning event: by an agency that is invited, and by a practitioner (LC-38).

A practitioner who is invited in their own person reads its papers alone, while it stands in the
plan with their post, and for some time after (decision 0098).
"""

from collections.abc import Set
from datetime import date
from typing import Final
from uuid import UUID

from services.database.cases import Case
from services.database.documents import DocumentState, documents
from services.database.guests import Guest, guest_of
from services.database.history import all_of, entries_of_review, said_for_review
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType
from services.domain.guests import open_until

FOR_INVITED: Final = frozenset(
    {
        DocumentKind.LEARNING_BRIEFING,
        DocumentKind.LEARNING_AGENDA,
        DocumentKind.LEARNING_WORKSHEETS,
    }
)


def kinds_for_invited(work: UnitOfWork, case: Case) -> Set[DocumentKind]:
    """Return the papers of the event that are the same for all, if the actor's agency is invited.

    Its own invitation is an agency's as its other papers are.
    """
    if work.actor.agency_id is None:
        return frozenset()
    own = str(work.actor.agency_id)
    plans = all_of(work.session, case.id, EntryType.LEARNING_EVENT_PLANNED)
    newest = {row["agency"] for one in plans[-1:] for row in one.command["invited"]}
    return FOR_INVITED if own in newest else frozenset()


def post_key(agency: UUID | str, post: str) -> tuple[str, str]:
    """Return what a post of an agency is known by, however it is written."""
    return str(agency), post.casefold()


def posts_at_event(work: UnitOfWork, case: Case) -> Set[tuple[str, str]]:
    """Return the posts that the newest plan of the event invites; none once it is called off."""
    planned, off = EntryType.LEARNING_EVENT_PLANNED, EntryType.LEARNING_EVENT_CALLED_OFF
    plans = entries_of_review(work.session, case.id, planned)
    if not plans or said_for_review(work.session, case.id, planned, off)[-1].entry_type is off:
        return frozenset()
    return {post_key(row["agency"], row["post"]) for row in plans[-1].command["invited"]}


def event_opens_until(work: UnitOfWork, case: Case) -> date:
    """Return the last day on which a practitioner comes in: some time after the event (0044).

    Asked about the draft later, they come in for as long after the day by which they are to answer.
    """
    plans = entries_of_review(work.session, case.id, EntryType.LEARNING_EVENT_PLANNED)
    asked = entries_of_review(work.session, case.id, EntryType.PARTICIPANTS_ASKED)
    days = [row["held_on"] for one in plans[-1:] for row in one.command["sittings"]]
    days += [one.command["answer_by"] for one in asked[-1:]]
    last = max((date.fromisoformat(one) for one in days), default=work.today)
    return open_until(last, work.calendar)


def takes_part(work: UnitOfWork, case: Case, guest: Guest) -> bool:
    """Tell whether the practitioner may come in: invited by post, not shut out, not too late."""
    is_let_in = guest.ended_at is None and work.today <= event_opens_until(work, case)
    return is_let_in and post_key(guest.agency_id, guest.post) in posts_at_event(work, case)


def case_of_event(work: UnitOfWork) -> UUID | None:
    """Return the case to whose learning event the actor is invited in their own person, if any."""
    guest = guest_of(work.session, work.actor.person_id)
    return guest.case_id if guest is not None else None


def papers_at_event(work: UnitOfWork, case: Case) -> Set[UUID]:
    """Return the papers of the event that the practitioner reads: the newest of each (LC-38).

    Of the invitations it is that of their agency.
    """
    newest = dict[DocumentKind, UUID]()
    for one in documents(work.session, case.id):
        is_own = one.subject == str(work.actor.agency_id)
        if one.standing is DocumentState.KEPT and (
            one.kind in FOR_INVITED or (one.kind is DocumentKind.LEARNING_INVITATION and is_own)
        ):
            newest.setdefault(one.kind, one.id)
    return frozenset(newest.values())
