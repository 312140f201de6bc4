"""The agreement on which partnership leads a joint review, in the case of each side (RR-28, RR-29).

It tells what the invitation said and how it was answered, or who agreed on another lead and why.
"""

from dataclasses import dataclass
from datetime import date

from services.casework.document_builders.context import BuilderContext, DocumentContent, on_day
from services.casework.labels import label
from services.casework.steps.joint.answer import AnswerInvitation
from services.casework.steps.joint.arrivals import InvitationReceived
from services.casework.steps.joint.changed import ChangeMade
from services.casework.steps.joint.invitation import InvitationKept
from services.casework.steps.joint.replies import ReplyReceived
from services.casework.steps.joint.settlement import person_named
from services.database.history import newest_read
from services.database.joint_reviews import joined_by
from services.domain.documents import Answer, PaperSection, Table
from services.domain.entry_types import EntryType
from services.domain.errors import NotFound
from services.domain.plain_text import capital
from services.domain.working_days import london_date


@dataclass(frozen=True, slots=True)
class _Side:
    """A partnership that agreed: its name, who of it did, on which day, and why."""

    partnership: str
    person: str
    on: date
    why: str


def lead_agreement(context: BuilderContext) -> DocumentContent:
    """Build it as of what was agreed: an answered invitation, or a change of the lead."""
    entry = context.history.entries[-1]
    if entry.entry_type is EntryType.JOINT_REVIEW_CHANGED:
        return _changed(context)
    if entry.entry_type is EntryType.REPLY_RECEIVED:
        return _answered_to_us(context)
    return _answered_by_us(context)


def _changed(context: BuilderContext) -> DocumentContent:
    made = ChangeMade.model_validate(context.history.newest.command)
    rows = (
        ("Proposed", made.proposed_by, made.proposed_because),
        ("Agreed", made.agreed_by, made.agreed_because),
    )
    table = Table(caption="", columns=("Step", "Who", "Why"), rows=rows)
    agreed_on = date.fromisoformat(made.agreed_on)
    return DocumentContent(
        sections=(PaperSection(heading="Who agreed, and why", table=table),),
        details={"Leads from then on": made.partnership, "Agreed on": on_day(agreed_on)},
    )


def _answered_to_us(context: BuilderContext) -> DocumentContent:
    """Build it where the invitation is ours."""
    entry = context.history.newest
    reply = ReplyReceived.model_validate(entry.command)
    sent = [
        one
        for one in context.history.all(EntryType.PARTNERSHIP_INVITED)
        if one.command["partnership"] == reply.partnership
    ]
    invited = InvitationKept.model_validate(sent[-1].command)
    person = person_named(context.work, sent[-1].person_id)
    ours = context.work.partnership.name
    return _agreed(
        invited,
        _Side(ours, person, london_date(sent[-1].at), invited.reasons),
        _Side(
            reply.partnership,
            reply.answered_by or reply.partnership,
            london_date(entry.at),
            reply.reasons,
        ),
    )


def _answered_by_us(context: BuilderContext) -> DocumentContent:
    """Build it where the answer is ours: it stands on the case that the invitation opened."""
    session, opened = context.work.session, joined_by(context.work.session, context.case.id)
    received = newest_read(session, opened, EntryType.INVITATION_RECEIVED) if opened else None
    answered = newest_read(session, opened, EntryType.INVITATION_ANSWERED) if opened else None
    if received is None or answered is None:
        raise NotFound("What was agreed on the lead is not on record.")
    invited = InvitationReceived.model_validate(received.command)
    said = AnswerInvitation.model_validate(answered.command)
    person = person_named(context.work, answered.person_id)
    return _agreed(
        invited,
        _Side(
            invited.partnership,
            invited.invited_by or invited.partnership,
            london_date(received.at),
            invited.reasons,
        ),
        _Side(context.work.partnership.name, person, london_date(answered.at), said.reasons),
    )


def _agreed(
    invited: InvitationKept | InvitationReceived, inviting: _Side, answering: _Side
) -> DocumentContent:
    columns = ("Partnership", "By", "On", "Why")
    rows = tuple(
        (one.partnership, one.person, on_day(one.on), one.why) for one in (inviting, answering)
    )
    answers = (
        Answer(label="Leads", text=invited.lead),
        Answer(label="Why it leads", text=invited.lead_reasons),
        Answer(label="Area in which the child usually lives", text=invited.residence),
        Answer(label="Area in which the incident took place", text=invited.incident),
    )
    part = {"Its part in the review": capital(label(invited.part))}
    return DocumentContent(
        sections=(
            PaperSection(heading="Who leads", answers=answers),
            PaperSection(
                heading="Who agreed, and why",
                table=Table(caption="", columns=columns, rows=rows),
            ),
        ),
        details={
            "Invited by": inviting.partnership,
            "Accepted by": answering.partnership,
            **(part if answering.partnership != invited.lead else {}),
            "Agreed on": on_day(answering.on),
        },
    )
