"""Whose words a referral is: those of an agency's own people, or what others entered for it."""

from typing import Final

from services.casework.steps.referral.referral import Refer, ReferOn
from services.database.history import Entry
from services.domain.roles import Role, asked_as

OF_WHO_ENTERED: Final = frozenset(Refer.model_fields) - frozenset(ReferOn.model_fields)
"""What each person who enters a referral answers for themselves: it is no word of the agency."""


def sent_by_agency(entry: Entry) -> bool:
    """Tell whether an agency's own person sent it; everybody else enters it for an agency."""
    return asked_as(entry.role) is Role.AGENCY_LEAD
