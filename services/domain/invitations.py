"""The invitation to a meeting or a learning event, as an email carries it to a calendar."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

LASTS: Final = timedelta(hours=2)
"""How much of a calendar the meeting takes: the guidance names no length, and it can be moved."""

OF_A_REPORT_LASTS: Final = timedelta(hours=1)
"""How much of a calendar a meeting about an agency's report takes; no length is asked for it."""

AGENDA: Final = (
    "Conflicts of interest and confidentiality",
    "The facts, as far as they can be readily established",
    "Immediate action for the safety of any child, and learning to be shared now",
    "What could be improved to safeguard and promote the welfare of children",
    "Other reviews and proceedings: which goes first, what may not be asked, shown or published",
    "The criteria, and which next steps are put to the safeguarding partners",
    "Who writes the record, and by when it is agreed and sent",
)
"""The points of every rapid review meeting (RR-46); an email may hold them: they name no case."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One version of the invitation: by which entry the meeting was set, and how new it is.

    The number of the entry that sends it is its SEQUENCE: entries only count up. Day and place are
    read from the entry when the email is written, so that the outbox holds no words of people.
    """

    set_by: int
    sequence: int
    is_cancelled: bool = False

    def as_json(self) -> dict[str, int | bool]:
        """Return it as the outbox keeps it."""
        return {
            "set_by": self.set_by,
            "sequence": self.sequence,
            "is_cancelled": self.is_cancelled,
        }
