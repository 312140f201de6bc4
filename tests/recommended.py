"""A recommendation of a report as a form says it."""

from typing import Any
from uuid import UUID

from tests.words import SAID


def recommended(owner: UUID, by_when: str = "2026-09-01", **but: Any) -> dict[str, Any]:
    """Return one that is new, and addresses practice and the leadership of the system."""
    usual = {"text": SAID, "owner": owner, "by_when": by_when, "said_before": "new"}
    return usual | {"addresses": ("practice", "system_leadership")} | but
