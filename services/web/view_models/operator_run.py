"""One run as operators read it: what Prefect says of it, its orders, and what may be done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from services.casework.labels import label
from services.casework.operations.effects import effects_of
from services.casework.operations.one_run import RunSeen, run_seen
from services.casework.operations.operator_commands import ActOnRuns
from services.casework.operations.troubles import counted
from services.database.due_work import DueWork
from services.database.operator_acts import OperatorActRow
from services.domain.documents import DocumentKind
from services.domain.errors import PrefectUnavailable
from services.domain.identifiers import CaseId
from services.domain.plain_text import capital
from services.orchestration import SECOND, Run
from services.orchestration.prefect_flows import PrefectFlows
from services.web.app_state import Site
from services.web.forms.fields import Choice, questions
from services.web.forms.rendering import ShownForm, show


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One flow run of the case in Prefect: what it is, its state, and what Prefect says of it."""

    id: UUID
    what: str
    state: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """One order: what is to be made or done, at which step, what became of it, and its attempts."""

    what: str
    step: str
    ordered_at: datetime
    state: str
    at: datetime | None
    attempts: str
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorLine:
    """One act of an operator on the run: what, why, what came of it, who and when."""

    what: str
    because: str
    outcome: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """One run with the words beside its rows; a form where the operator may act."""

    seen: RunSeen
    effects: tuple[str, ...]
    prefect: tuple[AttemptLine, ...]
    prefect_says: str
    orders: tuple[OrderLine, ...]
    acts: tuple[OperatorLine, ...]
    form: ShownForm


def run_view(site: Site, case_id: CaseId) -> RunView:
    """Return what operators read of the run of a case."""
    seen = run_seen(site.neighbours, case_id)
    attempts, said = _prefect_says(site, seen)
    return RunView(
        seen=seen,
        effects=tuple(effects_of(seen.waiting.run)),
        prefect=attempts,
        prefect_says=said,
        orders=tuple(map(_order, seen.rows.orders)),
        acts=tuple(_act(one, seen.rows.names) for one in seen.rows.acts),
        form=_form(seen),
    )


def _prefect_says(site: Site, seen: RunSeen) -> tuple[tuple[AttemptLine, ...], str]:
    """Return the flow runs of the case as Prefect tells them; its silence is said as well."""
    if site.prefect is None:
        return (), "Prefect is not set up."
    carried = seen.led_by or CaseId(seen.waiting.id)
    try:
        found = PrefectFlows(site.prefect).of_case(carried)
    except PrefectUnavailable:
        return (), "Prefect does not answer: what it says of the run is not known."
    run_id = seen.waiting.run.flow_run_id
    if run_id is not None and run_id not in {one.id for one in found}:
        words = "Prefect does not know the run that the record names: the next attempt is begun."
        return tuple(_attempt(one, run_id) for one in found), words
    return tuple(_attempt(one, run_id) for one in found), "" if found else "No flow run yet."


def _attempt(run: Run, carries: UUID | None) -> AttemptLine:
    what = "Carries the case" if run.id == carries else "An attempt before"
    if SECOND in run.tags:
        what = "Started by hand in Prefect"
    return AttemptLine(run.id, what, run.name or capital(run.state.value.lower()), run.detail)


def _form(seen: RunSeen) -> ShownForm:
    """Return the form with the courses that are offered for this one run."""
    offered = tuple(Choice(one.value, capital(label(one))) for one in seen.courses)
    fields = show(questions(ActOnRuns), {}).fields
    asked = (one for one in fields if one.name != "items")
    return ShownForm(
        tuple(replace(one, choices=offered) if one.name == "course" else one for one in asked)
    )


def _order(row: DueWork) -> OrderLine:
    state, at = _state(row)
    return OrderLine(
        what=_what(row),
        step=label(row.step),
        ordered_at=row.ordered_at,
        state=state,
        at=at,
        attempts=_attempts(row),
        request_id=row.request_id,
    )


def _what(row: DueWork) -> str:
    """Say what was ordered; joint work by its code, for it has no words of its own."""
    kind = row.payload.get("kind", "")
    if kind in set(DocumentKind):
        return f"Document: {label(DocumentKind(kind))}"
    return f"Joint work: {str(row.payload.get('type', '')).replace('_', ' ')}"


def _state(row: DueWork) -> tuple[str, datetime | None]:
    if row.done_at is not None:
        return "Done", row.done_at
    if row.parked_at is not None:
        return "Set aside", row.parked_at
    if row.begun_under is not None:
        return "In hand", None
    if row.last_error:
        return "Tried again from", row.not_before
    return "Waits since", row.ordered_at


def _attempts(row: DueWork) -> str:
    parts = [counted(row.attempts, "attempt")]
    parts += [f"{row.failures} failed"] if row.failures else []
    parts += [f"{row.unanswered} without an answer"] if row.unanswered else []
    parts += [f"{row.lost_alone} lost with their process"] if row.lost_alone else []
    parts += [f"last error {row.last_error}"] if row.last_error else []
    return ", ".join(parts)


def _act(row: OperatorActRow, names: Mapping[UUID, str]) -> OperatorLine:
    return OperatorLine(
        what=capital(label(row.act)),
        because=row.because,
        outcome=capital(label(row.outcome)),
        who=names.get(row.person_id, "A person who has left"),
        at=row.at,
    )
