"""What the acts on learning of no one case have in common: who may, the form's key, the record."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from services.casework.audit import note_row
from services.casework.commands import Command
from services.casework.form_keys import form_digest, is_same_form
from services.database.learning import LearningRecord, learning_records
from services.database.partnerships import lock_partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import LearningEvent
from services.domain.roles import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """What is put on record: which act, the words of its form, on which day, about what."""

    event: LearningEvent
    command: Command
    on_day: date
    about: UUID | None = None


def begin(
    work: UnitOfWork,
    command: Command,
    about: UUID | None = None,
    permission: Permission = Permission.RUN_LEARNING,
) -> LearningRecord | None:
    """Return what this very form put on record already, if it did; wait for whoever acts now.

    Raises NotPermitted, and FormUsedOtherwise for a form that was sent before with other words.
    """
    work.actor.must(permission)
    lock_partnership(work.session)
    if work.once is None:
        return None
    known = work.session.get(LearningRecord, (work.actor.partnership_id, work.once))
    digest = known.form_digest if known is not None else None
    if not is_same_form(work.session, digest, _form(command, about)):
        return None
    return known


def put_on_record(work: UnitOfWork, new: NewRecord) -> LearningRecord:
    """Add the row in the actor's own name, and note it in the audit chain."""
    row = LearningRecord(
        tenant_id=work.actor.partnership_id,
        id=work.once or uuid4(),
        form_digest=_form(new.command, new.about),
        number=len(learning_records(work.session)) + 1,
        event=new.event,
        about=new.about,
        on_day=new.on_day,
        words=new.command.model_dump(mode="json"),
        added_by=work.actor.person_id,
        added_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    note_row(work, new.event, row)
    return row


def _form(command: Command, about: UUID | None) -> str:
    return form_digest(type(command).__name__, command, about)
