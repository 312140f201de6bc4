"""Coverage: for each id of the framework's rules, what keeps it, or what is still missing.

The ids are those of the numbered rules drawn from the framework (rules, clocks, gates, errata,
documents, roles); each stands once, in the file of its family.
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from services.domain.clocks.rules import Force
from services.domain.rule_keeping import PlannedWork, RuleKeeping

FOLDER: Final = Path(__file__).parent / "coverage"
FAMILIES: Final = (
    "governance",
    "notification",
    "rapid_review",
    "decision",
    "local_review",
    "families",
    "information",
    "publication",
    "embedding",
    "other_reviews",
    "clocks",
    "gates",
    "errata",
    "documents",
    "roles",
    "joint_reviews",
)


class Coverage(BaseModel):
    """How one id is kept.

    ``where`` names code by module and name, a question by act and field, or a kind of document.
    ``tests`` are those of code that keeps an id without a number, which no test can cite.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    family: str
    how: RuleKeeping
    force: Force | None = None
    where: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    work: PlannedWork | None = None
    missing: str = ""
    why: str = ""


def read(folder: Path = FOLDER) -> Sequence[Coverage]:
    """Return every id, in the order of the families; ValidationError for a line that is wrong."""
    return [
        Coverage(id=id_, family=family, **told)
        for family in FAMILIES
        for id_, told in tomllib.loads((folder / f"{family}.toml").read_text("utf-8")).items()
    ]
