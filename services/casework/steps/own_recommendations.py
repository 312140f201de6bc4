"""What agencies recommended to themselves in their reports, and what the plan makes of it (EMB-08).

Each is known by its agency and its number in the newest report of that agency. It is answered once
the partners agree on a plan that takes it over, or says why not; a newer report asks anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.casework.commands import Command
from services.casework.steps.local_review.report_sent import OwnRecommendation, ReportSubmitted
from services.casework.steps.plan_said import ActionOfPlan, NotTakenKept, NotTakenOver, PlanPut
from services.casework.steps.rounds.agreed_words import each_agreed_as_read
from services.database.cases import Case
from services.database.history import all_of
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.sign_off import SignOffMatter
from services.domain.working_days import written

Key = tuple[UUID, int]


@dataclass(frozen=True, slots=True)
class OwnOfAgency:
    """What an agency recommended to itself: its number there, and the entry that says it."""

    agency_id: UUID
    number: int
    said: OwnRecommendation
    entry: int

    @property
    def key(self) -> Key:
        """Return by what the plan names it."""
        return (self.agency_id, self.number)


def own_recommendations(work: UnitOfWork, case: Case) -> tuple[OwnOfAgency, ...]:
    """Return what the newest report of each agency recommends to it, as far as the actor reads."""
    sent = {one.subject: one for one in all_of(work.session, case.id, EntryType.REPORT_SUBMITTED)}
    return tuple(
        OwnOfAgency(UUID(agency), number, said, entry.number)
        for agency, entry in sent.items()
        for number, said in enumerate(
            ReportSubmitted.model_validate(entry.command).recommendations, start=1
        )
    )


def unanswered(work: UnitOfWork, case: Case) -> tuple[OwnOfAgency, ...]:
    """Return those that no plan on which the partners agreed takes over or answers."""
    own = own_recommendations(work, case)
    if not own:
        return ()
    matter, kind = SignOffMatter.PROPOSED_PLAN, EntryType.PLAN_PROPOSED
    agreed = [entry for _, entry in each_agreed_as_read(work, case, matter, kind) if entry]
    answered = {
        (key, entry.number)
        for entry in agreed
        for key in _answered_in(PlanPut.model_validate(entry.command))
    }
    return tuple(
        one
        for one in own
        if not any(key == one.key and number > one.entry for key, number in answered)
    )


def own_answered(
    work: UnitOfWork,
    case: Case,
    actions: Sequence[ActionOfPlan],
    not_taken: Sequence[NotTakenOver],
) -> tuple[NotTakenKept, ...]:
    """Return what a plan does not take over, with the agencies' words; refuse it if one is left.

    So it is refused for one that there is not, and for one that is both taken over and not.
    """
    known = {one.key: one for one in own_recommendations(work, case)}
    taken = [(one.agency, one.own) for one in actions if one.own is not None]
    said = [(one.agency, one.number) for one in not_taken]
    for field, keys in (("actions", taken), ("not_taken", said)):
        _must_be_there(work, field, keys, known)
    if both := set(taken) & set(said):
        raise AnswerRefused("not_taken", f"Taken over all the same: {_named(work, both)}.")
    left = {one.key for one in unanswered(work, case)} - {*taken, *said}
    if left:
        raise AnswerRefused(
            "not_taken",
            "Agencies recommended this to themselves: take each over in an action of its agency, "
            f"or say why not (EMB-08). Left: {_named(work, left)}.",
        )
    return tuple(
        NotTakenKept(**dict(one), what=known[one.agency, one.number].said.what) for one in not_taken
    )


class OwnAsAction(Command):
    """An action that takes over what an agency recommended to itself, as the form opens with it."""

    recommendation: str
    action: str
    agency: UUID
    own: int
    owner: str
    last_day: date


class OwnTakenOver(Command):
    """What the form of a plan opens with."""

    actions: tuple[OwnAsAction, ...]


def plan_begun(work: UnitOfWork, case: Case) -> OwnTakenOver | None:
    """Return an action for each own recommendation that no agreed plan answers, if there is one."""
    rows = tuple(
        OwnAsAction(
            recommendation=f"The agency's own recommendation {one.number}.",
            action=one.said.what,
            agency=one.agency_id,
            own=one.number,
            owner=one.said.whose,
            last_day=one.said.by_when,
        )
        for one in unanswered(work, case)
    )
    return OwnTakenOver(actions=rows) if rows else None


def own_noted(work: UnitOfWork, case: Case) -> str:
    """Say what agencies recommended to themselves that no agreed plan answers, by its number."""
    named = agency_names(work.session)
    said = " ".join(
        f"{named.get(one.agency_id, 'An agency')}, {one.number}: {one.said.what.rstrip('.')} "
        f"({one.said.whose}, by {written(one.said.by_when)})."
        for one in unanswered(work, case)
    )
    return f"Agencies recommended to themselves, by number: {said}" if said else ""


def _must_be_there(
    work: UnitOfWork, field: str, keys: Iterable[Key], known: dict[Key, OwnOfAgency]
) -> None:
    for key in keys:
        if key not in known:
            named = _named(work, [key])
            raise AnswerRefused(field, f"No report recommends this to its agency: {named}.")


def _named(work: UnitOfWork, keys: Iterable[Key]) -> str:
    named = agency_names(work.session)
    told = sorted((named.get(agency, "An agency"), number) for agency, number in keys)
    return "; ".join(f"{agency}, number {number}" for agency, number in told)


def _answered_in(plan: PlanPut) -> set[Key]:
    taken = {(one.agency, one.own) for one in plan.actions if one.own is not None}
    return taken | {(one.agency, one.number) for one in plan.not_taken}
