"""Which actions a form is about, as it says above its questions (EMB-08, EMB-12)."""

from services.casework.steps.plan_owners import planned_in, post_of
from services.casework.steps.practice_seen import practice_unseen
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


def practice_noted(work: UnitOfWork, case: Case) -> str:
    """Say of which completed actions no changed practice is on record yet (EMB-12)."""
    unseen = practice_unseen(work, case)
    found = " ".join(
        f"Action {one.number}: {one.action.rstrip('.')}."
        for one in actions(work.session, case.id)
        if one.number in unseen
    )
    return f"Practice is still to be seen of these. {found}" if found else ""
