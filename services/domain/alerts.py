"""What a partnership and the operators are alerted to, by code, and what people read of it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

REFUSALS_IN_A_ROW: Final = 3


class AlertCode(StrEnum):
    """One kind of thing that a person must look at, although no step of a case asks for it."""

    REFUSED_READS = "refused_reads"
    DIGEST_MISMATCH = "digest_mismatch"


ABOUT_THE_PERSON: Final = frozenset({AlertCode.REFUSED_READS})
ALERT_LABELS: Final[Mapping[AlertCode, str]] = {
    AlertCode.REFUSED_READS: "Three refused looks at cases in a row",
    AlertCode.DIGEST_MISMATCH: "A stored document is not as it was kept",
}
