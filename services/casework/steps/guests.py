"""People without an account: invited for one agency on one case, and shut out again."""

from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry, record_entry_as
from services.casework.commands import (
    AgencyChoice,
    Command,
    GuestChoice,
    LongText,
    ShortText,
)
from services.casework.effects.addressees import Declared
from services.casework.effects.guest_access import end_access, guest_named, let_guest_in
from services.casework.effects.guest_emails import enqueue_address
from services.database.cases import Case
from services.database.guests import Guest, guests
from services.database.partnerships import agency_on
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.guests import open_until
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage
from services.mail import one_address


class InviteGuest(Command):
    """A person without an account, such as a practice nurse or a teacher, on this case only.

    They get a one-time address by email, and a code by another. They declare their interests
    before they read anything, see their agency's own part, and can be named to attend the meeting.
    """

    agency: AgencyChoice = Field(title="For which agency do they come?")
    name: ShortText = Field(title="Full name")
    post: ShortText = Field(title="Post", description="Their role in the agency.")
    telephone: ShortText = Field(title="Work telephone number")
    email: ShortText = Field(title="Work email address")
    verified_by: ShortText = Field(
        title="Who verified the address, and how?",
        description="For example: rang the practice on its published number.",
    )


def invite_guest(work: UnitOfWork, case_id: CaseId, command: InviteGuest) -> Case:
    """Let the person in for some weeks, and send them the address at which they declare (G7).

    Invited again, their access is open again for as long.
    """
    case = begin(work, case_id, INVITE_GUEST, command)
    agency = agency_on(work.session, case.id, command.agency)
    if not agency.is_reached:
        raise AnswerRefused("agency", "A second person confirms its address first.")
    address = one_address(command.email)
    must_have_no_conflict(work, case, address)
    guest = guest_named(work, case, agency.id, address, command.name)
    guest.post, guest.telephone = command.post, command.telephone
    guest.invited_by, guest.ended_at = work.actor.person_id, None
    guest.closes_on = open_until(work.today, work.calendar)
    let_guest_in(work, guest)
    entry = record_entry(work, case, INVITE_GUEST, command, subject=str(guest.person_id))
    enqueue_address(work, case, guest, str(entry.number))
    return case


INVITE_GUEST = Act(
    name="invite_guest",
    command=InviteGuest,
    perform=invite_guest,
    permission=Permission.RUN_SCOPING,
    doing="invite a guest",
    stages=frozenset(Stage) - {Stage.CLOSED},
    entry=EntryType.GUEST_INVITED,
    section=Section.INTERNAL,
)


class EndGuestAccess(Command):
    """An access that must end now, for example because the person has left.

    Where an email went to the wrong mailbox, say so as what went to the wrong person: the 72 hours
    of a data breach run then. What they open is closed at their next page. The one-time addresses
    that went to their mailbox open nothing any more; a new email of the case brings a new one.
    """

    guest: GuestChoice = Field(title="Whose access ends?")
    reasons: LongText = Field(title="Why?")


class GuestAccessEnded(Command):
    """What is kept of it."""

    name: str = Field(title="Whose access ended?")
    reasons: str = Field(title="Why?")


def end_guest_access(work: UnitOfWork, case_id: CaseId, command: EndGuestAccess) -> Case:
    """Shut the guest out, and close every address that went to their mailbox."""
    case = begin(work, case_id, END_GUEST_ACCESS, command)
    guest = _let_in(work, case, command.guest)
    end_access(
        work,
        case,
        lambda link: link.guest_id == guest.id or link.address == guest.address,
        lambda one: one.id == guest.id,
    )
    kept = GuestAccessEnded(name=guest.name, reasons=command.reasons)
    entered = Entered(subject=str(guest.person_id), kept=kept)
    record_entry_as(work, case, END_GUEST_ACCESS, command, entered)
    return case


def has_guests(work: UnitOfWork, case: Case) -> bool:
    """Tell whether anybody is a guest whose access was not ended: a lapsed one is opened again.

    The next email to them brings another address.
    """
    return any(one.ended_at is None for one in guests(work.session, case.id))


END_GUEST_ACCESS = Act(
    name="end_guest_access",
    command=EndGuestAccess,
    which="guest",
    perform=end_guest_access,
    permission=Permission.RUN_SCOPING,
    doing="end a guest's access",
    stages=frozenset(Stage),
    entry=EntryType.GUEST_ACCESS_ENDED,
    kept=GuestAccessEnded,
    is_offered=has_guests,
    section=Section.INTERNAL,
)


def _let_in(work: UnitOfWork, case: Case, guest_id: UUID) -> Guest:
    for one in guests(work.session, case.id):
        if one.id == guest_id and one.ended_at is None:
            return one
    raise AnswerRefused("guest", "Choose a guest whose access was not ended.")


def must_have_no_conflict(work: UnitOfWork, case: Case, address: str) -> None:
    """Refuse the address of somebody to whom a conflict has closed the case (LC-02)."""
    if Declared.on(work, case).closes(work, address):
        raise AnswerRefused("email", "Whoever has this address declared a conflict in this case.")
