"""Where a case stands on its way, told from the record: for its flow, and for who watches it."""

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from sqlmodel import col, select

from services.casework.engine.transactions import TransactionContext, acting
from services.casework.steps.joined_cases import marked_by
from services.casework.steps.review_request.review_request import was_only_requested
from services.database import due_work
from services.database.assignments import Assignment
from services.database.cases import Case, get_case
from services.database.joint_reviews import newest_membership
from services.database.unit_of_work import UnitOfWork
from services.domain import progress as way
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.progress import AskedRound, OnRecord, Route, together
from services.domain.todos import Todo
from services.domain.todos_of_no_step import OF_NO_STEP
from services.domain.workflow import Outcome, Stage, Step, StepStanding

_IN_ORDER: Final = {todo: number for number, todo in enumerate(Todo)}


# A case that stands here was notified: by its own area, or by another of its joint review.
_NOTIFIED: Final = frozenset(
    {
        Stage.RAPID_REVIEW,
        Stage.WITH_PANEL,
        Stage.NATIONAL_REVIEW,
        Stage.COMMISSIONING,
        Stage.LOCAL_REVIEW,
        Stage.PUBLICATION,
    }
)


class OfPartnership(Protocol):
    """A case by its id, and whose it is: a member of a joint review, or its lease."""

    @property
    def partnership_id(self) -> PartnershipId: ...  # noqa: D102 - named for what it is
    @property
    def case_id(self) -> CaseId: ...  # noqa: D102 - named for what it is


def route(work: UnitOfWork, case_id: CaseId) -> Route:
    """Return the branches that the case takes, as far as it can be known now (RR-01)."""
    return way.route(on_record(work, case_id))


def standings(work: UnitOfWork, case: Case) -> tuple[StepStanding, ...]:
    """Return how each step of the case stands, in order, in words without a name."""
    return way.standings(on_record(work, CaseId(case.id)))


def on_record_of_run(context: TransactionContext, cases: Sequence[OfPartnership]) -> OnRecord:
    """Return what decides a run's way: its case and those that join it, each read as its own."""
    found = []
    for case in cases:
        with acting(context, case.partnership_id) as work:
            found.append(on_record(work, case.case_id))
    return together(found[0], found[1:])


def on_record(work: UnitOfWork, case_id: CaseId) -> OnRecord:
    """Return what of the case decides its way."""
    case = get_case(work.session, case_id)
    undone = due_work.open_work(work, case_id)
    steps = frozenset(piece.step for piece in undone)
    was_asked_for = _was_asked_for(work, case)
    return OnRecord(
        stage=case.stage,
        was_notified=_was_notified(work, case) or (case.stage in _NOTIFIED and not was_asked_for),
        took_part=_took_part(work, case),
        was_asked_for=was_asked_for,
        was_commissioned=_is_commissioned(case),
        finished_early=_finished_early(case),
        undone=steps,
        ready=due_work.ready_steps(work, case_id) if undone else frozenset(),
        parked=frozenset(piece.step for piece in undone if piece.parked_at is not None),
        held=steps if work.partnership.work_paused_at else frozenset(),
        waits_for=_waits_for(work, case_id),
    )


def _was_notified(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a rapid review follows here: that of a duplicate follows where it is carried."""
    return case.notified_at is not None and marked_by(work, case) is None


def _took_part(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a case without a notification of its own was reviewed in a joint review."""
    is_over = case.stage in {Stage.EMBEDDING, Stage.CLOSED}
    has_own = case.notified_at is not None
    return is_over and not has_own and newest_membership(work.session, case.id) is not None


def _was_asked_for(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a local review was decided on a request, without any notification (NOT-23)."""
    decided = case.notified_at is None and case.outcome is Outcome.LOCAL_REVIEW
    is_own = newest_membership(work.session, case.id) is None or was_only_requested(work, case)
    return decided and is_own


def _is_commissioned(case: Case) -> bool:
    reviewing = {Stage.COMMISSIONING, Stage.LOCAL_REVIEW, Stage.PUBLICATION}
    return case.stage in reviewing or case.commissioned_on is not None


def _finished_early(case: Case) -> frozenset[Step]:
    """Name the steps of a rapid review that are behind it while its stage is still the same."""
    ends = {Step.SCOPE: case.pack_accepted_on, Step.MEET: case.met_on}
    return frozenset(step for step, end in ends.items() if end is not None)


def _waits_for(work: UnitOfWork, case_id: CaseId) -> Mapping[Step, AskedRound]:
    """Say for each step at which people are asked what they are asked, and how many have done it.

    Those who were asked in the same round, since the oldest open one, are counted together.
    """
    found = work.session.exec(
        select(Assignment)
        .where(Assignment.case_id == case_id, col(Assignment.todo).not_in(OF_NO_STEP))
        .order_by(col(Assignment.opened_at), col(Assignment.id))
    ).all()
    asked = sorted(found, key=lambda one: (one.opened_at, _IN_ORDER[one.todo]))
    still_open = [one for one in asked if one.closed_at is None]
    return {one.step: _counted(one, asked) for one in reversed(still_open)}


def _counted(oldest: Assignment, asked: Sequence[Assignment]) -> AskedRound:
    same = [one for one in asked if one.todo is oldest.todo and one.opened_at >= oldest.opened_at]
    done = sum(one.closed_at is not None for one in same)
    if oldest.seat is not None:
        return AskedRound(todo=oldest.todo, of="partners", asked=len(same), done=done)
    if oldest.agency_id is not None:
        return AskedRound(todo=oldest.todo, of="agencies", asked=len(same), done=done)
    return AskedRound(todo=oldest.todo)
