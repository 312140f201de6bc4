"""What the lead of a joint review said on its case, as it is shown to us who decide with it."""

from collections.abc import Sequence
from typing import Final

from services.casework.joint.matters import bearer_of, entries_said
from services.database.cases import Case
from services.database.history import Entry
from services.database.joint_reviews import membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.joint_reviews import DECIDED_WITH
from services.domain.said import counting
from services.domain.sign_off import SAID_IN, SignOffMatter

SAID_BY_EACH: Final = frozenset(
    kind for matter, kinds in SAID_IN.items() if matter not in DECIDED_WITH for kind in kinds
)
"""What each partnership says on its own case, whoever leads: of a request and its action plan."""


def said_by_lead(work: UnitOfWork, case: Case, types: Sequence[EntryType]) -> list[Entry]:
    """Return what counts of each type on the lead's case, if ours joins a review that it leads."""
    bearer = bearer_of(work, case, SignOffMatter.RAPID_REVIEW)
    if bearer.is_own(case) or membership_of(work.session, case.id) is None:
        return []
    of_lead = [one for one in types if one not in SAID_BY_EACH]
    said = {one: entries_said(work, case, SignOffMatter.RAPID_REVIEW, one) for one in of_lead}
    return [entry for found in said.values() for entry in counting(found)]
