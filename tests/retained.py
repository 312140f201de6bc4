"""Records that are kept, held and disposed of, for the tests of the tables and of the acts."""

from typing import Final
from uuid import UUID, uuid4

from sqlmodel import Session

from services.casework.retention.holds import PlaceHold, ReleaseHold, hold_partnership, release_hold
from services.casework.retention.reviews import (
    AnswerDisposal,
    ProposeDisposal,
    answer_disposal,
    propose_disposal,
)
from services.casework.retention.schedules import (
    AnswerSchedule,
    ProposeSchedule,
    answer_schedule,
    propose_schedule,
)
from services.casework.steps import closing
from services.database.disposals import Disposal, DisposalPaper, runs_are_gone
from services.database.documents import Document, DocumentState
from services.database.engine import working_for
from services.database.retention import LegalHold, RetentionAnswer, RetentionProposal
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import Section
from services.domain.retention import (
    DisposalPaperKind,
    HoldGround,
    RecordClass,
    RetentionMatter,
)
from services.domain.roles import Role
from tests import factories
from tests.driven import Driven
from tests.servers import worker_of
from tests.world import World

MANAGER, CONTACT = Role.BUSINESS_MANAGER, Role.DATA_PROTECTION_CONTACT
ADDED_OF_RETENTION: Final = ("disposal_papers", "retention_answers", "retention_proposals")
LATER: Final = "2070-03-02"
YEARS: Final = ProposeSchedule(
    not_reviewed=6,
    rapid_review=25,
    local_review=35,
    reasons="The host council's schedule.",
    agreed="The executive, 3 March",
)
HOLD: Final = PlaceHold(ground=HoldGround.INQUEST, reasons="The coroner asked on 2 February.")
RELEASE: Final = ReleaseHold(reasons="The inquest has ended.")
DISPOSE: Final = ProposeDisposal(reasons="No proceedings concern it.")
YES: Final = AnswerDisposal(is_approved=True)


def adopt_years(world: World, when: str = "2026-02-02") -> UUID:
    """Have a schedule adopted by two people; return its id."""
    with world.act(MANAGER, when) as work:
        schedule = propose_schedule(work, YEARS)
    with world.act(CONTACT, when) as work:
        answer_schedule(work, schedule, AnswerSchedule(is_approved=True))
    return schedule


def closed_unreviewed(world: World) -> Driven:
    """Return a case that was not notified and is closed."""
    case = Driven(world).decide(notify=False)
    case.do(closing.close_unreviewed, factories.close_unreviewed(), MANAGER, "2026-01-20")
    return case


def propose(case: Driven, when: str = LATER) -> UUID:
    """Have the disposal of the case proposed; return the proposal's id."""
    with case.world.act(MANAGER, when) as work:
        return propose_disposal(work, case.case_id, DISPOSE)


def dispose_of(case: Driven, when: str = LATER) -> Disposal:
    """Have the case disposed of by two people; return the line of the ledger."""
    proposal = propose(case, when)
    with case.world.act(CONTACT, when) as work:
        disposal = answer_disposal(work, proposal, YES)
        assert disposal is not None
        work.session.flush()
        work.session.expunge(disposal)
    return disposal


def with_retention(case: Driven) -> None:
    """Leave a row in every table of retention: of this case, of a hold, and of a disposal."""
    with_a_disposal(case.world)
    with_a_review(case)


def with_a_disposal(world: World) -> Disposal:
    """Leave a disposal with a file and a paper, a schedule, and a hold that was released."""
    adopt_years(world)
    case = closed_unreviewed(world)
    with world.act(MANAGER) as work:
        work.session.add(a_document(work, case.case_id))
        hold = hold_partnership(work, HOLD).id
    with world.act(MANAGER) as work:
        release_hold(work, hold, RELEASE)
    disposal = dispose_of(case)
    with world.act(CONTACT) as work:
        work.session.add(
            DisposalPaper(
                tenant_id=work.actor.partnership_id,
                disposal_id=disposal.id,
                kind=DisposalPaperKind.LEDGER,
                key="example",
                sha256="example",
                kept_at=work.now,
            )
        )
    with Session(working_for(worker_of(world.engine), disposal.tenant_id)) as session:
        runs_are_gone(session, [disposal.id], disposal.disposed_at)
        session.commit()
    return disposal


def with_a_review(case: Driven) -> None:
    """Leave a row of each thing that is said of how long this case is kept, and an answer."""
    with case.world.act(MANAGER) as work:
        held, kept = retention_rows(work, case.case_id)
        work.session.add_all((held, kept))
        made, maker = kept.id, work.actor.person_id
    with case.world.act(CONTACT) as work:
        work.session.add(
            RetentionAnswer(
                tenant_id=work.actor.partnership_id,
                proposal_id=made,
                case_id=case.case_id,
                proposed_by=maker,
                is_approved=False,
                reasons="x",
                answered_by=work.actor.person_id,
                answered_at=work.now,
            )
        )


def retention_rows(work: UnitOfWork, case_id: UUID) -> tuple[LegalHold, RetentionProposal]:
    """Return a hold on the case, and that its disposal is proposed."""
    me = work.actor.person_id
    whose = {"tenant_id": work.actor.partnership_id, "case_id": case_id, "reasons": "x"}
    return (
        LegalHold(**whose, ground=HoldGround.COURT, placed_by=me, placed_at=work.now),
        RetentionProposal(
            **whose,
            id=uuid4(),
            matter=RetentionMatter.DISPOSE,
            record_class=RecordClass.LOCAL_REVIEW,
            proposed_by=me,
            proposed_at=work.now,
        ),
    )


def a_document(work: UnitOfWork, case_id: UUID) -> Document:
    """Return a row of a stored file, whose object is nowhere."""
    words = dict.fromkeys(("filename", "media_type", "sha256", "form"), "example")
    return Document(
        tenant_id=work.actor.partnership_id,
        case_id=case_id,
        **words,
        key=str(uuid4()),
        kind=DocumentKind.UPLOAD,
        section=Section.MEETING,
        version=1,
        size=1,
        standing=DocumentState.KEPT,
        made_by=work.actor.person_id,
        said=[],
        made_at=work.now,
    )
