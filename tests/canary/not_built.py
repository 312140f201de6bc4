"""Sinks that are not built yet, each with a look for it: one that exists must be scanned."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg

from deployments import CHECKOUT
from tests.canary.sinks_of_database import plain


@dataclass(frozen=True, slots=True)
class Place:
    """Where is looked: the site, Keyline's database, the settings and the checkout."""

    address: str
    database: str
    settings: Mapping[str, str]
    checkout: Path = CHECKOUT

    def files(self, *patterns: str) -> Iterator[Path]:
        """Yield the files of the checkout of these names, but for what tools keep there."""
        for pattern in patterns:
            for found in self.checkout.rglob(pattern):
                if not any(part.startswith(".") for part in found.relative_to(self.checkout).parts):
                    yield found


def _statistics(place: Place) -> bool:
    with psycopg.connect(plain(place.database)) as link:
        asked = "select count(*) from pg_extension where extname = 'pg_stat_statements'"
        row = link.execute(asked).fetchone()
        return row is not None and row[0] > 0


def _bills(place: Place) -> bool:
    return any(place.files("*sbom*", "*.cdx.json", "*.spdx.json"))


def _terraform(place: Place) -> bool:
    """Terraform is never told of a case; its state is kept nowhere here, and holds no secret.

    That it holds none is a policy of tests/terraform, and looked for by the trial in a real state.
    """
    return any(place.files("*.tfstate"))


def _kept_output(place: Place) -> bool:
    return any(one for one in (place.checkout / ".ci").iterdir() if one.name != "run")


NOT_BUILT: Final[Mapping[str, Callable[[Place], bool]]] = {
    "statistics of statements (pg_stat_statements)": _statistics,
    "bills of materials": _bills,
    "Terraform state": _terraform,
    "what CI keeps": _kept_output,
}


def built_after_all(place: Place) -> list[str]:
    """Return the sinks that are listed as not built and exist."""
    return [name for name, exists in NOT_BUILT.items() if exists(place)]
