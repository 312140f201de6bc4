"""Changing the bank holidays of the whole platform: one operator proposes, another answers.

Nothing is taken back: what was wrong is changed by a later proposal. Both acts stand in the
installation's own audit chain, for they belong to no partnership.
"""

from datetime import date
from uuid import UUID

from pydantic import Field
from sqlmodel import Session

from services.casework.audit import changed_holidays
from services.casework.commands import Command, Day, ProposalChoice, ShortText, YesNo
from services.casework.engine.transactions import TransactionContext, translated
from services.casework.form_keys import USED_OTHERWISE
from services.database import audit, sessions, sign_in_attempts
from services.database.bank_holidays import (
    HolidayAnswer,
    HolidayProposal,
    calendar_in_force,
    proposals,
)
from services.domain.audit import AdministrativeEvent
from services.domain.errors import AlreadyDone, AnswerRefused, FormUsedOtherwise
from services.domain.roles import Actor, Permission
from services.domain.working_days import WEEKEND, Calendar, OutsideCalendar, written

_LOCK = "bank holidays"  # two changes at one moment wait for each other
_EVENTS = {
    True: AdministrativeEvent.HOLIDAY_APPROVED,
    False: AdministrativeEvent.HOLIDAY_REFUSED,
}


class ProposeHoliday(Command):
    """A day that becomes a bank holiday, one that is none any more, or both: a move."""

    held_on: Day | None = Field(
        default=None,
        title="Which day becomes a bank holiday?",
        description="Leave it empty where a bank holiday is only struck out.",
    )
    struck_out: Day | None = Field(
        default=None,
        title="Which day is no bank holiday any more?",
        description="To move a bank holiday, give both days.",
    )
    title: ShortText = Field(
        title="What is it called?", description="As published, for example Spring bank holiday."
    )
    source: ShortText = Field(
        title="Where is it published?",
        description="The proclamation or the notice, with its address. Owners of cases read it.",
    )


class AnswerHoliday(Command):
    """What a second person says of a proposed change."""

    proposal: ProposalChoice = Field(title="Which change?")
    is_approved: YesNo = Field(
        title="Does it come into force?",
        description="The open clocks of every partnership are then counted again.",
    )
    reasons: ShortText | None = Field(default=None, title="Why not, if it does not?")


def propose_holiday(
    actor: Actor, context: TransactionContext, command: ProposeHoliday, once: UUID
) -> None:
    """Put a change of the bank holidays to the other people of operations.

    ``once`` is the key of the form: posted twice, it is one proposal; with other words it is
    refused.
    """
    actor.must(Permission.CHANGE_BANK_HOLIDAYS)
    with translated(), sessions.of_installation(context.engine, actor.person_id) as session:
        sign_in_attempts.one_at_a_time(session, _LOCK)
        if _is_repeated(session, once, command):
            return
        _must_change_something(command, calendar_in_force(session, context.calendar))
        proposal = HolidayProposal(id=once, proposed_by=actor.person_id, **command.model_dump())
        session.add(proposal)
        _note(session, actor, AdministrativeEvent.HOLIDAY_PROPOSED, proposal)


def answer_holiday(actor: Actor, context: TransactionContext, command: AnswerHoliday) -> None:
    """Let a proposed change come into force, or refuse it; another person answers than proposed."""
    actor.must(Permission.CHANGE_BANK_HOLIDAYS)
    with translated(), sessions.of_installation(context.engine, actor.person_id) as session:
        sign_in_attempts.one_at_a_time(session, _LOCK)
        proposal = session.get(HolidayProposal, command.proposal)
        if proposal is None:
            raise AnswerRefused("proposal", "Choose one of the changes shown.")
        if session.get(HolidayAnswer, proposal.id) is not None:
            raise AlreadyDone("This change has been answered already. The first answer stands.")
        if proposal.proposed_by == actor.person_id:
            raise AnswerRefused("proposal", "Another person answers it: you proposed this change.")
        if not command.is_approved and not command.reasons:
            raise AnswerRefused("reasons", "Say why it does not come into force.")
        session.add(
            HolidayAnswer(
                proposal_id=proposal.id,
                proposed_by=proposal.proposed_by,
                is_approved=command.is_approved,
                reasons=command.reasons or "",
                answered_by=actor.person_id,
            )
        )
        _note(session, actor, _EVENTS[command.is_approved], proposal)


def waiting_proposals(session: Session) -> list[HolidayProposal]:
    """Return the proposals without an answer, newest first."""
    return [proposal for proposal, answer in proposals(session) if answer is None]


def _is_repeated(session: Session, once: UUID, command: ProposeHoliday) -> bool:
    """Tell whether this very form was sent already; refuse its key with other words (P4)."""
    known = session.get(HolidayProposal, once)
    if known is None:
        return False
    if known.model_dump(include=set(ProposeHoliday.model_fields)) != command.model_dump():
        raise FormUsedOtherwise(USED_OTHERWISE)
    return True


def _must_change_something(command: ProposeHoliday, calendar: Calendar) -> None:
    """Refuse a change that names no day, or changes nothing of the calendar in force."""
    if command.held_on is None and command.struck_out is None:
        raise AnswerRefused("held_on", "Enter the day that changes.")
    if command.struck_out is not None and not _title_on("struck_out", command.struck_out, calendar):
        raise AnswerRefused("struck_out", f"{written(command.struck_out)} is no bank holiday.")
    if command.held_on is not None and _title_on("held_on", command.held_on, calendar):
        raise AnswerRefused("held_on", f"{written(command.held_on)} is a bank holiday already.")
    if command.held_on is not None and command.held_on.weekday() in WEEKEND:
        raise AnswerRefused("held_on", "A day at a weekend is no working day already.")


def _title_on(field: str, day: date, calendar: Calendar) -> str:
    try:
        calendar.must_cover(day)
    except OutsideCalendar as error:
        raise AnswerRefused(field, str(error)) from None
    return calendar.bank_holidays.get(day, "")


def _note(
    session: Session, actor: Actor, event: AdministrativeEvent, proposal: HolidayProposal
) -> None:
    audit.append(session, [changed_holidays(event, actor, proposal)])
