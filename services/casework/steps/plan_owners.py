"""What the plans say of each action beside the row of it: which post answers for it (EMB-03)."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from services.casework.steps.plan_said import ActionOfPlan, PlanPut
from services.database.actions import Action, actions_of_cases
from services.database.history import all_of_cases
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType

Planned = Mapping[tuple[UUID, UUID, str], ActionOfPlan]
"""What a plan says of an action, by its case, the agency that owns it and its words."""


def planned_in(work: UnitOfWork, case_ids: Collection[UUID]) -> Planned:
    """Return what the plans of these cases say of each of their actions, the newest last."""
    put = all_of_cases(work.session, case_ids, EntryType.PLAN_PROPOSED)
    return {
        (case_id, one.agency, one.action): one
        for case_id, plans in put.items()
        for plan in plans
        for one in PlanPut.model_validate(plan.command).actions
    }


def said_of(planned: Planned, action: Action) -> ActionOfPlan | None:
    """Return what the plan says of the action, if it is read here."""
    return planned.get((action.case_id, action.agency_id, action.action))


def post_of(planned: Planned, action: Action) -> str:
    """Return which post answers for the action: none is known of a plan from before (EMB-03)."""
    said = said_of(planned, action)
    return "" if said is None or said.owner is None else said.owner


def is_own(planned: Planned, action: Action) -> bool:
    """Tell whether the agency recommended it to itself, and the plan took it over (EMB-08)."""
    said = said_of(planned, action)
    return said is not None and said.own is not None


def open_posts(work: UnitOfWork, case_ids: Collection[UUID]) -> Mapping[tuple[UUID, str], str]:
    """Return which posts answer for the open actions, by the case and the id of the agency."""
    planned = planned_in(work, case_ids)
    found: dict[tuple[UUID, str], list[str]] = {}
    for one in actions_of_cases(work.session, case_ids):
        if one.is_open and (post := post_of(planned, one)):
            found.setdefault((one.case_id, str(one.agency_id)), []).append(post)
    return {whose: _each_once(posts) for whose, posts in found.items()}


def _each_once(posts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(posts))
