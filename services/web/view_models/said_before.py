"""What was said before and is needed to act now, such as what is to be signed."""

from services.casework.act import Act
from services.casework.joint.matters import said_by_lead
from services.casework.steps.attendance.record_agreement import ANSWER_RECORD
from services.database.cases import Case
from services.database.history import all_of
from services.database.shown import shown_names
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web.timeline import Told, tell, tell_shown
from services.web.view_models.own_part import BESIDE_ANSWER, asked_of_agency
from services.web.view_models.record import record_to_agree


def said_before(work: UnitOfWork, act: Act, case: Case | None) -> list[Told]:
    """Return what a person must see to do the act: what they are asked, or what was said."""
    if case is None:
        return []
    if act in BESIDE_ANSWER:
        return asked_of_agency(work, act, case)
    return record_to_agree(work, case) if act is ANSWER_RECORD else _said(work, act, case)


def _said(work: UnitOfWork, act: Act, case: Case) -> list[Told]:
    """Return the newest of the entries that the act shows.

    Of a matter that another partnership's case carries they are told as they are shown to us.
    """
    if not act.shows or not work.actor.may(Permission.READ_CASE):
        return []
    shown = said_by_lead(work, case, act.shows)
    if shown:
        names = shown_names(work.session, shown[0].case_id)
        return tell_shown(shown, names, reads_family=work.actor.may(Permission.READ_FAMILY))
    newest = [all_of(work.session, case.id, one)[-1:] for one in act.shows]
    return tell(work, [entry for found in newest for entry in found])
