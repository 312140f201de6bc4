"""Who comes to the learning event in their own person: the one list with names (LC-01, LC-37).

Their names stand in their rows of `guests` and nowhere else: no entry, no paper and no page but
that of the list holds one, and the history calls each of them a practitioner (decision 0098).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.casework.access.learning import post_key, posts_at_event
from services.casework.effects.guest_access import end_access
from services.casework.effects.guest_emails import enqueue_to_participant
from services.casework.steps.learning_event.plan import PostInvited
from services.database.cases import Case
from services.database.decisions import Declaration, declarations_on
from services.database.guests import Guest, participants
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.errors import AnswerRefused
from services.domain.learning_events import ParticipantStanding


@dataclass(frozen=True, slots=True)
class ListedPractitioner:
    """A practitioner on the list, and what they have declared, if they have.

    ``is_let_in`` says that their access was not ended, and that the event is on with their post.
    """

    guest: Guest
    declared: Declaration | None
    is_let_in: bool

    @property
    def has_agreed(self) -> bool:
        """Tell whether they declared no conflict and agreed to keep the case confidential."""
        return self.declared is not None and self.declared.opens_case

    @property
    def has_conflict(self) -> bool:
        """Tell whether they declared a conflict, which closes the event to them (LC-02)."""
        return self.declared is not None and self.declared.closes

    @property
    def standing(self) -> ParticipantStanding:
        """Return how they stand: a conflict and an access that was ended before all else."""
        if self.has_conflict:
            return ParticipantStanding.CONFLICT
        if not self.is_let_in:
            return ParticipantStanding.ENDED
        return ParticipantStanding.AGREED if self.has_agreed else ParticipantStanding.INVITED

    def is_for(self, post: PostInvited) -> bool:
        """Tell whether they were invited as the holder of that post of that agency."""
        return post_key(post.agency, post.post) == post_key(self.guest.agency_id, self.guest.post)


def participants_on(work: UnitOfWork, case: Case) -> list[ListedPractitioner]:
    """Return everybody who was put on the list of the case, in the order in which they were."""
    declared, posts = declarations_on(work.session, case.id), posts_at_event(work, case)
    return [
        ListedPractitioner(
            one,
            declared.get(one.person_id),
            is_let_in=one.ended_at is None and post_key(one.agency_id, one.post) in posts,
        )
        for one in participants(work.session, case.id)
    ]


def tell_participants(work: UnitOfWork, case: Case, number: int) -> None:
    """Write anew to those whose posts are still invited, as the plan of that number says.

    To the others the event is closed, and whoever declared a conflict is not written to.
    """
    invited = EmailTrigger.PARTICIPANT_INVITED
    for one in participants_on(work, case):
        if one.is_let_in and not one.has_conflict:
            enqueue_to_participant(work, case, one.guest, invited, str(number))


def write_about_draft(
    work: UnitOfWork, case: Case, asked: Sequence[ListedPractitioner], number: int
) -> None:
    """Write to each of these that the entry of that number asks them about the draft (PUB-19)."""
    event = EmailTrigger.PARTICIPANT_ASKED
    for one in asked:
        enqueue_to_participant(work, case, one.guest, event, str(number))


def end_access_of(work: UnitOfWork, case: Case, guest: Guest) -> None:
    """Shut them out; the addresses that were made for them open nothing any more."""
    end_access(work, case, lambda link: link.guest_id == guest.id, lambda one: one.id == guest.id)


def must_be_the_only_one(work: UnitOfWork, case: Case, guest: Guest, post: PostInvited) -> None:
    """Refuse a second person for one post, who would be taken for the first when they come."""
    others = (one for one in participants_on(work, case) if one.guest.id != guest.id)
    if any(one.is_for(post) and one.is_let_in and not one.has_conflict for one in others):
        raise AnswerRefused(
            "invited_as",
            "Somebody is on the list for this post: end their access first, or plan the event with "
            "posts that tell the two apart.",
        )


def must_have_agreed(
    work: UnitOfWork, case: Case, came: Sequence[PostInvited], otherwise: str | None
) -> None:
    """Refuse that somebody came who declared a conflict, or who has not agreed (LC-01, LC-02).

    Attendance is taken from the list; of whoever came and is not on it, or has not agreed there,
    ``otherwise`` says how they did. Where nobody is on the list, it is as the partnership says.
    """
    listed = participants_on(work, case)
    if not listed:
        return
    agreed = [one for one in listed if one.has_agreed]
    left = [one for one in came if not any(each.is_for(one) for each in agreed)]
    shut = [each for each in listed if each.has_conflict]
    if closed := [one.post for one in left if any(each.is_for(one) for each in shut)]:
        raise AnswerRefused(
            "people", f"They declared a conflict and take no part (LC-02): {', '.join(closed)}."
        )
    if left and otherwise is None:
        raise AnswerRefused(
            "agreed_otherwise",
            "They have not agreed to keep the case confidential at their own address. Say how they "
            f"did (LC-01): {', '.join(one.post for one in left)}.",
        )
    if not left and otherwise is not None:
        raise AnswerRefused("agreed_otherwise", "Everybody who came agreed: leave this out.")
