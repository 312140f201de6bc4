"""The policies that a plan must keep, each by its name: what it looks at, and what breaks it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Final

from tests.terraform import (
    policies_of_access,
    policies_of_data,
    policies_of_network,
    policies_of_parts,
)
from tests.terraform.plans import Plan, PlannedResource

Broken = Callable[[Plan, PlannedResource], bool]
_ROOMS: Final[tuple[ModuleType, ...]] = (
    policies_of_access,
    policies_of_data,
    policies_of_network,
    policies_of_parts,
)


@dataclass(frozen=True, slots=True)
class PlanPolicy:
    """One policy: the types of resources that it is about, and whether one of them breaks it."""

    name: str
    types: tuple[str, ...]
    is_broken_by: Broken

    def looked_at(self, plan: Plan) -> list[PlannedResource]:
        """Return the resources that it is about."""
        return [one for one in plan.resources if not self.types or one.type in self.types]

    def breaking(self, plan: Plan) -> list[str]:
        """Return the addresses of those that break it."""
        return [one.address for one in self.looked_at(plan) if self.is_broken_by(plan, one)]


def _policies(tables: Iterable[Mapping[Broken, tuple[str, ...]]]) -> list[PlanPolicy]:
    return [
        PlanPolicy(broken.__name__, types, broken)
        for table in tables
        for broken, types in table.items()
    ]


POLICIES: Final = _policies(room.POLICIES for room in _ROOMS)
