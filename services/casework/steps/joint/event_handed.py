"""A planned learning event goes on when another partnership leads the joint review (LC-37, LC-38).

Its days stand, and nobody who was invited is told that it is off: the new lead holds it, moves it
or calls it off, and the former lead takes part in it with its own practitioners.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from services.casework.act import Entered, record_entry, record_entry_as
from services.casework.joint.handing import HandedOver, hand_over
from services.casework.joint.telling_event import deliver_practitioners
from services.casework.steps.joint.event_told import NOTE_LEARNING_EVENT
from services.casework.steps.learning_event.event_turns import ask_to_hold
from services.casework.steps.learning_event.leads_event import LeadsEvent, SharedTheme
from services.casework.steps.learning_event.plan import (
    OF_THE_EVENT,
    LearningEventPlanned,
    confirmed_themes,
    planned_event,
)
from services.casework.steps.learning_event.planning import PLAN_LEARNING_EVENT, invite_agencies
from services.database.cases import Case
from services.database.history import facts
from services.database.shown import known_partnerships
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType

GOES_ON: Final = "Another partnership leads the review. The event goes on as it was planned."
_TOLD_LEAD: Final = frozenset({EntryType.LEARNING_EVENT_PLANNED, EntryType.PRACTITIONERS_THERE})


def review_to_hand_over(work: UnitOfWork, case: Case) -> HandedOver:
    """Return the lead's record of the review, with the plan of the event that is to be held."""
    event, handed = planned_event(work, case), hand_over(work, case)
    return handed if event is None else replace(handed, event=event.plan.model_dump(mode="json"))


def take_over_event(work: UnitOfWork, case: Case, handed: Mapping[str, Any] | None) -> None:
    """Hold the event that the lead before has planned, with those of ours who are invited already.

    Where they were invited to other days, their agencies are written to anew.
    """
    if handed is None:
        return
    own, plan = planned_event(work, case), LearningEventPlanned.model_validate(handed)
    ours = () if own is None else own.plan.invited
    goes_on = plan.model_copy(update={"invited": ours, "why_changed": GOES_ON})
    entry = record_entry(work, case, PLAN_LEARNING_EVENT, goes_on)
    is_to_come = max(one.held_on for one in plan.sittings) > work.today
    if own is not None and own.plan.sittings != plan.sittings and is_to_come:
        invite_agencies(work, case, entry, goes_on, own)
    ask_to_hold(work, case, goes_on)


def leave_event(work: UnitOfWork, case: Case, lead_id: UUID) -> None:
    """Take part from now on in the event that we have planned: whoever leads now holds it."""
    event = planned_event(work, case)
    if event is None:
        return
    plan = event.plan
    themes = confirmed_themes(work, case) if plan.shares_themes else ()
    told = LeadsEvent(
        partnership=known_partnerships(work.session)[lead_id],
        way=plan.way,
        sittings=plan.sittings,
        facilitated_by=plan.facilitated_by,
        themes=tuple(SharedTheme(theme=one) for one in themes),
        reasons=GOES_ON,
    )
    entered = Entered(subject=str(event.newest.id), kept=told)
    record_entry_as(work, case, NOTE_LEARNING_EVENT, told, entered)
    tell_who_comes(work, case)


def tell_who_comes(work: UnitOfWork, case: Case) -> None:
    """Tell whoever leads now which practitioners of ours are invited to the event, or came."""
    newest = facts(work.session, case.id, *OF_THE_EVENT)[-1:]
    if newest and newest[0].entry_type in _TOLD_LEAD:
        deliver_practitioners(work, case, newest[0].id)
