"""The calendar entry that goes with an invitation: made when the email is written, never kept."""

from dataclasses import replace

from services.casework.steps.rapid_review.meeting import SetMeeting
from services.database.cases import Case
from services.database.history import entry_numbered
from services.database.outbox import OutboxEmail
from services.database.unit_of_work import UnitOfWork
from services.domain.invitations import AGENDA, LASTS, Invitation
from services.domain.message_ids import NO_DOMAIN
from services.mail import Email
from services.mail.calendar_entries import CalendarEntry, attached


def with_invitation(work: UnitOfWork, case: Case, outbox_email: OutboxEmail, email: Email) -> Email:
    """Attach the meeting where the email invites, with the moment and place that the act set.

    The same email is written the same way twice: nothing in it comes from the clock.
    """
    told = outbox_email.content.get("invitation")
    if told is None:
        return email
    invitation = Invitation(**told)
    set_by = entry_numbered(work.session, case.id, invitation.set_by)
    meeting = SetMeeting.model_validate(set_by.command)
    entry = CalendarEntry(
        uid=f"{case.id}.meeting@{NO_DOMAIN}",
        sequence=invitation.sequence,
        is_cancelled=invitation.is_cancelled,
        made_at=outbox_email.posted_at,
        begins_at=meeting.meeting_at,
        lasts=LASTS,
        place=meeting.place,
        agenda=AGENDA,
        reference=case.reference,
        organizer=email.sender,
        attendee=email.recipient,
    )
    return replace(email, attachments=(attached(entry),))
