"""The actions of a case's plan, each with the agency and the post that own it."""

from collections.abc import Mapping

from services.casework.steps.plan_owners import planned_in, post_of
from services.database.actions import Action, actions
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission

PlanLine = tuple[Action, str]


def action_lines(work: UnitOfWork, case: Case, named: Mapping[str, str]) -> list[PlanLine]:
    """Return the actions, each with the agency and the post there that own it (EMB-03).

    Those who do not see all are given their own agency's only.
    """
    sees_all = work.actor.may(Permission.READ_CASE)
    planned = planned_in(work, {case.id})
    return [
        (one, ": ".join(filter(None, (_called(one, named), post_of(planned, one)))))
        for one in actions(work.session, case.id)
        if sees_all or one.agency_id == work.actor.agency_id
    ]


def _called(action: Action, named: Mapping[str, str]) -> str:
    return named.get(str(action.agency_id), "An agency")
