"""What the owner of an action reads beside its form, where an audit opened it again (EMB-09)."""

from services.casework.steps.embedding.action_progress import UPDATE_ACTION
from services.casework.steps.plan_standing import not_sustained_of
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web.timeline import Told, tell_as_read

BESIDE_PROGRESS = UPDATE_ACTION


def to_do_again(work: UnitOfWork, case: Case) -> list[Told]:
    """Tell what an audit found of an open action, and by when it is done again (EMB-09).

    An agency is told of its own actions; who reads the case, of all.
    """
    own = None if work.actor.may(Permission.READ_CASE) else work.actor.agency_id
    return tell_as_read(work, not_sustained_of(work, case, own), lambda _entry: True)
