"""The requirements of the author as a paper for candidates, and who was given it (LC-03, Doc 7)."""

from typing import Final

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, Day, LongText, ShortText
from services.casework.effects import order_document
from services.casework.steps.local_review.terms_amended import endorsed_terms
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.reviewers import CandidateAnswer, HandedWay
from services.domain.roles import Permission
from services.domain.workflow import Stage, Step
from services.domain.working_days import london_date

WHERE_CANDIDATES_ARE_ASKED: Final = frozenset({Stage.COMMISSIONING, Stage.LOCAL_REVIEW})


class DrawUpRequirements(Command):
    """What candidates are told besides what the partners endorsed with the terms (Doc 7).

    The paper goes to people outside: no word of the case stands in it.
    """

    deliverables: LongText = Field(
        title="What is the author to deliver?",
        description="Such as meetings chaired, a learning event, drafts, and a report to publish.",
    )
    milestones: LongText = Field(title="By which days?")
    data_handling: LongText = Field(
        title="How are they to handle what they are told?",
        description="Where they read and write, what they keep, and what they give back.",
    )
    fee: LongText | None = Field(default=None, title="What is paid, and for which days of work?")
    answer_by: Day = Field(title="By when do candidates answer?")
    answer_to: ShortText = Field(title="To whom do they answer, and how?")


def draw_up_requirements(work: UnitOfWork, case_id: CaseId, command: DrawUpRequirements) -> Case:
    """Make the paper for candidates, of requirements that the partners have endorsed (LC-03)."""
    case = begin(work, case_id, DRAW_UP_REQUIREMENTS, command)
    if not are_endorsed(work, case):
        raise StepNotOpen(
            "The partners endorse what is required of the author first, with the terms of "
            "reference (LC-03): then candidates are told."
        )
    if command.answer_by <= work.today:
        raise AnswerRefused("answer_by", "Enter a day to come, so that candidates can answer.")
    entry = record_entry(work, case, DRAW_UP_REQUIREMENTS, command)
    order_document(work, entry, Step.COMMISSION, DocumentKind.AUTHOR_REQUIREMENTS)
    return case


def are_endorsed(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the partners have endorsed terms, and with them what the author must be."""
    return endorsed_terms(work, case) is not None


DRAW_UP_REQUIREMENTS = Act(
    name="draw_up_requirements",
    command=DrawUpRequirements,
    perform=draw_up_requirements,
    permission=Permission.RUN_REVIEW,
    doing="draw up the author requirements for candidates",
    stages=WHERE_CANDIDATES_ARE_ASKED,
    entry=EntryType.AUTHOR_REQUIREMENTS_DRAWN_UP,
    shows=(EntryType.TERMS_AGREED,),
    is_offered=are_endorsed,
    section=Section.TERMS,
)


class RecordCandidate(Command):
    """To whom the author requirements were given, in which way, and what they answered."""

    candidate: ShortText = Field(title="Who?", description="Their name and organisation.")
    handed_on: Day = Field(title="On which day were the requirements given to them?")
    way: HandedWay = Field(title="In which way?")
    answer: CandidateAnswer = Field(title="What do they answer?")
    words: LongText = Field(
        title="What is known of their knowledge, expertise and independence?",
        description="Or that nothing is known yet. Record them again when they have answered.",
    )


def record_candidate(work: UnitOfWork, case_id: CaseId, command: RecordCandidate) -> Case:
    """Keep that a candidate was given the paper, and what they answer (Doc 7)."""
    case = begin(work, case_id, RECORD_CANDIDATE, command)
    drawn_up = facts(work.session, case.id, EntryType.AUTHOR_REQUIREMENTS_DRAWN_UP)
    if not drawn_up:
        raise StepNotOpen("There are no author requirements yet that a candidate could be given.")
    if not london_date(drawn_up[0].at) <= command.handed_on <= work.today:
        raise AnswerRefused(
            "handed_on", "Enter a day since the requirements were drawn up, and not in the future."
        )
    record_entry(work, case, RECORD_CANDIDATE, command)
    return case


def has_requirements(work: UnitOfWork, case: Case) -> bool:
    """Tell whether author requirements were drawn up for candidates."""
    return bool(facts(work.session, case.id, EntryType.AUTHOR_REQUIREMENTS_DRAWN_UP))


RECORD_CANDIDATE = Act(
    name="record_candidate",
    command=RecordCandidate,
    perform=record_candidate,
    permission=Permission.RUN_REVIEW,
    doing="record a candidate for the review",
    stages=WHERE_CANDIDATES_ARE_ASKED,
    entry=EntryType.CANDIDATE_RECORDED,
    shows=(EntryType.AUTHOR_REQUIREMENTS_DRAWN_UP,),
    is_offered=has_requirements,
    section=Section.INTERNAL,
)
