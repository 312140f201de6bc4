"""What shows that documents were sent, as pages and an inspection pack tell it."""

from collections.abc import Mapping
from uuid import UUID

from services.database.dispatches import Dispatch
from services.domain.labels import label


def proof_told(one: Dispatch, named: Mapping[UUID, str]) -> list[str]:
    """Return what shows that it was sent, to where, by whom and who read it; names by ids."""
    said = [
        label(one.proof) if one.proof else "",
        f"to {one.address}" if one.address else "",
        one.means,
        f"reference {one.reference}" if one.reference else "",
        f"by {named[one.sent_by]}" if one.sent_by and one.sent_by in named else "",
        f"read by {named[one.confirmed_by]}"
        if one.confirmed_by and one.confirmed_by in named
        else "",
        "the sent item is kept" if one.evidence_id else "",
    ]
    return [one for one in said if one]
