"""A command from what is given, what is usual, and something said for the rest.

Moments and days are given as people say them, `2025-12-12 10:00`, and are read in England.
"""

from typing import Any

from services.casework.commands import Command
from tests.world import at

SAID = "Said by an example person."
MOMENTS = frozenset(
    {
        "received_at",
        "aware_at",
        "heard_at",
        "held_at",
        "told_at",
        "reported_at",
        "agency_aware_at",
        "death_told_at",
        "sent_at",
        "meeting_at",
        "submitted_at",
    }
)


def words_of(kind: type[Command], given: dict[str, Any], **usual: Any) -> Any:
    """Return the words with what is given, what is usual, and something said for the rest."""
    told = usual | given
    for name in MOMENTS & told.keys():
        if isinstance(told[name], str):
            told[name] = at(told[name])
    for name, field in kind.model_fields.items():
        if name not in told and field.is_required():
            told[name] = True if field.annotation is bool else SAID
    return kind.model_validate(told)
