"""What is said of a backup beside it: when, of which release, how many rows, which chain ends.

It holds names of tables, counts, ids of partnerships and digests: no word of a case.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from services.domain.audit_verifier import Mark
from services.domain.errors import NotFound, Unavailable

FORM = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds, all of it as of one moment of the database."""

    name: str
    taken_at: datetime
    release: str
    revision: str
    rows: Mapping[str, int]
    chains: Mapping[str, Mark]
    is_encrypted: bool
    size: int
    sha256: str

    @property
    def all_rows(self) -> int:
        """Return how many rows it holds."""
        return sum(self.rows.values())

    def save(self, path: Path) -> None:
        """Write it beside the backup, for its owner alone."""
        told = asdict(self) | {"form": FORM, "taken_at": self.taken_at.isoformat()}
        path.touch(mode=0o600)
        path.write_text(json.dumps(told, indent=1) + "\n")

    @staticmethod
    def read(path: Path) -> "Manifest":
        """Read it again; say plainly where it is not there or is not one."""
        try:
            told = json.loads(path.read_text())
            if told.pop("form") != FORM:
                raise Unavailable(f"{path} is a manifest of another form than this release reads.")
            told["taken_at"] = datetime.fromisoformat(told["taken_at"])
            told["chains"] = {chain: Mark(**mark) for chain, mark in told["chains"].items()}
            return Manifest(**told)
        except FileNotFoundError:
            raise NotFound(f"There is no manifest {path}.") from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Unavailable(f"{path} is no manifest of a backup.") from None
