"""Pausing a partnership's machine work: a row of ours, asked before each piece of work begins.

Prefect's queue holds back whole runs, and a joint review's run is in the queue of the partnership
that leads. This holds back the work of one partnership alone: the run that it shares goes on for
the others, whoever leads. People's acts, clocks and reminders go on; what is ordered waits.
"""

from dataclasses import replace

from pydantic import Field

from services.casework.audit import note_administration
from services.casework.commands import Command, PartnershipChoice, ShortText, YesNo
from services.casework.engine.transactions import TransactionContext, translated
from services.database import watch
from services.database.partnerships import lock_partnership
from services.database.unit_of_work import unit_of_work
from services.domain.audit import AdministrativeEvent
from services.domain.errors import AnswerRefused
from services.domain.identifiers import PartnershipId
from services.domain.roles import Actor, Permission

_EVENTS = {True: AdministrativeEvent.WORK_PAUSED, False: AdministrativeEvent.WORK_RESUMED}


class SetPause(Command):
    """Whether a partnership's machine work is paused from now on."""

    partnership: PartnershipChoice = Field(title="Which partnership?")
    is_paused: YesNo = Field(
        title="Shall its machine work wait?",
        description="What has begun is finished. Acts of people, clocks and reminders go on.",
    )
    because: ShortText | None = Field(
        default=None,
        title="Why, if it is to wait?",
        description="Operators read this: name no person and no case.",
    )


def set_pause(actor: Actor, context: TransactionContext, command: SetPause) -> None:
    """Let no further piece of the partnership's machine work begin, or let what waited go on.

    It stands in the chain of the partnership, by the operator who did it; the reason is for
    operators and stays in the row. Nothing is woken here: the reconciler's next look finds the
    work that is due again.
    """
    actor.must(Permission.PAUSE_WORK)
    if command.partnership not in watch.partnerships(context.engine):
        raise AnswerRefused("partnership", "Choose one of the partnerships shown.")
    if command.is_paused and not command.because:
        raise AnswerRefused("because", "Say why its machine work is to wait.")
    there = replace(actor, partnership_id=PartnershipId(command.partnership))
    with translated(), unit_of_work(context.engine, there, context.now(), context.calendar) as work:
        partnership = lock_partnership(work.session)
        partnership.work_paused_at = work.now if command.is_paused else None
        partnership.work_paused_because = command.because or "" if command.is_paused else ""
        work.session.add(partnership)
        note_administration(work, _EVENTS[command.is_paused])
