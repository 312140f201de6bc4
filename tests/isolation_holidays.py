"""Changes of the bank holidays: who may add one, for whom, and in whose name."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import Connection, text

from services.database.migrations.roles import APP, WORKER
from services.domain.roles import Role
from tests.driven import Driven

if TYPE_CHECKING:
    from tests.isolation_attempts import Scene

_PROPOSE = text(
    "insert into holiday_proposals (id, held_on, title, source, proposed_by)"
    " values (:id, '2044-06-07', 'x', :source, :first)"
)
_ANSWER = text(
    "insert into holiday_answers (proposal_id, proposed_by, is_approved, reasons, answered_by)"
    " values (:id, :first, true, '', :second)"
)
_PROPOSING = (
    "insert into holiday_proposals (id, held_on, title, source, proposed_by)"
    " values (gen_random_uuid(), '2044-06-07', 'x', 'x', '{person}')"
)
_ANSWERING = (
    "insert into holiday_answers (proposal_id, proposed_by, is_approved, reasons, answered_by)"
    " select id, proposed_by, true, '', '{person}' from holiday_proposals where source = 'waits'"
)


def change_holidays(link: Connection, case: Driven) -> None:
    """Leave a change that is in force, and one that waits for an answer."""
    first, second = (
        side.actor(Role.OPERATIONS).person_id for side in (case.world.ours, case.world.theirs)
    )
    for source in ("waits", "in force"):
        row = {"id": uuid4(), "source": source, "first": first, "second": second}
        link.execute(_PROPOSE, row)
    link.execute(_ANSWER, row)


def changing(scene: "Scene", contexts: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Add a change and an answer, in one's own name and in another's."""
    for who in (APP, WORKER):
        for name in ("none", "ours", "installation", "forged"):
            for person in (scene.manager, scene.conflicted):
                for what in (_PROPOSING, _ANSWERING):
                    yield who, f"{name}, {person}", contexts[name], what.format(person=person)
