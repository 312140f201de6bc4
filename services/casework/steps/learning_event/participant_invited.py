"""A practitioner is put on the list of the learning event in their own person, and taken off it.

They get a one-time address, declare and agree first (LC-01), and then see the papers of the event.
"""

from typing import Final

from pydantic import Field

from services.casework.access.learning import event_opens_until, post_key
from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import (
    AgencyChoice,
    Command,
    GuestChoice,
    LongText,
    ShortText,
)
from services.casework.effects.guest_access import let_guest_in, participant_named
from services.casework.effects.guest_emails import enqueue_to_participant
from services.casework.steps.guests import must_have_no_conflict
from services.casework.steps.learning_event.participants import (
    ListedPractitioner,
    end_access_of,
    must_be_the_only_one,
    participants_on,
)
from services.casework.steps.learning_event.plan import (
    EventStanding,
    PostInvited,
    has_planned_event,
)
from services.casework.steps.learning_event.planning import must_be_planned
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage
from services.mail import one_address

_VERIFIED: Final = "Who verified the address, and how?"
_WHILE_REVIEWED: Final = frozenset({Stage.LOCAL_REVIEW, Stage.JOINT_REVIEW})


class InviteParticipant(Command):
    """A practitioner who comes to the learning event, on a list of its own (LC-01, LC-37).

    They get a one-time address by email, and a code by another. There they declare their interests
    and agree to keep the case confidential, and then read the papers of the event; of the case they
    see nothing else. Their name and address stand on the list alone, which those who run the review
    read: in no paper, and not in the timeline.
    """

    agency: AgencyChoice = Field(title="Of which agency?")
    invited_as: ShortText = Field(
        title="As which post?", description="As the plan of the event has it."
    )
    name: ShortText = Field(title="Full name")
    email: ShortText = Field(title="Work email address", description="Their own, not a team's.")
    verified_by: ShortText = Field(
        title=_VERIFIED,
        description="For example: rang the agency on "
        "its published number. Name nobody: it stands in the timeline.",
    )


class ParticipantInvited(PostInvited):
    """What the timeline holds of it: no name."""

    verified_by: ShortText = Field(title=_VERIFIED)


def invite_participant(work: UnitOfWork, case_id: CaseId, command: InviteParticipant) -> Case:
    """Put them on the list, and send the address at which they declare and agree first (G7).

    Invited again, their access is open again. It lasts for some time after the event.
    """
    case = begin(work, case_id, INVITE_PARTICIPANT, command)
    event = must_be_planned(work, case)
    post = _invited_post(event, command)
    address = one_address(command.email)
    must_have_no_conflict(work, case, address)
    guest = participant_named(work, case, command.agency, address, command.name)
    must_be_the_only_one(work, case, guest, post)
    guest.post, guest.invited_by, guest.ended_at = post.post, work.actor.person_id, None
    guest.closes_on = event_opens_until(work, case)
    let_guest_in(work, guest)
    kept = ParticipantInvited(**dict(post), verified_by=command.verified_by)
    entered = Entered(subject=str(guest.person_id), kept=kept)
    entry = record_entry_as(work, case, INVITE_PARTICIPANT, command, entered)
    invited = EmailTrigger.PARTICIPANT_INVITED
    enqueue_to_participant(work, case, guest, invited, str(entry.number))
    return case


INVITE_PARTICIPANT = Act(
    name="invite_participant",
    command=InviteParticipant,
    perform=invite_participant,
    permission=Permission.HOLD_LEARNING_EVENT,
    doing="invite a practitioner to the learning event in their own person",
    stages=_WHILE_REVIEWED,
    entry=EntryType.PARTICIPANT_INVITED,
    kept=ParticipantInvited,
    is_offered=has_planned_event,
    section=Section.INTERNAL,
)


class WithdrawParticipant(Command):
    """A practitioner whose access to the learning event ends now, such as one who has left.

    Who declared a conflict sees nothing already. What they open is closed at their next page, and
    the one-time addresses that were made for them open nothing any more.
    """

    guest: GuestChoice = Field(title="Whose access ends?")
    reasons: LongText = Field(title="Why?", description="Name nobody: it stands in the timeline.")


class ParticipantWithdrawn(PostInvited):
    """What the timeline holds of it: no name."""

    reasons: str = Field(title="Why?")


def withdraw_participant(work: UnitOfWork, case_id: CaseId, command: WithdrawParticipant) -> Case:
    """Shut the practitioner out, and close every address that was made for them."""
    case = begin(work, case_id, WITHDRAW_PARTICIPANT, command)
    found = (one.guest for one in _let_in(work, case))
    guest = next((one for one in found if one.id == command.guest), None)
    if guest is None:
        raise AnswerRefused("guest", "Choose somebody of the list whose access was not ended.")
    end_access_of(work, case, guest)
    kept = ParticipantWithdrawn(agency=guest.agency_id, post=guest.post, reasons=command.reasons)
    entered = Entered(subject=str(guest.person_id), kept=kept)
    record_entry_as(work, case, WITHDRAW_PARTICIPANT, command, entered)
    return case


def has_participants(work: UnitOfWork, case: Case) -> bool:
    """Tell whether anybody is on the list whose access was not ended."""
    return bool(_let_in(work, case))


WITHDRAW_PARTICIPANT = Act(
    name="withdraw_participant",
    command=WithdrawParticipant,
    which="guest",
    perform=withdraw_participant,
    permission=Permission.HOLD_LEARNING_EVENT,
    doing="end a practitioner's access to the learning event",
    stages=frozenset(Stage),
    entry=EntryType.PARTICIPANT_WITHDRAWN,
    kept=ParticipantWithdrawn,
    is_offered=has_participants,
    section=Section.INTERNAL,
)


def _let_in(work: UnitOfWork, case: Case) -> list[ListedPractitioner]:
    return [one for one in participants_on(work, case) if one.is_let_in]


def _invited_post(event: EventStanding, command: InviteParticipant) -> PostInvited:
    """Return the post as the plan calls it; refuse one that is not invited to the event (LC-37)."""
    wanted = post_key(command.agency, command.invited_as)
    for one in event.posts:
        if post_key(one.agency, one.post) == wanted:
            return one
    of_it = [one.post for one in event.posts if one.agency == command.agency]
    if not of_it:
        raise AnswerRefused("agency", "No practitioner of this agency is invited to the event.")
    raise AnswerRefused("invited_as", f"Enter a post that is invited (LC-37): {', '.join(of_it)}.")
