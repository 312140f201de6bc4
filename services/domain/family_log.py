"""What is kept of the family's part in a local review."""

from typing import Final

from services.domain.entry_types import EntryType

FAMILY_LOG: Final = frozenset(
    {
        EntryType.FAMILY_APPROACH_AGREED,
        EntryType.GENOGRAM_KEPT,
        EntryType.INVOLVEMENT_DECIDED,
        EntryType.FAMILY_CONTACTED,
        EntryType.DRAFT_SHARED_WITH_FAMILY,
    }
)
"""What is kept of the family's part in a local review: access to it is tight (rules.md 4)."""
