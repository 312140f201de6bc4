"""Dispatches to national bodies brought on their way: made, read, confirmed and accepted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import text
from sqlmodel import Session

from services.casework.document_builders.registry import BUILDERS
from services.casework.document_builders.store_document import make_document
from services.casework.effects import DocumentOrder
from services.casework.effects.tellings import count_email
from services.casework.engine.anonymity_checking import check_report_of
from services.casework.job_context import JobContext
from services.casework.steps.anonymity.checks import AnonymityOrder
from services.casework.steps.dispatches import dispatch_reading as steps
from services.casework.steps.dispatches.dispatched import accepted
from services.database.cases import Case, get_case
from services.database.dispatches import Dispatch, dispatches
from services.database.history import Viewing
from services.database.outbox import DeliveryStatus, case_emails
from services.domain.dispatches import DispatchState, Notice, Proof
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.identifiers import CaseId
from services.domain.roles import Actor, Role
from services.domain.viewings import Viewed
from services.domain.workflow import Step
from services.identity.actors import KEYLINE_ITSELF, service_actor
from tests.desk import Desk
from tests.world import World

_ORDER = text(
    "select step, payload from due_work where case_id = :case and done_at is null"
    " and payload @> jsonb_build_object("
    "'kind', cast(:kind as text), 'version', cast(:version as int))"
)
_ORDERS = text(
    "select step, payload from due_work where case_id = :case and done_at is null"
    " and payload ->> 'type' = 'document' and payload ->> 'kind' = :kind"
)
_CHECKS = text(
    "select step, payload from due_work where case_id = :case and done_at is null"
    " and payload ->> 'type' = 'anonymity'"
)
_DONE = text(
    "update due_work set done_at = clock_timestamp() where case_id = :case and payload = :payload"
)


def make_papers(world: World, case_id: CaseId, when: str | datetime, *notices: Notice) -> None:
    """Make the documents that dispatches of the case wait for, and no other."""
    keyline = _keyline(world, case_id)
    make_checks(world, case_id, when)
    with world.act(keyline, when) as work:
        waiting = [
            (one["kind"], one["version"])
            for dispatch in dispatches(work.session, case_id)
            if dispatch.state is DispatchState.BEING_MADE
            and (not notices or dispatch.notice in notices)
            for one in dispatch.documents
            if "id" not in one
        ]
    for kind, version in dict.fromkeys(waiting):
        _make(world, keyline, case_id, (kind, version), when)


def make_checks(world: World, case_id: CaseId, when: str | datetime) -> None:
    """Make each check of a report that is ordered on the case."""
    keyline = _keyline(world, case_id)
    with world.act(keyline, when) as work:
        orders = work.session.execute(_CHECKS, {"case": case_id}).all()
    for step, payload in orders:
        context = working(world, keyline, case_id, Step(step), when)
        link = check_report_of(context, AnonymityOrder.model_validate(payload))
        with world.act(keyline, when) as work:
            link(work)
            work.session.execute(_DONE, {"case": case_id, "payload": Jsonb(payload)})


def make_kind(world: World, case_id: CaseId, kind: DocumentKind, when: str | datetime) -> None:
    """Make each document of the kind that is ordered on the case, such as each agency's."""
    keyline = _keyline(world, case_id)
    with world.act(keyline, when) as work:
        known = {"case": case_id, "kind": kind.value}
        orders = work.session.execute(_ORDERS, known).all()
    for ordered in orders:
        _make_ordered(world, keyline, case_id, ordered, when)


def send_out(
    world: World, case_id: CaseId, when: str | datetime, *notices: Notice, who: Actor | None = None
) -> None:
    """Have all that waits accepted on the day: made, opened and confirmed by the manager first."""
    manager = who or world.ours.actor(Role.BUSINESS_MANAGER)
    make_papers(world, case_id, when, *notices)
    confirm(world, case_id, when, *notices, who=manager)
    with world.act(_keyline_of(manager), when) as work:
        case = get_case(work.session, case_id)
        for one in _standing(work.session, case_id, DispatchState.ON_ITS_WAY, *notices):
            accepted(work, case, one, Proof.RELAY_ACCEPTED, work.today)


def confirm(
    world: World, case_id: CaseId, when: str | datetime, *notices: Notice, who: Actor
) -> None:
    """Open what waits to be read, and confirm it."""
    with world.act(who, when) as work:
        waiting = _standing(work.session, case_id, DispatchState.TO_CONFIRM, *notices)
        chosen = {one.occasion: one.id for one in waiting}
    read_papers(world, case_id, when, *notices, who=who)
    for dispatch_id in chosen.values():
        with world.act(who, when) as work:
            command = steps.ConfirmDispatch(
                dispatch=dispatch_id, read_to_end=True, no_family_data=True
            )
            steps.confirm_dispatch(work, case_id, command)


def read_papers(
    world: World, case_id: CaseId, when: str | datetime, *notices: Notice, who: Actor
) -> None:
    """Open every document that is made for a dispatch, as who sends it does."""
    with world.act(who, when) as work:
        found = dispatches(work.session, case_id)
        meant = [one for one in found if not notices or one.notice in notices]
        for document_id in {id_ for one in meant for id_ in one.document_ids}:
            open_document(work.session, who, case_id, document_id, work.now)


def accept_emails(
    world: World, case_id: CaseId, when: str | datetime, *events: EmailTrigger
) -> None:
    """Have the mail service accept the emails that wait, or those of these events, on the day."""
    with world.act(_keyline(world, case_id), when) as work:
        case = get_case(work.session, case_id)
        for email in case_emails(work.session, case_id):
            is_meant = (not events or email.event in events) and "dispatch" not in email.content
            if is_meant and email.delivery is DeliveryStatus.PENDING:
                email.delivery, email.sent_at = DeliveryStatus.SENT, work.now
                work.session.add(email)
                work.session.flush()
                count_email(work, case, email)


def dispatches_of(session: Session, case_id: CaseId, notice: Notice) -> list[Dispatch]:
    """Return the notice's dispatches."""
    return [one for one in dispatches(session, case_id) if one.notice is notice]


def open_document(
    session: Session, who: Actor, case_id: CaseId, document_id: UUID, at: datetime
) -> None:
    """Record that the person opened the document, as its download does."""
    session.add(
        Viewing(
            tenant_id=who.partnership_id,
            case_id=case_id,
            document_id=document_id,
            what=Viewed.DOCUMENT,
            person_id=who.person_id,
            role=who.role,
            at=at,
        )
    )


def _make(
    world: World, keyline: Actor, case_id: CaseId, named: tuple[str, int], when: str | datetime
) -> None:
    kind, version = named
    known = {"case": case_id, "kind": kind, "version": version}
    with world.act(keyline, when) as work:
        ordered = work.session.execute(_ORDER, known).one()
    _make_ordered(world, keyline, case_id, ordered, when)


def _make_ordered(
    world: World, keyline: Actor, case_id: CaseId, ordered: Any, when: str | datetime
) -> None:
    step, payload = ordered
    context = working(world, keyline, case_id, Step(step), when)
    link = make_document(BUILDERS, context, DocumentOrder.model_validate(payload))
    with world.act(keyline, when) as work:
        link(work)
        done = {"case": case_id, "payload": Jsonb(payload)}
        work.session.execute(_DONE, done)


def working(
    world: World, keyline: Actor, case_id: CaseId, step: Step, when: str | datetime
) -> JobContext:
    """Return what Keyline itself works with on the case, there and over there."""
    desk = Desk(world)
    return JobContext(
        case_id=case_id,
        step=step,
        now=desk.now(),
        documents=desk.documents,
        store=desk.store,
        transaction=lambda: world.act(keyline, when),
        elsewhere=lambda other: world.act(service_actor(other, KEYLINE_ITSELF), when),
    )


def _standing(
    session: Session, case_id: CaseId, state: DispatchState, *notices: Notice
) -> list[Dispatch]:
    found = dispatches(session, case_id)
    return [one for one in found if one.state is state and (not notices or one.notice in notices)]


def _keyline(world: World, case_id: CaseId) -> Actor:
    """Return Keyline itself in the partnership of ours or theirs whose case it is."""
    for side in (world.ours, world.theirs):
        actor = side.actor(Role.BUSINESS_MANAGER)
        with world.act(actor) as work:
            if work.session.get(Case, (side.partnership_id, case_id)) is not None:
                return _keyline_of(actor)
    raise LookupError(case_id)


def _keyline_of(actor: Actor) -> Actor:
    return service_actor(actor.partnership_id, KEYLINE_ITSELF)
