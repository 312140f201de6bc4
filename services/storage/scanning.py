"""Whether a virus scanner has looked at a file, and whether the file may be read after that."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Verdict(Enum):
    """What is known of a file after it was to be scanned."""

    CLEAN = "clean"
    FOUND = "found"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    NOT_SCANNED = "not_scanned"


@dataclass(frozen=True, slots=True)
class Scan:
    """The verdict on one file, and what was found in it."""

    verdict: Verdict
    name: str = ""

    def lets_read(self, *, is_demanded: bool) -> bool:
        """Tell whether the file may be read now.

        A scanner that is there and gives no answer never lets a file pass; where there is none,
        the partnership's policy says whether files wait for one.
        """
        if self.verdict is Verdict.NOT_SCANNED:
            return not is_demanded
        return self.verdict is Verdict.CLEAN


class Scanner(Protocol):
    """What casework asks of a virus scanner; it never raises."""

    @property
    def is_set_up(self) -> bool:
        """Tell whether this installation has a scanner at all."""
        ...

    def scan(self, content: bytes) -> Scan:
        """Look at the bytes of one file."""
        ...

    def answers(self) -> bool:
        """Tell whether the scanner answers just now."""
        ...


class NoScanner:
    """The installation has no scanner, and says so of each file."""

    is_set_up = False

    def scan(self, _content: bytes) -> Scan:
        """Say that nothing looked at the file."""
        return Scan(Verdict.NOT_SCANNED)

    def answers(self) -> bool:
        """Say that there is nothing to answer."""
        return False


NO_SCANNER = NoScanner()
