"""How a row is told by the API: each thing in its shape."""

from services.casework.labels import label
from services.database.actions import Action
from services.database.assignments import Assignment
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.documents import Document
from services.database.history import Entry
from services.domain.plain_text import capital
from services.web.api import shapes
from services.web.timeline import Told


def case(row: Case) -> shapes.CaseTold:
    """Tell how a case stands."""
    return shapes.CaseTold(
        id=row.id,
        reference=row.reference,
        stage=row.stage,
        stage_words=label(row.stage),
        opened_at=row.opened_at,
        referred_at=row.referred_at,
        closed_at=row.closed_at,
        guidance_version=row.policy_version,
    )


def clock(row: RunningClock) -> shapes.ClockTold:
    """Tell a duty with a time limit."""
    return shapes.ClockTold(
        id=row.id,
        clock=row.clock,
        duty=row.duty,
        rule=row.rule,
        subject=row.subject,
        opens=row.opens,
        due=row.due,
        first_due=row.first_due,
        met_on=row.met_on,
        ended_on=row.ended_on,
        ended_because=row.ended_because,
    )


def todo(row: Assignment) -> shapes.TodoTold:
    """Tell what somebody is to do."""
    return shapes.TodoTold(
        id=row.id,
        todo=row.todo,
        words=label(row.todo),
        step=row.step,
        role=row.role,
        agency_id=row.agency_id,
        opened_at=row.opened_at,
        last_day=row.last_day,
    )


def done(row: Entry) -> shapes.EntryTold:
    """Tell a system that something was done: what and when, not by whom nor what was said."""
    return shapes.EntryTold(
        number=row.number,
        entry_type=row.entry_type,
        words=capital(label(row.entry_type)),
        at=row.at,
    )


def happened(told: Told) -> shapes.EntryTold:
    """Tell a person what was done, by whom, and what was said as far as they read it."""
    return shapes.EntryTold(
        number=told.number,
        entry_type=None,
        words=told.entry_type,
        at=told.at,
        who=told.who,
        role=told.role,
        said=[shapes.AnswerTold(label=one.label, text=one.text) for one in told.said],
    )


def action(row: Action, of: Case) -> shapes.ActionTold:
    """Tell whose an action is and by when, and no word of it."""
    return shapes.ActionTold(
        id=row.id,
        case_id=row.case_id,
        reference=of.reference,
        number=row.number,
        agency_id=row.agency_id,
        progress=row.progress,
        last_day=row.last_day,
    )


def publication(row: Case) -> shapes.PublicationTold:
    """Tell when the report of a case is published."""
    return shapes.PublicationTold(
        case_id=row.id,
        reference=row.reference,
        publish_on=row.publish_on,
        published_on=row.published_on,
    )


def document(row: Document, href: str) -> shapes.DocumentTold:
    """Tell a document, and where it is fetched."""
    return shapes.DocumentTold(
        id=row.id,
        kind=row.kind,
        title=row.shown_title,
        filename=row.filename,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        version=row.version,
        made_at=row.made_at,
        href=href,
    )
