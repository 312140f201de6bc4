"""Other reviews and proceedings beside this one: what they are, how they stand, what they ask.

The child death review of a child who died is none of these: it is linked to the case (GOV-05).
"""

from enum import StrEnum
from typing import Final

from services.domain.entry_types import EntryType

OF_A_PROCESS: Final = (EntryType.PROCESS_RECORDED, EntryType.PROCESS_CHANGED)
"""What says how one of them stands: the newest of them counts."""

OF_REGISTER: Final = (
    *OF_A_PROCESS,
    EntryType.LIAISON_RECORDED,
    EntryType.REQUIREMENTS_LISTED,
)
"""All that the register of a case is read from."""


class ProcessKind(StrEnum):
    """Which review or proceeding it is (PAR-02 to PAR-04, LC-20)."""

    DOMESTIC_HOMICIDE = "domestic_homicide"
    SAFEGUARDING_ADULT = "safeguarding_adult"
    MAPPA = "mappa"
    CRIMINAL = "criminal"
    CORONER = "coroner"
    DISCIPLINARY = "disciplinary"
    PROFESSIONAL_BODY = "professional_body"
    INSPECTION = "inspection"
    OTHER = "other"


class ProcessState(StrEnum):
    """How far it has come, as the body that carries it out says."""

    CONSIDERED = "considered"
    UNDER_WAY = "under_way"
    ENDED = "ended"
    NOT_BEGUN = "not_begun"

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more comes of it."""
        return self in {ProcessState.ENDED, ProcessState.NOT_BEGUN}


class Primacy(StrEnum):
    """Which goes first, as the bodies agreed it between them (PAR-03)."""

    NOT_SETTLED = "not_settled"
    THIS_REVIEW = "this_review"
    OTHER_PROCESS = "other_process"
    SIDE_BY_SIDE = "side_by_side"
    ONE_REPORT = "one_report"


class Constrained(StrEnum):
    """What of this review may not go on as usual while the other one goes on."""

    ASKED = "asked"
    SHOWN = "shown"
    PUBLISHED = "published"


class ReviewStep(StrEnum):
    """A step of this review that another process bears on."""

    SCOPING = "scoping"
    MEETING = "meeting"
    TERMS = "terms"
    AGENCY_REPORTS = "agency_reports"
    PRACTITIONERS = "practitioners"
    FAMILY = "family"
    REPORT = "report"
    PUBLICATION = "publication"


class LiaisonWith(StrEnum):
    """With whom the partnership speaks about what goes on beside the review."""

    POLICE = "police"
    FAMILY_LIAISON = "family_liaison"
    PROSECUTION = "prosecution"
    CORONER = "coroner"
    ADULT_BOARD = "adult_board"
    COMMUNITY_SAFETY = "community_safety"
    MAPPA_BOARD = "mappa_board"
    CHILD_DEATH_PARTNERS = "child_death_partners"
    LEGAL_ADVISER = "legal_adviser"
    PANEL_SECRETARIAT = "panel_secretariat"
    OTHER_BODY = "other_body"


OF_THE_POLICE: Final = frozenset(
    {LiaisonWith.POLICE, LiaisonWith.FAMILY_LIAISON, LiaisonWith.PROSECUTION}
)
"""With whom the police's representative on the review team speaks (LC-27)."""
