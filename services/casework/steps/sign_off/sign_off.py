"""The partners sign: each party for its own seat, each heard, all of them needed (GOV-11)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText, ShownRound
from services.casework.steps.sign_off.positions import Given, follow_position, keep_position
from services.casework.steps.sign_off.sign_off_conditions import (
    authority_to_sign,
    must_be_first_to_sign,
    must_be_ready_to_sign,
    party_that_signs,
    round_to_sign,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import Position, SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage


class Sign(Command):
    """One partner's position on a matter."""

    round: ShownRound = Field(title="Round that was signed")
    position: Position = Field(title="Your position")
    reasons: LongText = Field(title="Reasons or comments")


def sign_request(work: UnitOfWork, case_id: CaseId, command: Sign) -> Case:
    """Sign what is decided on a request for a local review (NOT-24, NOT-25)."""
    return _sign(work, case_id, command, SignOffMatter.REVIEW_REQUEST)


def sign_rapid_review(work: UnitOfWork, case_id: CaseId, command: Sign) -> Case:
    """Sign the rapid review and its decision (G4); the last signature dates the decision."""
    return _sign(work, case_id, command, SignOffMatter.RAPID_REVIEW)


def sign_terms(work: UnitOfWork, case_id: CaseId, command: Sign) -> Case:
    """Endorse the terms of reference, also amended ones, on the review group's advice (LC-03)."""
    return _sign(work, case_id, command, SignOffMatter.TERMS_OF_REFERENCE)


def sign_interim_learning(work: UnitOfWork, case_id: CaseId, command: Sign) -> Case:
    """Agree to learning that is shared while the review goes on (LC-22)."""
    return _sign(work, case_id, command, SignOffMatter.INTERIM_LEARNING)


def sign_recommendations(work: UnitOfWork, case_id: CaseId, command: Sign) -> Case:
    """Endorse the recommendations that are put, or say which one not and why (PUB-18, G9)."""
    return _sign(work, case_id, command, SignOffMatter.RECOMMENDATIONS)


def sign_report(work: UnitOfWork, case_id: CaseId, command: Sign) -> Case:
    """Sign off the report, whose recommendations are endorsed before, or a changed text of it.

    Every partner signs it (PUB-02, G9).
    """
    return _sign(work, case_id, command, SignOffMatter.REPORT)


def sign_publication(work: UnitOfWork, case_id: CaseId, command: Sign) -> Case:
    """Approve the publication plan, or the decision not to publish (G10)."""
    return _sign(work, case_id, command, SignOffMatter.PUBLICATION)


def sign_taking_down(work: UnitOfWork, case_id: CaseId, command: Sign) -> Case:
    """Agree that the published report is taken down, or published again (PUB-24, PUB-25)."""
    return _sign(work, case_id, command, SignOffMatter.TAKING_DOWN)


def sign_proposed_plan(work: UnitOfWork, case_id: CaseId, command: Sign) -> Case:
    """Agree on the action plan; it is in force by the last agreeing signature (GOV-11, PUB-02)."""
    return _sign(work, case_id, command, SignOffMatter.PROPOSED_PLAN)


def sign_plan(work: UnitOfWork, case_id: CaseId, command: Sign) -> Case:
    """Sign off the completed action plan, and decide that the case is closed (EMB-05, G11)."""
    return _sign(work, case_id, command, SignOffMatter.ACTION_PLAN)


def _sign(work: UnitOfWork, case_id: CaseId, command: Sign, matter: SignOffMatter) -> Case:
    """Sign for the seat in which the person acts; no form asks for it (GOV-12)."""
    case = begin(work, case_id, SIGN_ACTS[matter], command)
    party = party_that_signs(work)
    round_ = round_to_sign(work, case, matter, seen=command.round)
    must_be_ready_to_sign(work, case, matter)
    must_be_first_to_sign(work, case, matter, round_, party)
    given = Given(
        matter=matter,
        section=SIGN_ACTS[matter].section,
        round=round_,
        party=party,
        by=authority_to_sign(work, party),
        position=command.position,
        reasons=command.reasons,
    )
    kept = keep_position(work, case, given)
    entry = record_entry(work, case, SIGN_ACTS[matter], command, subject=given.subject)
    follow_position(work, case, entry, kept)
    return case


SIGN_REQUEST = Act(
    name="sign_request",
    command=Sign,
    perform=sign_request,
    permission=Permission.SIGN_OFF,
    doing="sign the decision on the request",
    stages=frozenset({Stage.REQUESTED}),
    entry=EntryType.SIGNED_OFF,
    todo=Todo.SIGN_REQUEST,
    shows=(EntryType.REQUEST_CONSIDERED, EntryType.REVIEW_REQUESTED),
    is_listed=False,
    section=Section.CRITERIA_AND_DECISION,
)
SIGN_RAPID_REVIEW = Act(
    name="sign_rapid_review",
    command=Sign,
    perform=sign_rapid_review,
    permission=Permission.SIGN_OFF,
    doing="sign off the rapid review",
    stages=frozenset(
        {
            Stage.RAPID_REVIEW,
            Stage.WITH_PANEL,
            Stage.NATIONAL_REVIEW,
            Stage.COMMISSIONING,
            Stage.LOCAL_REVIEW,
            Stage.EMBEDDING,
            Stage.JOINT_REVIEW,
        }
    ),
    entry=EntryType.SIGNED_OFF,
    todo=Todo.SIGN_RAPID_REVIEW,
    clock=ClockId.K10,
    shows=(
        EntryType.DECISION_PROPOSED,
        EntryType.CRITERIA_ANSWERED,
        EntryType.RECORD_WRITTEN,
        EntryType.PASSAGE_KEPT,
        EntryType.LOCAL_COURSE_PROPOSED,
        EntryType.EXTRA_STEP_RECORDED,
    ),
    is_listed=False,
    section=Section.CRITERIA_AND_DECISION,
    is_joint=True,
)
SIGN_TERMS = Act(
    name="sign_terms",
    command=Sign,
    perform=sign_terms,
    permission=Permission.SIGN_OFF,
    doing="sign off the terms of reference",
    stages=frozenset({Stage.COMMISSIONING, Stage.LOCAL_REVIEW, Stage.JOINT_REVIEW}),
    entry=EntryType.SIGNED_OFF,
    todo=Todo.SIGN_TERMS,
    shows=(EntryType.TERMS_AGREED, EntryType.COMMISSIONING_OVERSEEN),
    is_listed=False,
    section=Section.TERMS,
    is_joint=True,
)
SIGN_INTERIM_LEARNING = Act(
    name="sign_interim_learning",
    command=Sign,
    perform=sign_interim_learning,
    permission=Permission.SIGN_OFF,
    doing="agree to learning that is shared before the report",
    stages=frozenset({Stage.LOCAL_REVIEW, Stage.JOINT_REVIEW}),
    entry=EntryType.SIGNED_OFF,
    todo=Todo.SIGN_INTERIM_LEARNING,
    shows=(EntryType.INTERIM_LEARNING_PROPOSED, EntryType.PROGRESS_REPORTED),
    is_listed=False,
    section=Section.DRAFT_REPORT,
    is_joint=True,
)
SIGN_RECOMMENDATIONS = Act(
    name="sign_recommendations",
    command=Sign,
    perform=sign_recommendations,
    permission=Permission.SIGN_OFF,
    doing="endorse the recommendations",
    stages=frozenset({Stage.LOCAL_REVIEW, Stage.JOINT_REVIEW}),
    entry=EntryType.SIGNED_OFF,
    todo=Todo.SIGN_RECOMMENDATIONS,
    clock=ClockId.K11,
    shows=(EntryType.RECOMMENDATIONS_PUT, EntryType.RECOMMENDATION_DEVELOPED),
    is_listed=False,
    section=Section.DRAFT_REPORT,
    is_joint=True,
)
SIGN_REPORT = Act(
    name="sign_report",
    command=Sign,
    perform=sign_report,
    permission=Permission.SIGN_OFF,
    doing="sign off the report",
    stages=frozenset({Stage.LOCAL_REVIEW, Stage.PUBLICATION, Stage.JOINT_REVIEW}),
    entry=EntryType.SIGNED_OFF,
    todo=Todo.SIGN_REPORT,
    clock=ClockId.K11,
    shows=(
        EntryType.DRAFT_SUBMITTED,
        EntryType.REPORT_CHANGED,
        EntryType.QUALITY_ASSURED,
        EntryType.PRACTITIONERS_ANSWERED,
        EntryType.FEEDBACK_ELSEWHERE,
    ),
    is_listed=False,
    section=Section.DRAFT_REPORT,
    is_joint=True,
)
SIGN_PUBLICATION = Act(
    name="sign_publication",
    command=Sign,
    perform=sign_publication,
    permission=Permission.SIGN_OFF,
    doing="sign off publication",
    stages=frozenset({Stage.PUBLICATION, Stage.JOINT_REVIEW}),
    entry=EntryType.SIGNED_OFF,
    todo=Todo.SIGN_PUBLICATION,
    clock=ClockId.K12,
    shows=(
        EntryType.COMMUNICATIONS_PLANNED,
        EntryType.PUBLICATION_PLANNED,
        EntryType.PUBLICATION_WITHHELD,
    ),
    is_listed=False,
    section=Section.PUBLICATION,
    is_joint=True,
)
SIGN_TAKING_DOWN = Act(
    name="sign_taking_down",
    command=Sign,
    perform=sign_taking_down,
    permission=Permission.SIGN_OFF,
    doing="decide what becomes of the published report",
    stages=frozenset({Stage.EMBEDDING, Stage.CLOSED}),
    entry=EntryType.SIGNED_OFF,
    todo=Todo.SIGN_TAKING_DOWN,
    shows=(EntryType.TAKING_DOWN_PROPOSED, EntryType.REISSUE_PROPOSED),
    is_listed=False,
    section=Section.PUBLICATION,
)
SIGN_PROPOSED_PLAN = Act(
    name="sign_proposed_plan",
    command=Sign,
    perform=sign_proposed_plan,
    permission=Permission.SIGN_OFF,
    doing="agree on the action plan",
    stages=frozenset({Stage.LOCAL_REVIEW, Stage.PUBLICATION, Stage.EMBEDDING}),
    entry=EntryType.SIGNED_OFF,
    todo=Todo.SIGN_PROPOSED_PLAN,
    shows=(EntryType.PLAN_PROPOSED, EntryType.DECISION_PROPOSED),
    is_listed=False,
    section=Section.ACTION_PLAN,
)
SIGN_PLAN = Act(
    name="sign_plan",
    command=Sign,
    perform=sign_plan,
    permission=Permission.SIGN_OFF,
    doing="sign off the completed action plan",
    stages=frozenset({Stage.EMBEDDING}),
    entry=EntryType.SIGNED_OFF,
    todo=Todo.SIGN_PLAN,
    shows=(
        EntryType.PLAN_PROPOSED,
        EntryType.ACTION_UPDATED,
        EntryType.AUDIT_ASKED,
        EntryType.ACTION_AUDITED,
    ),
    is_listed=False,
    section=Section.ACTION_PLAN,
)
SIGN_ACTS = {
    SignOffMatter.REVIEW_REQUEST: SIGN_REQUEST,
    SignOffMatter.RAPID_REVIEW: SIGN_RAPID_REVIEW,
    SignOffMatter.TERMS_OF_REFERENCE: SIGN_TERMS,
    SignOffMatter.INTERIM_LEARNING: SIGN_INTERIM_LEARNING,
    SignOffMatter.RECOMMENDATIONS: SIGN_RECOMMENDATIONS,
    SignOffMatter.REPORT: SIGN_REPORT,
    SignOffMatter.PUBLICATION: SIGN_PUBLICATION,
    SignOffMatter.TAKING_DOWN: SIGN_TAKING_DOWN,
    SignOffMatter.PROPOSED_PLAN: SIGN_PROPOSED_PLAN,
    SignOffMatter.ACTION_PLAN: SIGN_PLAN,
}
SIGNED_AT = frozenset(stage for act in SIGN_ACTS.values() for stage in act.stages)
"""The stages at which anything is before the partners."""
READ_TO_SIGN = tuple(dict.fromkeys(kind for act in SIGN_ACTS.values() for kind in act.shows))
"""What whoever signs any of it must see."""
