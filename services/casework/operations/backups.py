"""How old the last backup is, and the last trial of restoring one that found nothing amiss.

Both stand in the installation's own audit chain (`services/casework/restorations.py`).
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine, text
from sqlmodel import Session

from services.database import sessions
from services.domain.audit import AdministrativeEvent

# Read from the newest link back, so that only what came since is looked at.
_AGE: Final = text(
    "select extract(epoch from clock_timestamp() - at) from audit_links"
    " where body ->> 'what' = :what and coalesce(cast(body ->> 'faults' as integer), 0) = 0"
    " order by seq desc limit 1"
)


@dataclass(frozen=True, slots=True)
class BackupsMeasured:
    """Seconds since each was made; nothing where none ever was."""

    backed_up_ago: float | None
    drilled_ago: float | None


def measure_backups(engine: Engine) -> BackupsMeasured:
    """Return both ages; a drill that found faults is none."""
    with sessions.of_installation(engine) as session:
        return BackupsMeasured(
            backed_up_ago=_age(session, AdministrativeEvent.BACKUP_MADE),
            drilled_ago=_age(session, AdministrativeEvent.RESTORE_DRILLED),
        )


def _age(session: Session, event: AdministrativeEvent) -> float | None:
    found = session.execute(_AGE, {"what": event.value}).scalar_one_or_none()
    return None if found is None else float(found)
