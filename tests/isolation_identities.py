"""Who somebody is at their organisation: bound and ended by themselves, at the door, and told."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from sqlalchemy import Connection, text

from services.database.migrations.roles import APP, PROVISIONING, SIGN_IN, WORKER

if TYPE_CHECKING:
    from tests.isolation_attempts import Scene

_KNOWN: Final = text(
    "insert into identities (id, person_id, issuer, subject, ended_at)"
    " values (:id, :person, 'https://known.example', :id, :ended_at)"
)
_BOUND: Final = (
    "insert into identities (id, person_id, issuer, subject)"
    " values (gen_random_uuid(), '{}', 'https://x', 'x')"
)
_TRIED: Final = (
    _BOUND.format("{own}"),
    _BOUND.format("{other}"),
    "update identities set subject = 'x'",
    "update identities set ended_at = now()",
    "update identities set ended_at = now() where person_id = '{other}'",
    "update identities set ended_at = now(), person_id = '{other}'",
    "insert into account_notices (id, person_id, what) values (gen_random_uuid(), '{other}', 'x')",
)


def know_them(link: Connection, scene: "Scene") -> None:
    """Leave one person known by two organisations, of which one has ended, and another by one."""
    for person, ended_at in (
        (scene.manager, None),
        (scene.manager, "2026-01-01"),
        (scene.conflicted, None),
    ):
        link.execute(_KNOWN, {"id": uuid4(), "person": person, "ended_at": ended_at})


def being_known(scene: "Scene") -> Iterator[tuple[str, str, str, str]]:
    """Yield attempts to bind, change and end one's own and another's, and to have somebody told."""
    contexts, named = scene.contexts(), {"own": scene.manager, "other": scene.conflicted}
    for who in (APP, WORKER, SIGN_IN, PROVISIONING):
        for name in ("none", "person", "forged"):
            for what in _TRIED:
                yield who, name, contexts[name], what.format(**named)
