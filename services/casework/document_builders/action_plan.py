"""The action plan, from its proposal to the close of the case: what it says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.casework.answers_as_text import Names, as_section
from services.casework.document_builders.action_plan_audits import (
    opened_again,
    rated,
    reviews_and_audits,
)
from services.casework.document_builders.case_history import CaseHistory
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    on_day,
    parts,
)
from services.casework.document_builders.sign_offs import HOW_RESOLVED, signatures
from services.casework.joint.matters import parties_deciding, positions_of
from services.casework.steps.close_said import CaseClosed
from services.casework.steps.plan_said import ActionOfPlan, ActionReported, PlanPut
from services.database.cases import Case
from services.domain.actions import Progress
from services.domain.documents import PaperSection, Table
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.parties import standing
from services.domain.sign_off import SignOffMatter
from services.domain.working_days import london_date


@dataclass(frozen=True, slots=True)
class _Plan:
    """One version that was put to the partners, and whether they had all agreed on it by then."""

    said: PlanPut
    is_agreed: bool


def action_plan(context: BuilderContext) -> DocumentContent:
    """Build the action plan as it was proposed, agreed, completed or closed (EMB-03, Doc 18).

    A version that was not agreed on is left out once another one was put in its place. A plan that
    was just proposed shows no positions yet.
    """
    plans = _plans(context)
    return DocumentContent(
        sections=(
            PaperSection(heading="Actions", table=_actions(context, plans)),
            *_not_taken(plans, context.names),
            *reviews_and_audits(context.history),
            *_sharing(plans, context.names),
            *_to_be_reviewed(plans, context.names),
            *_positions(context),
            *_close(context.history, context.names),
        ),
        details=_closed_on(context.case, context.history),
    )


def _plans(context: BuilderContext) -> list[_Plan]:
    """Return what is in force, and the newest version where that is not agreed on yet."""
    put = context.history.all(EntryType.PLAN_PROPOSED)
    found = [
        _Plan(PlanPut.model_validate(entry.command), _is_agreed(context, number))
        for number, entry in enumerate(put, start=1)
    ]
    return [one for one in found if one.is_agreed or one is found[-1]]


def _is_agreed(context: BuilderContext, round_: int) -> bool:
    matter, newest = SignOffMatter.PROPOSED_PLAN, context.history.newest
    if newest.entry_type is EntryType.PLAN_PROPOSED and round_ == context.history.rounds(matter):
        return False
    signed = positions_of(context.work, context.case, matter, round_)
    by_then = [one for one in signed if one.at <= newest.at]
    needed = parties_deciding(context.work, context.case, matter)
    return standing(by_then, needed).agreed_on is not None


def _positions(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return the positions on the plan before it was in force, and on the completed plan."""
    history, newest = context.history, context.history.newest.entry_type
    if newest is EntryType.PLAN_PROPOSED:
        return ()
    matters = [(SignOffMatter.PROPOSED_PLAN, history.rounds(SignOffMatter.PROPOSED_PLAN))]
    if newest not in {EntryType.SIGNED_OFF, EntryType.POSITION_REPLACED}:
        matters += [(SignOffMatter.ACTION_PLAN, history.rounds(SignOffMatter.ACTION_PLAN))]
    return tuple(
        replace(section, heading=f"{section.heading}: {label(matter)}")
        for matter, round_ in matters
        for section in signatures(context.work, context.case, matter, round_)
        # The plan holds no family data, and the words of a dialogue may.
        if section.heading != HOW_RESOLVED
    )


def _sharing(plans: Sequence[_Plan], names: Names) -> tuple[PaperSection, ...]:
    """Return how the learning is shared, as each plan says it."""
    without = frozenset({"actions", "not_taken", "review_on"})
    return tuple(
        as_section("Sharing the learning", one.said, names, without=without) for one in plans
    )


def _to_be_reviewed(plans: Sequence[_Plan], names: Names) -> tuple[PaperSection, ...]:
    """Return by which day the newest plan is reviewed, where it says so (EMB-04)."""
    without = frozenset({"actions", "not_taken", "dissemination"})
    newest = plans[-1].said if plans else None
    if newest is None or newest.review_on is None:
        return ()
    return (as_section("The review of the plan", newest, names, without=without),)


def _close(history: CaseHistory, names: Names) -> tuple[PaperSection, ...]:
    closed = [CaseClosed.model_validate(one.command) for one in history.all(EntryType.CASE_CLOSED)]
    heading, without = "The close of the case", frozenset({"still_awaited"})  # no part of a plan
    return tuple(part for one in closed for part in parts(heading, one, names, without=without))


def _closed_on(case: Case, history: CaseHistory) -> dict[str, str]:
    if case.closed_at is None or not history.all(EntryType.CASE_CLOSED):
        return {}
    return {"Closed on": on_day(london_date(case.closed_at))}


def _actions(context: BuilderContext, plans: Sequence[_Plan]) -> Table:
    planned = [(one, plan.is_agreed) for plan in plans for one in plan.said.actions]
    standing = _standing(context.history)
    evidence = _reported(context.history)
    return Table(
        caption="",
        columns=("No.", "Answers", "Action", "Owner", "By", "Measure", "Status", "Evidence"),
        rows=tuple(
            (
                str(number),
                _answers(one),
                one.action,
                _owner(one, context.names),
                on_day(one.last_day),
                one.measure,
                standing.get(number, label(Progress.OPEN)) if is_agreed else "Put to the partners",
                evidence[number].evidence if number in evidence else "",
            )
            for number, (one, is_agreed) in enumerate(planned, start=1)
        ),
    )


def _answers(action: ActionOfPlan) -> str:
    """Return what the action answers, and whether its agency recommended it to itself (EMB-08)."""
    if action.own is None:
        return action.recommendation
    return f"Recommended by the agency to itself ({action.own}). {action.recommendation}"


def _not_taken(plans: Sequence[_Plan], names: Names) -> tuple[PaperSection, ...]:
    """Return what agencies recommended to themselves and no plan takes over, and why (EMB-08)."""
    rows = tuple(
        (names.get(one.agency, ""), f"{one.number}. {one.what}", one.why)
        for plan in plans
        for one in plan.said.not_taken
    )
    table = Table(
        caption="", columns=("Agency", "What it recommended to itself", "Why not"), rows=rows
    )
    return (
        (
            PaperSection(
                heading="Recommended by agencies to themselves, and not taken over", table=table
            ),
        )
        if rows
        else ()
    )


def _owner(action: ActionOfPlan, names: Names) -> str:
    """Return the post that answers for the action, and its agency."""
    return ", ".join(filter(None, (action.owner, names.get(action.agency, ""))))


def _reported(history: CaseHistory) -> dict[int, ActionReported]:
    """Return what was last reported of each action."""
    found = (
        ActionReported.model_validate(entry.command)
        for entry in history.all(EntryType.ACTION_UPDATED)
    )
    return {one.number: one for one in found}


def _standing(history: CaseHistory) -> dict[int, str]:
    """Return how each action stands and is rated; what an audit opened again is open."""
    told = {number: label(one.progress) for number, one in _reported(history).items()}
    for number, audit in opened_again(history).items():
        told[number] = f"open again by {on_day(audit.again_by)}: {label(audit.finding)}"
    for number, said in rated(history).items():
        told[number] = f"{told.get(number, label(Progress.OPEN))}. {said}"
    return told
