"""How far an action of the plan has come, how it is rated, and what an audit of it found."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Progress(StrEnum):
    """How far an action has come."""

    OPEN = "open"
    COMPLETE = "complete"
    RISK_ACCEPTED = "risk_accepted"


class Followed(StrEnum):
    """How an action stands today: one that is open past its last day is overdue."""

    OPEN = "open"
    OVERDUE = "overdue"
    COMPLETE = "complete"
    RISK_ACCEPTED = "risk_accepted"


class Rating(StrEnum):
    """How an action is judged to go, with a reason each time (Doc 18)."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class ImpactAuditBy(StrEnum):
    """Who looks whether an action had the effect that was meant (EMB-06, EMB-09)."""

    SINGLE_AGENCY = "single_agency"
    MULTI_AGENCY = "multi_agency"
    INDEPENDENT_SCRUTINY = "independent_scrutiny"


class AuditFinding(StrEnum):
    """Whether the improvement lasts; what is not sustained is to be done again.

    An audit that was asked for and is not needed, or was asked for in error, is not carried out.
    """

    SUSTAINED = "sustained"
    NOT_SUSTAINED = "not_sustained"
    NOT_CARRIED_OUT = "not_carried_out"


class PracticeFinding(StrEnum):
    """Whether practitioners work in the way that an action was to bring (EMB-12)."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    NONE_TO_SEE = "none_to_see"


class LookedBy(StrEnum):
    """By what practice was looked at after an action was completed."""

    AUDIT = "audit"
    RECORDS_READ = "records_read"
    OBSERVATION = "observation"
    SUPERVISION = "supervision"
    PRACTITIONERS_ASKED = "practitioners_asked"
    FAMILIES_ASKED = "families_asked"


class Recheck(StrEnum):
    """When it is looked at again whether the improvement lasts."""

    AFTER_3_MONTHS = "after_3_months"
    AFTER_6_MONTHS = "after_6_months"
    AFTER_12_MONTHS = "after_12_months"
    NONE = "none"


RECHECKED_AFTER: Final[Mapping[Recheck, int]] = {
    Recheck.AFTER_3_MONTHS: 3,
    Recheck.AFTER_6_MONTHS: 6,
    Recheck.AFTER_12_MONTHS: 12,
}
"""In how many months from the audit; there is none for a re-check that is not to be."""
