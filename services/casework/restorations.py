"""Backups, trials of restoring them, and what a person decides about a restored database.

All of it is of the installation and of no partnership: it stands in the installation's own chain.
"""

from collections.abc import Mapping

from services.casework.engine.transactions import TransactionContext, translated
from services.database import audit, sessions
from services.database.audit import NewLink
from services.database.restorations import open_all
from services.domain.audit import AdministrativeEvent, AuditKind
from services.domain.errors import AlreadyDone
from services.domain.roles import Actor, Permission


def let_emails_leave(actor: Actor, context: TransactionContext) -> None:
    """Let the emails of a restored database leave, once somebody has looked at what waits.

    Raises AlreadyDone where none is held back.
    """
    actor.must(Permission.PAUSE_WORK)
    with translated(), sessions.of_installation(context.engine, actor.person_id) as session:
        if not open_all(session):
            raise AlreadyDone("No email is held back: the database was not restored, or is opened.")
        told = {"role": actor.role.value}
        audit.append(session, [_link(AdministrativeEvent.EMAILS_LET_LEAVE, told)])


def note_backup(context: TransactionContext, sha256: str, rows: int) -> None:
    """Note that a backup was made: the digest of its file, and how many rows it holds."""
    told: Mapping[str, str | int] = {"digest": sha256, "rows": rows}
    with translated(), sessions.of_installation(context.engine) as session:
        audit.append(session, [_link(AdministrativeEvent.BACKUP_MADE, told)])


def note_drill(context: TransactionContext, sha256: str, seconds: int, faults: int) -> None:
    """Note that a backup was restored for a trial: in which time, and with how many faults."""
    told: Mapping[str, str | int] = {"digest": sha256, "seconds": seconds, "faults": faults}
    with translated(), sessions.of_installation(context.engine) as session:
        audit.append(session, [_link(AdministrativeEvent.RESTORE_DRILLED, told)])


def _link(event: AdministrativeEvent, told: Mapping[str, str | int]) -> NewLink:
    return NewLink({"kind": AuditKind.ADMINISTRATION.value, "what": event.value, **told})
