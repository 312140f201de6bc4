"""The runs as operators read them: a page of the list, narrowed, each with its effect."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from services.casework.labels import label
from services.casework.operations.affecting import Affecting, affecting_now
from services.casework.operations.effects import effects_of
from services.casework.operations.waiting import Page, WaitingRun, waiting_runs
from services.casework.operations.watched import partnership_names
from services.domain.identifiers import CaseId
from services.domain.plain_text import capital
from services.domain.run_troubles import RunTrouble
from services.domain.workflow import Step
from services.web.app_state import Site
from services.web.forms.fields import Choice
from services.web.view_models.runs_narrowing import (
    ANY_TROUBLE,
    WORK_WAITS,
    RunsNarrowed,
    narrowed_by,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """One run of the list: whose it is, where it stands, what is kept from happening."""

    case_id: UUID
    reference: str
    partnership: str
    stage: str
    effects: tuple[str, ...]
    work: str
    oldest: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsView:
    """One page of runs, and what they may be narrowed to."""

    narrowed: RunsNarrowed
    found: Page[WaitingRun]
    lines: tuple[RunLine, ...]
    partnerships: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    steps: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class CauseLine:
    """One cause with its effect, the first few cases, and the query of the list of all of them."""

    one: Affecting
    query: str

    @property
    def more(self) -> int:
        """Return how many cases there are beside the first few."""
        return self.one.cases - len(self.one.first)


def runs_view(site: Site, asked: Mapping[str, str]) -> RunsView:
    """Return the page of runs that the address asks for."""
    narrowed = narrowed_by(asked)
    found = waiting_runs(site.neighbours, narrowed.among, narrowed.wanted)
    names = partnership_names(site.neighbours)
    troubles = [Choice(one.value, capital(label(one))) for one in RunTrouble]
    return RunsView(
        narrowed=narrowed,
        found=found,
        lines=tuple(map(_line, found.items)),
        partnerships=tuple(Choice(str(one), name) for one, name in names.items()),
        kinds=(
            Choice(ANY_TROUBLE, "Anything is wrong"),
            Choice(WORK_WAITS, "Machine work waits"),
            *troubles,
        ),
        steps=tuple(Choice(one.value, capital(label(one))) for one in Step),
    )


def affecting_here(site: Site) -> list[CauseLine]:
    """Return what is stuck in all partnerships by its cause, each with the way to its cases."""
    return [CauseLine(one, _query(one)) for one in affecting_now(site.neighbours)]


def _query(one: Affecting) -> str:
    told = {"what": one.what.value, "error": one.error}
    return urlencode({name: value for name, value in told.items() if value})


def _line(one: WaitingRun) -> RunLine:
    run = one.run
    parts = [f"{run.undone} waiting"] if run.undone else ["None waiting"]
    parts += [f"{run.set_aside} set aside"] if run.set_aside else []
    parts += [f"{run.put_off} tried again later"] if run.put_off else []
    parts += [f"last error {', '.join(run.errors)}"] if run.errors else []
    return RunLine(
        case_id=CaseId(one.id),
        reference=one.reference,
        partnership=one.partnership,
        stage=label(run.stage),
        effects=tuple(effects_of(run)),
        work=", ".join(parts),
        oldest=run.oldest,
    )
