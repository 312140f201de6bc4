"""Terms of reference as they come to the partners: drawn up, and advised on by the review group."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar
from uuid import UUID

from services.casework.commands import Command
from services.casework.steps.local_review import oversight, terms_of_reference
from services.casework.steps.local_review.oversight_said import OverseeCommissioning
from services.database.cases import get_case
from services.domain.identifiers import CaseId
from services.domain.roles import Actor, Role
from tests import factories, oversight_factories
from tests.world import HOSPITAL, SCHOOL, World

CHAIR = Role.REVIEW_GROUP_CHAIR


class Carried(Protocol):
    """A case on which acts are done, such as a driven one."""

    world: World
    case_id: CaseId

    def agency(self, name: str = HOSPITAL) -> UUID: ...

    def do(
        self, act: Callable[..., Any], command: Command, who: Role | Actor, when: str
    ) -> None: ...


C = TypeVar("C", bound=Carried)


def put_terms(case: C, when: str, **but: Any) -> C:
    """Draw up terms of reference, and have the review group advise the partners to endorse them."""
    terms = factories.agree_terms(*map(case.agency, (HOSPITAL, SCHOOL)), **but)
    case.do(terms_of_reference.agree_terms, terms, CHAIR, when)
    return advise(case, when)


def advise(case: C, when: str, **but: Any) -> C:
    """Have the review group advise on the terms that wait for it, on that day."""
    case.do(oversight.oversee_commissioning, advice(case, when, **but), CHAIR, when)
    return case


def advice(case: Carried, when: str, **but: Any) -> OverseeCommissioning:
    """Return what the chair of the review group says of the newest version of the terms."""
    with case.world.act(Role.BUSINESS_MANAGER) as work:
        versions = oversight.versions_of_terms(work, get_case(work.session, case.case_id))
    usual = {"considered_on": when[:10], "versions": versions}
    chair = case.world.ours.actor(CHAIR).person_id
    return oversight_factories.advise(chair, **usual | but)
