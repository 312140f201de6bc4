"""What an inspection pack tells, and how it stands: its questions, what becomes of each item."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from services.domain.clocks.rules import ClockId
from services.domain.directory import OrganisationKind


class InspectionQuestion(StrEnum):
    """What an inspectorate asks of how a partnership reviews serious incidents."""

    TIMELINESS = "timeliness"
    DECISIONS = "decisions"
    SENT = "sent"
    ACTIONS = "actions"
    AUDIT = "audit"


class PackItemDecision(StrEnum):
    """What becomes of one item of a pack; a person says it in their own name."""

    INCLUDE = "include"
    REDACT = "redact"
    WITHHOLD = "withhold"


class PackState(StrEnum):
    """How a pack stands: what was approved or sent of it is never changed, and a newer follows."""

    TO_DECIDE = "to_decide"
    TO_APPROVE = "to_approve"
    WITH_PARTNER = "with_partner"
    REFUSED = "refused"
    APPROVED = "approved"
    SENT = "sent"
    NOT_RECEIVED = "not_received"
    CLOSED = "closed"


# The duties of which an inspectorate asks whether they were met in time: the notification, the
# rapid review, the local review (NOT-03, RR-34, LC-14).
INSPECTED_CLOCKS: Final = (ClockId.K1, ClockId.K10, ClockId.K11)

# For whom a pack may be: bodies outside, whose addresses two people set in the directory.
INSPECTING: Final = frozenset(
    {
        OrganisationKind.OFSTED,
        OrganisationKind.DEPARTMENT,
        OrganisationKind.PANEL,
        OrganisationKind.SECRETARY_OF_STATE,
        OrganisationKind.NATIONAL_BODY,
        OrganisationKind.OUTSIDE_BODY,
    }
)

# In which file of the pack the table of a question stands.
FILE_NAMES: Final[Mapping[InspectionQuestion, str]] = MappingProxyType(
    {
        InspectionQuestion.TIMELINESS: "1-timeliness",
        InspectionQuestion.DECISIONS: "2-decisions",
        InspectionQuestion.SENT: "3-sent",
        InspectionQuestion.ACTIONS: "4-actions",
        InspectionQuestion.AUDIT: "5-audit",
    }
)


def overlaps(began: date, ended: date | None, first: date, last: date) -> bool:
    """Tell whether what began and ended on these days lay in the period, at least for a day.

    What has not ended goes on.
    """
    return began <= last and (ended is None or ended >= first)
