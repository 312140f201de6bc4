"""One part of a partnership's file, and how it stands to what is on record."""

from dataclasses import dataclass

from services.domain.set_up import PartStanding


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """One part of the file; what differs is not changed, and ``to_do`` names the act that does."""

    what: str
    standing: PartStanding
    to_do: str = ""
