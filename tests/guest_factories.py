"""Valid commands about people without an account."""

from typing import Any

from services.casework.steps.guests import EndGuestAccess, InviteGuest
from services.casework.steps.referral.referrer_named import NameReferrer


def say_invite_guest(agency: Any, **but: Any) -> InviteGuest:
    said = {
        "agency": agency,
        "name": "Robin Lake",
        "post": "Practice nurse",
        "telephone": "01632 960001",
        "email": "robin.lake@surgery.example",
        "verified_by": "Rang the practice on its published number.",
    }
    return InviteGuest(**{**said, **but})


def say_end_guest_access(guest: Any) -> EndGuestAccess:
    return EndGuestAccess(guest=guest, reasons="They have left the practice.")


def say_name_referrer(agency: Any) -> NameReferrer:
    return NameReferrer(agency=agency)
