"""The confidentiality agreement, in each version to which anybody ever agreed (LC-01).

A version that is out is never changed: what people agreed to is read again in its own words. New
words are a new version at the end of the list.
"""

from dataclasses import dataclass
from typing import Final

from services.domain.errors import NotFound
from services.domain.labels.own_words import in_own_words


@dataclass(frozen=True, slots=True)
class ConfidentialityAgreement:
    """One version of the agreement: its number, and its points in the order in which they stand."""

    version: int
    points: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return the points as one text."""
        return in_own_words(" ".join(self.points))


AGREEMENTS: Final = (
    ConfidentialityAgreement(
        1,
        (
            "You use what you learn of this case for this review alone.",
            "You pass nothing of it on to people outside it, unless the partners allow it.",
            "You keep papers and notes of it safe, and return or destroy them when you are asked.",
            "You tell the business manager at once if something of it was lost or went astray.",
            "This goes on when your part in the case has ended.",
            "It stops nobody from protecting a child, reporting a crime or obeying the law.",
        ),
    ),
)
IN_FORCE: Final = AGREEMENTS[-1]


def agreement_of(version: int) -> ConfidentialityAgreement:
    """Return the agreement in that version. Raises NotFound where there never was one."""
    for one in AGREEMENTS:
        if one.version == version:
            return one
    raise NotFound("There is no such version of the confidentiality agreement.")
