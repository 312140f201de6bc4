"""What an agency may be asked for, and how far its answer has come."""

from enum import StrEnum
from typing import Final

from services.domain.workflow import BEFORE_REFERRAL, Stage


class ListedKind(StrEnum):
    """What an organisation is that is asked on one case only."""

    GP_PRACTICE = "gp_practice"
    SCHOOL = "school"
    EARLY_YEARS = "early_years"
    HEALTH_PROVIDER = "health_provider"
    HOUSING = "housing"
    VOLUNTARY = "voluntary"
    OTHER = "other"


class Asked(StrEnum):
    """What an agency may be asked for."""

    SCOPING_RETURN = "scoping_return"
    REPORT = "report"


class WantedItem(StrEnum):
    """What an agency may be asked to send to a local review (LC-11, LC-33, LC-37)."""

    CHRONOLOGY = "chronology"
    ORGANISATIONAL_CHANGES = "organisational_changes"
    INFORMATION_REPORT = "information_report"
    POLICIES = "policies"
    PARTICIPANTS = "participants"


class Answered(StrEnum):
    """How far the agency's answer has come.

    What came by email or telephone is unconfirmed until somebody of the agency confirms it.
    """

    ASKED = "asked"
    UNCONFIRMED = "unconfirmed"
    RECEIVED = "received"
    SENT_BACK = "sent_back"
    ACCEPTED = "accepted"
    EXCUSED = "excused"


class ReportJudgement(StrEnum):
    """What becomes of a report that waits to be judged, where several are judged at once."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    LEFT = "left"


class ReturnSource(StrEnum):
    """How a scoping return came that the business unit enters for an agency."""

    EMAIL = "email"
    TELEPHONE = "telephone"


RETURNED_AT: Final = frozenset(Stage) - {
    Stage.INVITED,
    *BEFORE_REFERRAL,
    Stage.NOT_NOTIFIED,
    Stage.LOOKED_AFTER_DEATH,
    Stage.CLOSED,
}
"""Where a case may stand when an agency answers a request for a scoping return.

A case of a joint review moves on with the review, whoever leads; what its agencies were asked by
then they still answer.
"""

REPORTED_AT: Final = frozenset(
    {Stage.LOCAL_REVIEW, Stage.JOINT_REVIEW, Stage.PUBLICATION, Stage.EMBEDDING}
)
"""Where a case may stand when an agency sends its report, and when the report is judged."""

BY_CHRONOLOGY: Final = (WantedItem.CHRONOLOGY, WantedItem.ORGANISATIONAL_CHANGES)
"""What is completed by the guidance on chronologies (Doc 12)."""

ACCOUNTS: Final = frozenset({*BY_CHRONOLOGY, WantedItem.INFORMATION_REPORT})
"""By what an agency gives an account of its work: where none is asked for, there is no report."""

UNREPORTED: Final = frozenset({Answered.ASKED, Answered.SENT_BACK})
"""How a request for a report stands while the agency has to answer it."""

SETTLED_REPORTS: Final = frozenset({Answered.ACCEPTED, Answered.EXCUSED})
"""How a request for a report stands where the review no longer waits for it (G8)."""
