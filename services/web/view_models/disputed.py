"""What stands beside a form by which something is done about a disagreement: every position."""

from collections.abc import Iterator

from services.casework.act import Act
from services.casework.steps.rounds.sign_off_rounds import round_of
from services.casework.steps.sign_off.dissent_route import dissents_now
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import ON_DISSENT
from services.web.view_models.sign_offs import MatterLine, matter_line


def disputed_lines(work: UnitOfWork, act: Act, case: Case | None) -> Iterator[MatterLine]:
    """Yield where the partners stand on what they disagree about, beside what is done about it."""
    if case is None or act.todo not in ON_DISSENT or not work.actor.may(Permission.READ_CASE):
        return
    for matter in SignOffMatter:
        if dissents_now(work, case, matter):
            yield matter_line(work, case, matter, round_of(work, case, matter))
