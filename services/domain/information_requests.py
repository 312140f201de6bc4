"""What a request for information may be, by whom it is answered, and what is decided of each item.

Of the law of information and of no rule of the framework [bg]: the UK GDPR and the Data Protection
Act 2018 (DPA), as the Data (Use and Access) Act 2025 changed them, and the Freedom of Information
Act 2000 (FOIA). A partnership is not itself the public authority or the controller unless its
policy says so: the request goes to whoever holds the information.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from services.domain.directory import OrganisationKind
from services.domain.roles import Seat


class InformationRequestKind(StrEnum):
    """What somebody asks of the partnership under the law of information."""

    SUBJECT_ACCESS = "subject_access"
    FREEDOM_OF_INFORMATION = "freedom_of_information"
    COMPLAINT = "complaint"


class RequestSource(StrEnum):
    """How a request came; each is as good as another, a letter as a telephone call."""

    EMAIL = "email"
    LETTER = "letter"
    TELEPHONE = "telephone"
    IN_PERSON = "in_person"
    WEB_FORM = "web_form"


class InformationHolder(StrEnum):
    """Who holds the information, and so answers the request."""

    LOCAL_AUTHORITY = "local_authority"
    INTEGRATED_CARE_BOARD = "integrated_care_board"
    POLICE = "police"
    PARTNERSHIP = "partnership"

    @property
    def seat(self) -> Seat | None:
        """Return the partner's seat; None where the partnership itself answers."""
        return None if self is InformationHolder.PARTNERSHIP else Seat(self.value)

    @property
    def organisation(self) -> OrganisationKind:
        """Return what the holder is in the directory."""
        return OrganisationKind(self.value)


class ItemDecision(StrEnum):
    """What becomes of one item that was found."""

    DISCLOSE = "disclose"
    REDACT = "redact"
    WITHHOLD = "withhold"


class RequestOutcome(StrEnum):
    """How a request ended without an answer of the partnership's own."""

    ANSWERED_BY_HOLDER = "answered_by_holder"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    IDENTITY_NEVER_CONFIRMED = "identity_never_confirmed"
    NEVER_CLARIFIED = "never_clarified"


class Exemption(StrEnum):
    """By which provision something is left out, named by its place in the act."""

    DPA_SCH2_PARA2 = "dpa_sch2_para2"
    DPA_SCH2_PARA5 = "dpa_sch2_para5"
    DPA_SCH2_PARA7 = "dpa_sch2_para7"
    DPA_SCH2_PARA16 = "dpa_sch2_para16"
    DPA_SCH2_PARA19 = "dpa_sch2_para19"
    DPA_SCH3_PARA5 = "dpa_sch3_para5"
    DPA_SCH3_PARA11 = "dpa_sch3_para11"
    DPA_SCH3_PARA19 = "dpa_sch3_para19"
    DPA_SCH3_PARA21 = "dpa_sch3_para21"
    FOIA_S21 = "foia_s21"
    FOIA_S22 = "foia_s22"
    FOIA_S30 = "foia_s30"
    FOIA_S31 = "foia_s31"
    FOIA_S32 = "foia_s32"
    FOIA_S36 = "foia_s36"
    FOIA_S38 = "foia_s38"
    FOIA_S40 = "foia_s40"
    FOIA_S41 = "foia_s41"
    FOIA_S42 = "foia_s42"
    FOIA_S44 = "foia_s44"


_PREFIXES: Final[Mapping[InformationRequestKind, tuple[str, ...]]] = MappingProxyType(
    {
        InformationRequestKind.SUBJECT_ACCESS: ("dpa_",),
        InformationRequestKind.FREEDOM_OF_INFORMATION: ("foia_",),
        InformationRequestKind.COMPLAINT: (),
    }
)


def exemptions_of(kind: InformationRequestKind) -> tuple[Exemption, ...]:
    """Return the provisions by which something may be left out of an answer of this kind."""
    return tuple(one for one in Exemption if one.value.startswith(_PREFIXES[kind]))
