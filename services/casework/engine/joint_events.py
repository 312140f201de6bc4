"""A learning event between partnerships: told to who contributes, who tells who takes part.

As in `joint_settling`: done by Keyline in the other partnership's own unit of work, once.
"""

from services.casework.engine.joint_delivery import on_their_case
from services.casework.job_context import JobContext, JobHandlers, Link
from services.casework.joint.orders import DeliverPractitioners, TellLearningEvent
from services.casework.steps.joint.event_told import (
    NoteLearningEvent,
    PostElsewhere,
    ReceivePractitioners,
    note_learning_event,
    receive_practitioners,
)
from services.casework.steps.learning_event.beside_lead import RecordPractitionersThere
from services.casework.steps.learning_event.leads_event import SharedTheme
from services.casework.steps.learning_event.plan import LearningEventPlanned, confirmed_themes
from services.casework.steps.learning_event.planning import CallOffLearningEvent
from services.database.cases import get_case
from services.database.history import Entry
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.identifiers import CaseId


def tell_learning_event(context: JobContext, order: TellLearningEvent) -> Link:
    """Put the event, as the entry says it, on record where practitioners are to be invited."""
    with context.transaction() as ours:
        entry = ours.session.get_one(Entry, (ours.actor.partnership_id, order.entry_id))
        command = _called_off(ours, entry) if order.is_off else _planned(ours, entry)
    return on_their_case(context, order, note_learning_event, command)


def deliver_practitioners(context: JobContext, order: DeliverPractitioners) -> Link:
    """Tell who leads which of our practitioners are invited, or which of them came."""
    with context.transaction() as ours:
        entry = ours.session.get_one(Entry, (ours.actor.partnership_id, order.entry_id))
        named = agency_names(ours.session)
        nobody = None
        if entry.entry_type is EntryType.LEARNING_EVENT_PLANNED:
            invited = LearningEventPlanned.model_validate(entry.command).invited
            people = [PostElsewhere(agency=named[one.agency], post=one.post) for one in invited]
        else:
            said = RecordPractitionersThere.model_validate(entry.command)
            nobody = said.nobody
            people = [
                PostElsewhere(
                    agency=named[one.agency],
                    post=one.post,
                    presence=one.presence,
                    heard=one.heard,
                )
                for one in said.people
            ]
        command = ReceivePractitioners(
            partnership=ours.partnership.name,
            people=tuple(people),
            nobody=nobody,
            entry_id=entry.id,
            partnership_id=entry.tenant_id,
        )
    return on_their_case(context, order, receive_practitioners, command)


EVENTS: JobHandlers = {
    TellLearningEvent: tell_learning_event,
    DeliverPractitioners: deliver_practitioners,
}


def _planned(ours: UnitOfWork, entry: Entry) -> NoteLearningEvent:
    plan = LearningEventPlanned.model_validate(entry.command)
    case = get_case(ours.session, CaseId(entry.case_id))
    themes = confirmed_themes(ours, case) if plan.shares_themes else ()
    return NoteLearningEvent(
        partnership=ours.partnership.name,
        way=plan.way,
        sittings=plan.sittings,
        facilitated_by=plan.facilitated_by,
        themes=tuple(SharedTheme(theme=one) for one in themes),
        reasons=plan.why_changed,
        entry_id=entry.id,
    )


def _called_off(ours: UnitOfWork, entry: Entry) -> NoteLearningEvent:
    """Return that it is off; without reasons of its own the local review has ended."""
    is_act = entry.entry_type is EntryType.LEARNING_EVENT_CALLED_OFF
    said = CallOffLearningEvent.model_validate(entry.command).reasons if is_act else None
    return NoteLearningEvent(
        partnership=ours.partnership.name,
        reasons=said or "The local review has ended.",
        entry_id=entry.id,
        is_off=True,
    )
