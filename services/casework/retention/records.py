"""Which closed cases are on record, until when each is kept, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import col, select

from services.database.cases import Case
from services.database.retention import (
    Answered,
    RetentionProposal,
    proposals,
    schedule_in_force,
    what_holds,
)
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy_json import stored_policy
from services.domain.errors import NotFound
from services.domain.retention import (
    Holding,
    RecordClass,
    RetentionMatter,
    RetentionStanding,
    Years,
    class_of_record,
    years_after,
)
from services.domain.roles import Permission
from services.domain.workflow import Stage
from services.domain.working_days import london_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The years in force by class, and the schedule that says so; else the policy's one number."""

    years: Years
    under: UUID | None = None
    adopted_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptUntil:
    """What the record of a closed case is, when it comes up, and why longer than by its years."""

    record_class: RecordClass
    closed_on: date
    review_on: date
    because: RetentionProposal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRecord:
    """One closed case: what it is, until when it is kept, what is proposed, and how it stands.

    ``held_by`` is what the database refuses its disposal for (`sec.what_holds`), and nothing else.
    """

    case_id: UUID
    reference: str
    record_class: RecordClass
    closed_on: date
    review_on: date
    kept_because: RetentionProposal | None
    proposal: RetentionProposal | None
    held_by: tuple[Holding, ...]
    standing: RetentionStanding


def schedule_now(work: UnitOfWork, found: Sequence[Answered] | None = None) -> Schedule:
    """Return the schedule in force; before two people adopted one, the policy's own number."""
    found = proposals(work.session) if found is None else found
    adopted = schedule_in_force(found)
    if adopted is not None and adopted.years is not None:
        on = next(answer.answered_at for one, answer in found if answer and one.id == adopted.id)
        return Schedule(
            years=Years.read(adopted.years), under=adopted.id, adopted_on=london_date(on)
        )
    return Schedule(years=Years.alike(stored_policy(work.partnership.policy).retention_years))


def kept_records(work: UnitOfWork, found: Sequence[Answered] | None = None) -> list[KeptRecord]:
    """Return the partnership's closed cases, those that come up first before others.

    ``found`` are its proposals where they have been read already.
    """
    work.actor.must(Permission.READ_RETENTION)
    return _records(work, found)


def every_record(work: UnitOfWork) -> list[KeptRecord]:
    """Return the same to Keyline itself, from whom nothing is hidden."""
    return _records(work)


def record_of(work: UnitOfWork, case_id: UUID) -> KeptRecord:
    """Return one closed case; one that is open, or another's, is simply not found."""
    for one in _records(work, case_id=case_id):
        return one
    raise NotFound("There is no closed case of that address.")


def open_references(work: UnitOfWork) -> list[str]:
    """Return the references of the partnership's open cases."""
    question = select(Case.reference).where(Case.stage != Stage.CLOSED)
    return list(work.session.exec(question.order_by(col(Case.reference))))


def _records(
    work: UnitOfWork, found: Sequence[Answered] | None = None, case_id: UUID | None = None
) -> list[KeptRecord]:
    question = select(Case).where(Case.stage == Stage.CLOSED, col(Case.closed_at).is_not(None))
    if case_id is not None:
        question = question.where(Case.id == case_id)
    found = proposals(work.session) if found is None else found
    cases, schedule = work.session.exec(question).all(), schedule_now(work, found)
    held = what_holds(work.session, (one.id for one in cases))
    records = [_record(work, one, schedule, found, held.get(one.id, ())) for one in cases]
    return sorted(records, key=lambda one: (one.review_on, one.reference))


def _record(
    work: UnitOfWork,
    case: Case,
    schedule: Schedule,
    found: Sequence[Answered],
    held_by: tuple[Holding, ...],
) -> KeptRecord:
    kept = kept_until(case, schedule, found)
    proposal = _waiting(found, case.id)
    return KeptRecord(
        case_id=case.id,
        reference=case.reference,
        record_class=kept.record_class,
        closed_on=kept.closed_on,
        review_on=kept.review_on,
        kept_because=kept.because,
        proposal=proposal,
        held_by=held_by,
        standing=_standing(
            is_held=bool(held_by),
            is_proposed=proposal is not None,
            is_due=kept.review_on <= work.today,
        ),
    )


def kept_until(case: Case, schedule: Schedule, found: Sequence[Answered]) -> KeptUntil:
    """Return when the record of the closed case comes up, by the schedule or kept longer (K15).

    A later day that was said stands beside every schedule: one with more years moves it on, and one
    with fewer leaves it.
    """
    record_class = class_of_record(
        is_commissioned=case.commissioned_on is not None, is_reviewed=case.submitted_at is not None
    )
    closed_on = london_date(_closed_at(case))
    kept = _newest(found, case.id, RetentionMatter.KEEP)
    review_on = years_after(closed_on, schedule.years.of(record_class))
    # What was said before a reopening was said of another closure.
    if kept is not None and kept.review_on is not None and kept.proposed_at > _closed_at(case):
        review_on = max(review_on, kept.review_on)
    return KeptUntil(
        record_class=record_class, closed_on=closed_on, review_on=review_on, because=kept
    )


def _closed_at(case: Case) -> datetime:
    return case.closed_at or case.opened_at


def _standing(*, is_held: bool, is_proposed: bool, is_due: bool) -> RetentionStanding:
    if is_held:
        return RetentionStanding.HELD
    if is_proposed:
        return RetentionStanding.PROPOSED
    return RetentionStanding.DUE if is_due else RetentionStanding.KEPT


def _newest(
    found: Sequence[Answered], case_id: UUID, matter: RetentionMatter
) -> RetentionProposal | None:
    ours = (one for one, _ in found if one.case_id == case_id and one.matter is matter)
    return next(ours, None)


def _waiting(found: Sequence[Answered], case_id: UUID) -> RetentionProposal | None:
    """Return the proposal to dispose of the case that nobody has answered: there is one at most."""
    asked = (one for one, answer in found if answer is None and one.case_id == case_id)
    return next((one for one in asked if one.matter is RetentionMatter.DISPOSE), None)
