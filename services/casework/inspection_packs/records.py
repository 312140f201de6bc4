"""What the acts on inspection packs have in common: who may, the form's key, the step on record."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from services.casework.audit import note_row
from services.casework.commands import Command
from services.casework.form_keys import form_digest, is_same_form
from services.casework.inspection_packs.access import pack_to_read
from services.casework.inspection_packs.standing import FROZEN, PackStanding
from services.database.directory import form_that_made
from services.database.inspection import TABLES, InspectionStep, newest_number
from services.database.partnerships import lock_partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import InspectionEvent
from services.domain.errors import AlreadyDone
from services.domain.labels import label
from services.domain.roles import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPackStep:
    """A step to be put on record: which, its words, its id, about which other, of which case.

    ``form`` is the digest of the form that made it, where a form did by itself.
    """

    event: InspectionEvent
    words: Command
    id: UUID
    about: InspectionStep | None = None
    case_id: UUID | None = None
    form: str | None = None


def begin_pack_step(
    work: UnitOfWork,
    pack_id: UUID,
    permission: Permission,
    command: Command,
    about: UUID | None = None,
) -> PackStanding | None:
    """Return a pack to somebody who may act on it; None: this very form was sent already.

    It waits for whoever acts on a pack now. Raises NotPermitted and NotFound.
    """
    work.actor.must(permission)
    lock_partnership(work.session)
    pack = pack_to_read(work, pack_id)
    return None if was_sent(work, command, about or pack_id) else pack


def must_be_changeable(pack: PackStanding) -> None:
    """Refuse to change a pack that has left, or is closed: a newer one takes its place."""
    if pack.state in FROZEN:
        raise AlreadyDone(
            f"This pack is {label(pack.state)}: it stays as it is. Open a newer one in its place."
        )


def was_sent(work: UnitOfWork, command: Command, about: UUID | None = None) -> bool:
    """Tell whether this very form was sent already; refuse its key with other words (P4)."""
    if work.once is None:
        return False
    known = form_that_made(work.session, (work.once,), TABLES)
    return is_same_form(work.session, known, form_of(command, about))


def form_of(command: Command, about: UUID | None = None) -> str:
    """Return the digest of what was posted and what it is about."""
    return form_digest(type(command).__name__, command, about)


def id_of_form(work: UnitOfWork) -> UUID:
    """Return the id of the row that the form makes: its key."""
    return work.once or uuid4()


def by_form(
    work: UnitOfWork,
    about: UUID,
    event: InspectionEvent,
    words: Command,
    of: InspectionStep | None = None,
) -> NewPackStep:
    """Return the step that the posted form itself is: its key, and what it was posted about."""
    case_id = of.case_id if of else None
    form = form_of(words, about)
    return NewPackStep(
        event=event, words=words, id=id_of_form(work), about=of, case_id=case_id, form=form
    )


def put_step(work: UnitOfWork, pack_id: UUID, new: NewPackStep) -> InspectionStep:
    """Put one step on record in the actor's own name, and note it in the audit chain."""
    step = InspectionStep(
        tenant_id=work.actor.partnership_id,
        id=new.id,
        form_digest=new.form,
        pack_id=pack_id,
        case_id=new.case_id,
        number=newest_number(work.session, pack_id) + 1,
        event=new.event,
        of_step=new.about.id if new.about else None,
        of_by=new.about.added_by if new.about else None,
        words=new.words.model_dump(mode="json"),
        added_by=work.actor.person_id,
        added_at=work.now,
    )
    work.session.add(step)
    work.session.flush()
    note_row(work, new.event, step, new.case_id)
    return step
