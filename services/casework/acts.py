"""Every act of the product, by its name: pages, lists, history and tests ask this one table."""

from collections.abc import Mapping
from types import MappingProxyType, ModuleType
from typing import Final

from services.casework.act import Act
from services.casework.steps import (
    agency_reports,
    commissioning,
    declaration,
    delay,
    family_reading,
    held_emails,
    learning,
    looked_after_death,
    meeting,
    notification,
    panel,
    publication,
    publishing,
    rapid_review,
    referral,
    reopening,
    report,
    scoping,
    scoping_returns,
    sign_off,
    submission,
    uploads,
)
from services.database.history import Entry

STEPS: Final = (
    referral,
    notification,
    looked_after_death,
    reopening,
    scoping,
    scoping_returns,
    meeting,
    rapid_review,
    submission,
    sign_off,
    panel,
    commissioning,
    declaration,
    family_reading,
    agency_reports,
    report,
    delay,
    publication,
    publishing,
    learning,
    held_emails,
    uploads,
)


def acts_in(module: ModuleType) -> tuple[Act, ...]:
    """Return the acts that a module of a step defines, in the order in which it does."""
    return tuple(value for value in vars(module).values() if isinstance(value, Act))


ACTS: Final[Mapping[str, Act]] = MappingProxyType(
    {act.name: act for module in STEPS for act in acts_in(module)}
)


def act_of(entry: Entry) -> Act:
    """Return the act that wrote the entry."""
    return ACTS[entry.act]
