"""What an operator narrows runs, emails and alerts to, read from the address of the page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from services.casework.operations.waiting import Page, Waiting
from services.database.console import Among, RunsWanted
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.progress import stages_at
from services.domain.run_troubles import RunTrouble
from services.domain.workflow import Step
from services.web.forms.text import showable
from services.web.path_ids import id_told

LONGEST: Final = 60
ANY_TROUBLE: Final = "wrong"
WORK_WAITS: Final = "waiting"
KINDS: Final = (ANY_TROUBLE, WORK_WAITS, *(one.value for one in RunTrouble))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsNarrowed:
    """What the operator narrowed the list to; what cannot be read narrows nothing."""

    partnership: str = ""
    what: str = ""
    error: str = ""
    step: str = ""
    case: str = ""
    page: str = ""

    @property
    def among(self) -> Among:
        """Return which page of whose things."""
        whose, case = id_told(self.partnership), id_told(self.case)
        return Among(
            page=int(self.page) if re.fullmatch("[1-9][0-9]{0,5}", self.page) else 1,
            whose=PartnershipId(whose) if whose else None,
            of_case=CaseId(case) if case else None,
            named=None,
        )

    @property
    def wanted(self) -> RunsWanted:
        """Return the kind of runs."""
        step = next((one for one in Step if one.value == self.step), None)
        return RunsWanted(
            what=self.what if self.what in KINDS else "",
            error=self.error,
            step=step,
            stages=stages_at(step) if step else (),
        )

    @property
    def query(self) -> str:
        """Return the address's query, without the page."""
        return _query(replace(self, page=""))

    def turned(self, found: Page[Waiting], by: int) -> str:
        """Return the query of a page before or after this one; nothing where there is none."""
        number = found.number + by
        is_there = 1 <= number <= found.pages
        return _query(replace(self, page=str(number))) if is_there else ""


def narrowed_by(asked: Mapping[str, str]) -> RunsNarrowed:
    """Return what the address narrows the list to, as it may be shown back."""
    names = ("partnership", "what", "error", "step", "case", "page")
    return RunsNarrowed(**{name: showable(asked.get(name, ""))[:LONGEST] for name in names})


def _query(narrowed: RunsNarrowed) -> str:
    told = {name: getattr(narrowed, name) for name in narrowed.__dataclass_fields__}
    return urlencode({name: value for name, value in told.items() if value})
