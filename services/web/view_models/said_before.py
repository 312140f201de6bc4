"""What was said before and is needed to act now, such as what is to be signed."""

from services.casework.act import Act
from services.casework.joint.matters import said_by_lead
from services.database.cases import Case
from services.database.history import all_of
from services.database.shown import shown_names
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web.timeline import Told, tell, tell_shown


def said_before(work: UnitOfWork, act: Act, case: Case | None) -> list[Told]:
    """Return the newest of the entries that a person must see to do the act.

    Of a matter that another partnership's case carries they are told as they are shown to us.
    """
    if case is None or not act.shows or not work.actor.may(Permission.READ_CASE):
        return []
    shown = said_by_lead(work, case, act.shows)
    if shown:
        names = shown_names(work.session, shown[0].case_id)
        return tell_shown(shown, names, reads_family=work.actor.may(Permission.READ_FAMILY))
    newest = [all_of(work.session, case.id, one)[-1:] for one in act.shows]
    return tell(work, [entry for found in newest for entry in found])
