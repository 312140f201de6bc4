"""The retention page as people read it: references, classes, days and counts, no word of a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.casework.information_requests.access import requests_seen
from services.casework.labels import label
from services.casework.retention.records import KeptRecord, kept_records, schedule_now
from services.database.cases import cases_of
from services.database.disposals import Disposal, DisposedFile, disposals, files_of, paper_of
from services.database.people import names
from services.database.retention import (
    LegalHold,
    RetentionAnswer,
    RetentionProposal,
    holds,
    proposals,
)
from services.database.unit_of_work import UnitOfWork
from services.domain.plain_text import capital
from services.domain.retention import (
    DisposalPaperKind,
    RecordClass,
    RetentionMatter,
    RetentionStanding,
    Years,
)

SOMEBODY = "a person of the partnership"
OPEN_REQUEST = "Open request for information"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBy:
    """What holds a record, in words; ``at`` is where it is read, by whoever may."""

    told: str
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine:
    """One closed case: what it is, when it comes up, how it stands, and what may be done."""

    case_id: UUID
    reference: str
    what: str
    closed_on: date
    review_on: date
    standing: str
    held_by: list[HeldBy]
    may_be_proposed: bool
    may_be_kept: bool
    answers: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHoldLine:
    """One hold: of what, for what, by whom, and how it ended."""

    id: UUID
    of: str
    ground: str
    reasons: str
    placed_by: str
    placed_at: datetime
    released_by: str
    released_at: datetime | None
    released_because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleLine:
    """One schedule that was proposed, and what a second person said."""

    id: UUID
    years: str
    reasons: str
    agreed: str
    proposed_by: str
    proposed_at: datetime
    answer: str
    may_be_answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionView:
    """All that the page says."""

    years: str
    is_adopted: bool
    schedules: list[ScheduleLine]
    records: list[RecordLine]
    holds: list[RecordHoldLine]
    disposals: Sequence[Disposal]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalView:
    """One disposal: who decided it, what went, and which files the store keeps until a day."""

    disposal: Disposal
    what: str
    proposed_by: str
    approved_by: str
    rows: list[tuple[str, int]]
    locked: list[DisposedFile]
    waiting: int
    is_certified: bool


def retention_view(work: UnitOfWork) -> RetentionView:
    """Return what the actor is shown of schedules, records, holds and disposals."""
    found, held = proposals(work.session), holds(work.session)
    schedule, told = schedule_now(work, found), _what_holds(work, held)
    return RetentionView(
        years=years_told(schedule.years),
        is_adopted=schedule.under is not None,
        schedules=_schedules(work, found),
        records=[_record_line(work, one, told) for one in kept_records(work, found)],
        holds=_holds(work, held),
        disposals=disposals(work.session),
    )


def disposal_view(work: UnitOfWork, disposal: Disposal) -> DisposalView:
    """Return what is said of one disposal."""
    people = names(work.session, {disposal.proposed_by, disposal.approved_by})
    files = files_of(work.session, disposal.id)
    paper = paper_of(work.session, disposal.id, DisposalPaperKind.CERTIFICATE)
    left = [one for one in files if one.gone_at is None]
    return DisposalView(
        disposal=disposal,
        what=capital(label(disposal.record_class)),
        proposed_by=people.get(disposal.proposed_by, SOMEBODY),
        approved_by=people.get(disposal.approved_by, SOMEBODY),
        rows=[(table.replace("_", " "), many) for table, many in disposal.rows.items()],
        locked=[one for one in left if one.locked_until is not None],
        waiting=sum(one.locked_until is None for one in left),
        is_certified=paper is not None,
    )


def years_told(years: Years) -> str:
    """Say how long the record of each class is kept."""
    if years.keeps_nothing:
        return "The partnership leaves Keyline: nothing is kept, and every closed record comes up"
    told = (f"{label(one)}: {years.of(one)} years" for one in RecordClass)
    return capital("; ".join(told))


def _what_holds(work: UnitOfWork, held: Sequence[LegalHold]) -> dict[UUID, HeldBy]:
    """Return the holds, and the requests that the actor may know of, as what holds a record."""
    told = {
        one.id: HeldBy(told=f"Legal hold for {label(one.ground)}", at=f"#hold-{one.id}")
        for one in held
    }
    for one in requests_seen(work):
        request = one.request
        told[request.id] = HeldBy(
            told=f"{OPEN_REQUEST} {request.reference}", at=f"/information-requests/{request.id}"
        )
    return told


def _record_line(work: UnitOfWork, one: KeptRecord, told: Mapping[UUID, HeldBy]) -> RecordLine:
    mine = one.proposal is not None and one.proposal.proposed_by == work.actor.person_id
    return RecordLine(
        case_id=one.case_id,
        reference=one.reference,
        what=capital(label(one.record_class)),
        closed_on=one.closed_on,
        review_on=one.review_on,
        standing=capital(label(one.standing)),
        held_by=[told.get(by.id, HeldBy(told=OPEN_REQUEST)) for by in one.held_by],
        may_be_proposed=one.standing is RetentionStanding.DUE,
        may_be_kept=one.proposal is None,
        answers=one.proposal.id if one.proposal is not None and not mine else None,
    )


def _schedules(
    work: UnitOfWork, found: Sequence[tuple[RetentionProposal, RetentionAnswer | None]]
) -> list[ScheduleLine]:
    ours = [pair for pair in found if pair[0].matter is RetentionMatter.SCHEDULE]
    people = names(work.session, {one.proposed_by for one, _ in ours})
    return [
        ScheduleLine(
            id=one.id,
            years=years_told(Years.read(one.years or {})),
            reasons=one.reasons,
            agreed=one.agreed,
            proposed_by=people.get(one.proposed_by, SOMEBODY),
            proposed_at=one.proposed_at,
            answer=_answer(answer),
            may_be_answered=answer is None and one.proposed_by != work.actor.person_id,
        )
        for one, answer in ours
    ]


def _answer(answer: RetentionAnswer | None) -> str:
    if answer is None:
        return "Waits for a second person"
    return "Adopted" if answer.is_approved else f"Refused: {answer.reasons}"


def _holds(work: UnitOfWork, held: Sequence[LegalHold]) -> list[RecordHoldLine]:
    who = {one.placed_by for one in held} | {one.released_by for one in held if one.released_by}
    people = names(work.session, who)
    known = cases_of(work.session, {one.case_id for one in held if one.case_id})
    references: Mapping[UUID, str] = {key: one.reference for key, one in known.items()}
    return [
        RecordHoldLine(
            id=one.id,
            of=references.get(one.case_id, "") if one.case_id else "The whole partnership",
            ground=capital(label(one.ground)),
            reasons=one.reasons,
            placed_by=people.get(one.placed_by, SOMEBODY),
            placed_at=one.placed_at,
            released_by=people.get(one.released_by, SOMEBODY) if one.released_by else "",
            released_at=one.released_at,
            released_because=one.released_because,
        )
        for one in held
    ]
