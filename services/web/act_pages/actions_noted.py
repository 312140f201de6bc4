"""Which actions a person may report on, and who answers for each, above the form (EMB-08)."""

from services.casework.steps.plan_owners import planned_in, post_of
from services.database.actions import actions
from services.database.cases import Case
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.working_days import written


def own_actions(work: UnitOfWork, case: Case) -> str:
    """Say of each open action its number, words, agency, post and last day.

    An agency is told of its own; who reads the case, of all.
    """
    sees_all, planned = work.actor.may(Permission.READ_CASE), planned_in(work, {case.id})
    named = agency_names(work.session)
    found = (
        f"Action {one.number}: {one.action.rstrip('.')} ({whose}, by {written(one.last_day)})."
        for one in actions(work.session, case.id)
        if one.is_open and (sees_all or one.agency_id == work.actor.agency_id)
        for whose in (
            ": ".join(filter(None, (named.get(one.agency_id, ""), post_of(planned, one)))),
        )
    )
    return " ".join(found)
