"""Which branches there are, by the names that `./keyline journey --branch` takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from deployments.demo.partnerships import NORTHMOOR, Place
from deployments.journey.branches import lcspr
from deployments.journey.ending import Ending
from deployments.journey.story import Story


@dataclass(frozen=True, slots=True)
class Branch:
    """One way an incident can take: what it is, in which partnership, and how it is told."""

    title: str
    place: Place
    tell: Callable[[Story], Ending]


MAIN: Final = "lcspr"
BRANCHES: Final[Mapping[str, Branch]] = {
    MAIN: Branch("An LCSPR across Christmas (scenario 1)", NORTHMOOR, lcspr.tell),
}
