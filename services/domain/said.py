"""What counts of what was said several times: the newest, of each of several its newest, or all.

Who decides has it before them: of several seats every view, of several agencies every report.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol, TypeVar

from services.domain.entry_types import EntryType

OF_EACH: Final = frozenset(
    {
        EntryType.VIEW_GIVEN,
        EntryType.ORGANISATION_LISTED,
        EntryType.REPORT_SUBMITTED,
        EntryType.ACTION_UPDATED,
        EntryType.AUDIT_ASKED,
        EntryType.ACTION_AUDITED,
        EntryType.SILENCE_REFERRED,
        EntryType.STRATEGIC_LEAD_REACHED,
        EntryType.SILENCE_PUT_TO_PARTNERS,
        EntryType.ACTED_FORMALLY,
        EntryType.BREACH_REPORTED,
        EntryType.BREACH_RECEIVED,
        EntryType.PUBLICATION_STEP_DONE,
        EntryType.BODY_COMMENTED,
        EntryType.STAFF_TOLD,
        EntryType.STAFF_TOLD_RECORDED,
    }
)
"""Of which the newest of each subject counts: of each seat, agency, action or breach its own.

An agency is asked for several things: what is said of one of them ends nothing of another.
"""

EACH_SAYS_MORE: Final = frozenset(
    {
        EntryType.PASSAGE_KEPT,
        EntryType.HITS_JUSTIFIED,
        EntryType.DISCUSSION_RECORDED,
        EntryType.GROUP_COMMENTED,
        EntryType.COMMISSIONING_OVERSEEN,
        EntryType.LEARNING_EVENT_HELD,
        EntryType.PRACTITIONER_HEARD,
        EntryType.PRACTITIONERS_ANSWERED,
        EntryType.FEEDBACK_ELSEWHERE,
        EntryType.RECOMMENDATIONS_PROPOSED,
        EntryType.RECOMMENDATION_DEVELOPED,
        EntryType.RECOMMENDATION_DROPPED,
        EntryType.RECOMMENDATIONS_PUT,
    }
)
"""Of which not the newest alone counts: each tells of something else."""


class Saying(Protocol):
    """What is kept of something that was said; an entry of the history is one."""

    @property
    def entry_type(self) -> EntryType:
        """Return as what it was said."""

    @property
    def subject(self) -> str:
        """Return about or by which of several it was said."""

    @property
    def command(self) -> Mapping[str, Any]:
        """Return what was said, by the names of its answers."""


S = TypeVar("S", bound=Saying)


def counting(found: Sequence[S]) -> list[S]:
    """Return what counts of what was said in entries of one type, oldest first."""
    if not found or found[0].entry_type in EACH_SAYS_MORE:
        return list(found)
    if found[0].entry_type not in OF_EACH:
        return [found[-1]]
    newest = {_about(one): one for one in found}
    return [one for one in found if newest[_about(one)] is one]


def _about(one: Saying) -> tuple[str, str]:
    return (one.subject, str(one.command.get("asked", "")))
