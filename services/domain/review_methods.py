"""By which method a local review is carried out, and what follows from it (GOV-07, LC-28)."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from services.domain.agency_requests import WantedItem


class ReviewMethod(StrEnum):
    """A systems review with a workshop, a shorter, proportionate one, or another method."""

    SYSTEMS_WORKSHOP = "systems_workshop"
    PROPORTIONATE = "proportionate"
    OTHER = "other"


ASKED_FIRST: Final[Mapping[ReviewMethod, tuple[WantedItem, ...]]] = MappingProxyType(
    {
        ReviewMethod.SYSTEMS_WORKSHOP: (
            WantedItem.CHRONOLOGY,
            WantedItem.INFORMATION_REPORT,
            WantedItem.PARTICIPANTS,
        ),
        ReviewMethod.PROPORTIONATE: (WantedItem.PARTICIPANTS,),
        ReviewMethod.OTHER: (),
    }
)
"""What the request to the agencies opens with by each method; whoever asks may change it (LC-32).

Who may be invited is asked together with the chronology (LC-37).
"""
