"""Gate G9: the review group tests each draft of the report against the Panel's questions."""

from typing import Annotated

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, LongText, NeededWhen, RowForEach, YesNo
from services.casework.effects import close_todos, last_day, open_todo
from services.casework.steps.learning_event.feedback_elsewhere import must_answer_elsewhere
from services.casework.steps.local_review.ready_for_partners import must_be_ready_for_partners
from services.casework.steps.rounds.sign_off_rounds import invite
from services.database.cases import Case
from services.database.history import last_fact
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.criteria import QualityQuestion
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage


class QualityAnswer(Command):
    """One answer to the Panel's questions."""

    question: QualityQuestion = Field(title="Question")
    holds: YesNo = Field(title="Does it hold?")
    comment: Annotated[LongText | None, NeededWhen("of a no: how it goes on")] = Field(
        default=None, title="Comment"
    )


class QualityAssure(Command):
    """The review group's test of the draft against the Panel's questions (PUB-15, PUB-17)."""

    answers: Annotated[tuple[QualityAnswer, ...], RowForEach(QualityQuestion, "question")] = Field(
        title="The Panel's ten questions"
    )
    meets_terms: YesNo = Field(title="Does the draft meet the terms of reference? (PUB-15)")
    terms_comment: LongText | None = Field(
        default=None,
        title="How does it meet them: is it succinct, and focused on improvement? (PUB-15)",
        description="Say what of the terms is answered where, what is too long, and whether it is "
        "about what is to improve.",
    )
    ready: YesNo = Field(title="Does it go to the partners for endorsement?")
    elsewhere: Annotated[
        LongText | None, NeededWhen("if practitioners of a partnership that contributes took part")
    ] = Field(
        default=None,
        title="What becomes of what practitioners of other partnerships say of it? (PUB-19)",
        description="Of each remark what is changed, or why not; or why it goes on without them.",
    )
    comments: LongText = Field(title="Comments to the lead reviewer")


def quality_assure(work: UnitOfWork, case_id: CaseId, command: QualityAssure) -> Case:
    """Test the draft; send it to the partners, or back to the lead reviewer with comments."""
    case = begin(work, case_id, QUALITY_ASSURE, command)
    if case.report_version == 0:
        raise RuleBroken("There is no draft report yet.")
    version = str(case.report_version)
    for settled in (EntryType.QUALITY_ASSURED, EntryType.DRAFT_RETURNED):
        if last_fact(work.session, case.id, settled, version):
            raise RuleBroken("This version has been assured already; wait for the next one.")
    if {one.question for one in command.answers} != set(QualityQuestion):
        raise AnswerRefused("answers", "Answer all ten questions.")
    _must_say_how_it_goes_on(command)
    if command.ready and not command.meets_terms:
        raise AnswerRefused("ready", "A draft that misses its terms goes back first (PUB-15).")
    if command.ready:
        must_be_ready_for_partners(work, case)
        must_answer_elsewhere(work, case, command.elsewhere)
    entry_type = EntryType.QUALITY_ASSURED if command.ready else EntryType.DRAFT_RETURNED
    entered = Entered(subject=version, entry_type=entry_type)
    record_entry_as(work, case, QUALITY_ASSURE, command, entered)
    close_todos(work, case, Todo.QUALITY_ASSURE)
    if command.ready:
        invite(work, case, SignOffMatter.REPORT, last_day=last_day(work, case, ClockId.K11))
    else:
        open_todo(work, case, Todo.SUBMIT_DRAFT, last_day=last_day(work, case, ClockId.K11))
    return case


def _must_say_how_it_goes_on(command: QualityAssure) -> None:
    """Refuse a no without a way to go on: what is changed, or why the report may stand so (G9)."""
    if any(not one.holds and one.comment is None for one in command.answers):
        raise AnswerRefused(
            "answers",
            "Say of each no how the report goes on: what is changed in it, or why it goes to the "
            "partners as it stands (G9).",
        )


QUALITY_ASSURE = Act(
    name="quality_assure",
    command=QualityAssure,
    perform=quality_assure,
    permission=Permission.QUALITY_ASSURE,
    doing="quality-assure the report",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.QUALITY_ASSURED,
    other_entry=EntryType.DRAFT_RETURNED,
    todo=Todo.QUALITY_ASSURE,
    clock=ClockId.K11,
    shows=(
        EntryType.DRAFT_SUBMITTED,
        EntryType.RECOMMENDATIONS_PUT,
        EntryType.TERMS_AGREED,
        EntryType.GROUP_COMMENTED,
        EntryType.ANONYMITY_CHECKED,
        EntryType.HITS_JUSTIFIED,
        EntryType.GAP_LISTED,
        EntryType.GAP_SETTLED,
        EntryType.PRACTITIONERS_ANSWERED,
        EntryType.FEEDBACK_ELSEWHERE,
    ),
    section=Section.DRAFT_REPORT,
    holds_family_data=True,
)
