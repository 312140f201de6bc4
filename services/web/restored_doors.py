"""Whether people may come in: not where a restored database holds what was disposed of since."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Engine

from services.database.restorations import awaits_replay
from services.domain.errors import Unavailable

SHUT: Final = (
    "The record was put back from a backup. Nobody can sign in until what had been disposed of "
    "since then is disposed of again. Try again in a few minutes."
)


@dataclass(slots=True, eq=False)
class RestoredDoors:
    """The doors of one process; once open they stay so: what is restored is started anew."""

    are_open: bool = False

    def must_be_open(self, engine: Engine) -> None:
        """Raise Unavailable until the ledger of disposals was replayed where that is needed."""
        if not self.are_open:
            if awaits_replay(engine):
                raise Unavailable(SHUT)
            self.are_open = True
