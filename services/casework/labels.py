"""What people read for the choices that the forms of acts offer, and for the domain's own codes."""

from enum import StrEnum
from typing import Final

from services.domain import labels as domain
from services.domain.labels.own_words import in_own_words

LABELS: Final[dict[str, dict[str, str]]] = {
    "Minutes": {
        "included": "included",
        "not_relevant": "not relevant",
        "tabled": "will be tabled at the meeting",
    },
    "PackPart": {
        "referral": "the referral",
        "notification": "the notification",
        "agencies": "the agencies",
        "returns": "the returns of agencies",
    },
    "Settlement": {
        "send_again": "send it again",
        "went": "it arrived: mark it as sent",
        "told_otherwise": "they were told another way: mark it as sent",
    },
}


def label(member: StrEnum) -> str:
    """Return what people read for the member, whichever of the two rooms defines it."""
    table = LABELS.get(type(member).__name__)
    return domain.label(member) if table is None else in_own_words(table[member.value])
