"""The action plan, from its agreement to the close of the case: what it says."""

from services.casework.answers_as_text import Names, as_section
from services.casework.document_builders.case_history import CaseHistory
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    on_day,
    parts,
)
from services.casework.document_builders.sign_offs import signatures
from services.casework.steps.closing import Close
from services.casework.steps.embedding.action_plan import AgreePlan
from services.casework.steps.embedding.action_progress import UpdateAction
from services.database.actions import actions
from services.database.cases import Case
from services.domain.actions import Progress
from services.domain.documents import PaperSection, Table
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.sign_off import SignOffMatter
from services.domain.working_days import london_date


def action_plan(context: BuilderContext) -> DocumentContent:
    """Build the action plan as it was agreed, completed or closed (EMB-03, Doc 18).

    A plan that was just agreed is not up for signature yet, so it shows no positions.
    """
    case, history, names = context.case, context.history, context.names
    round_ = len(history.all(EntryType.ACTION_UPDATED))
    is_just_agreed = history.newest.entry_type == EntryType.PLAN_AGREED
    signed = signatures(context.work, case, SignOffMatter.ACTION_PLAN, round_)
    return DocumentContent(
        sections=(
            PaperSection(heading="Actions", table=_actions(context)),
            *_sharing(history, names),
            *(() if is_just_agreed else signed),
            *_close(history, names),
        ),
        details=_closed_on(case, history),
    )


def _sharing(history: CaseHistory, names: Names) -> tuple[PaperSection, ...]:
    """Return how the learning is shared, as each agreement on the plan said it."""
    agreed = [AgreePlan.model_validate(one.command) for one in history.all(EntryType.PLAN_AGREED)]
    without = frozenset({"actions"})
    return tuple(as_section("Sharing the learning", one, names, without=without) for one in agreed)


def _close(history: CaseHistory, names: Names) -> tuple[PaperSection, ...]:
    closed = [Close.model_validate(one.command) for one in history.all(EntryType.CASE_CLOSED)]
    return tuple(part for one in closed for part in parts("The close of the case", one, names))


def _closed_on(case: Case, history: CaseHistory) -> dict[str, str]:
    if case.closed_at is None or not history.all(EntryType.CASE_CLOSED):
        return {}
    return {"Closed on": on_day(london_date(case.closed_at))}


def _actions(context: BuilderContext) -> Table:
    history = context.history
    agreed = [AgreePlan.model_validate(one.command) for one in history.all(EntryType.PLAN_AGREED)]
    planned = sum(len(one.actions) for one in agreed)
    updated = {
        one.number: one
        for entry in history.all(EntryType.ACTION_UPDATED)
        for one in (UpdateAction.model_validate(entry.command),)
    }
    return Table(
        caption="Action plan",
        columns=("No.", "Answers", "Action", "Owner", "By", "Measure", "Standing", "Evidence"),
        rows=tuple(
            (
                str(one.number),
                one.recommendation,
                one.action,
                context.names.get(one.agency_id, ""),
                on_day(one.last_day),
                one.measure,
                label(newest.progress if newest else Progress.OPEN),
                newest.evidence if newest else "",
            )
            for one in actions(context.work.session, context.case.id)[:planned]
            for newest in (updated.get(one.number),)
        ),
    )
