"""Whose words a referral is: those of an agency's own people, or what others entered for it."""

from typing import Final

from services.casework.commands import part_of
from services.casework.steps.referral.referral import Refer, ReferOn
from services.casework.steps.referral.referral_correction import as_referral
from services.casework.steps.referral.referred import Referral
from services.database.history import Entry
from services.domain.roles import Role, asked_as

OF_WHO_ENTERED: Final = frozenset(Refer.model_fields) - frozenset(ReferOn.model_fields)
"""What each person who enters a referral answers for themselves: it is no word of the agency."""


def sent_by_agency(entry: Entry) -> bool:
    """Tell whether an agency's own person sent it; everybody else enters it for an agency."""
    return asked_as(entry.role) is Role.AGENCY_LEAD


def said_by_agency(entry: Entry) -> Referral:
    """Return the referral as the agency's own: without what another who entered it declared."""
    told = as_referral(entry)
    return told if sent_by_agency(entry) else part_of(told, ReferOn)
