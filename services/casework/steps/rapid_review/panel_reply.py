"""The partners' reply to what the Panel queries, and their challenge of it (GOV-14, GOV-17)."""

from typing import Final

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, LongText, YesNo
from services.casework.effects import (
    EmailContext,
    ToSend,
    await_panel_answer,
    close_todos,
    enqueue_email,
    open_todo,
    order_dispatches,
)
from services.casework.steps.going_on import follow_decision, stay
from services.casework.steps.rapid_review.panel_queries import (
    SECTION,
    SUBJECT,
    close_answered,
    open_queries,
    query_meant,
)
from services.casework.steps.rapid_review.reconsidering import must_not_be_decided, newest_put
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import Notice
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import PanelQuery, Stage, Step

_STEP = {SignOffMatter.RAPID_REVIEW: Step.SUBMIT, SignOffMatter.PUBLICATION: Step.PUBLISH}

_WHICH: Final = "Which query of the Panel is it about?"
_WHERE_BOTH: Final = "Choose where both are open; one that is open alone is the one it is about."


class ReplyToPanel(Command):
    """The partners' reply to the Panel, which has no power over what they decide (GOV-14).

    Where nothing was decided since the Panel asked, the reply says that the partners keep to their
    decision, and the case goes on by it. To decide otherwise, propose another decision first.
    """

    query: PanelQuery | None = Field(default=None, title=_WHICH, description=_WHERE_BOTH)
    reply: LongText = Field(title="What do the partners reply?")
    all_agree: YesNo = Field(title="Do all the safeguarding partners agree to this reply?")


class LodgeChallenge(Command):
    """The partners' challenge of the Panel's disagreement (GOV-17)."""

    query: PanelQuery | None = Field(default=None, title=_WHICH, description=_WHERE_BOTH)
    grounds: LongText = Field(title="On what grounds do the partners keep to their decision?")
    new_information: LongText | None = Field(
        default=None, title="What new information supports it, if any?"
    )
    all_agree: YesNo = Field(title="Do all the safeguarding partners agree to challenge?")


def is_queried(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the Panel queries a decision that the partners have not answered for."""
    return bool(open_queries(work, case))


def reply_to_panel(work: UnitOfWork, case_id: CaseId, command: ReplyToPanel) -> Case:
    """Have the reply sent to the Panel; a decision that stands is followed now (GOV-14)."""
    case = begin(work, case_id, REPLY_TO_PANEL, command)
    matter = query_meant(work, case, command.query)
    if matter is None:
        raise StepNotOpen("The Panel has asked nothing that waits for a reply.")
    if matter is SignOffMatter.RAPID_REVIEW:
        must_not_be_decided(
            work, case, "The partners are deciding again: reply once all of them have signed."
        )
    if not command.all_agree:
        raise AnswerRefused("all_agree", "A reply is that of all partners together.")
    entered = Entered(subject=SUBJECT[matter], section=SECTION[matter])
    entry = record_entry_as(work, case, REPLY_TO_PANEL, command, entered)
    order_dispatches(work, case, entry, ToSend(_STEP[matter], Notice.PANEL_REPLIED))
    close_answered(work, case)
    if matter is not SignOffMatter.RAPID_REVIEW or case.panel_answered_on is None:
        return case
    if case.stage is Stage.WITH_PANEL:
        follow_decision(work, case)
    else:
        stay(work, case)
    return case


REPLY_TO_PANEL = Act(
    name="reply_to_panel",
    command=ReplyToPanel,
    perform=reply_to_panel,
    permission=Permission.RECONSIDER,
    doing="reply to the Panel",
    stages=frozenset(
        {
            Stage.WITH_PANEL,
            Stage.NATIONAL_REVIEW,
            Stage.COMMISSIONING,
            Stage.LOCAL_REVIEW,
            Stage.PUBLICATION,
            Stage.EMBEDDING,
            Stage.CLOSED,
        }
    ),
    entry=EntryType.PANEL_REPLIED,
    todo=Todo.REPLY_TO_PANEL,
    shows=(
        EntryType.DECISION_PROPOSED,
        EntryType.PANEL_ANSWERED,
        EntryType.PUBLICATION_QUERIED,
    ),
    is_offered=is_queried,
    section=Section.CRITERIA_AND_DECISION,
    holds_family_data=True,
    is_joint=True,
)


def lodge_challenge(work: UnitOfWork, case_id: CaseId, command: LodgeChallenge) -> Case:
    """Challenge the Panel's disagreement with the rapid review, or with publication (GOV-17).

    On the rapid review its answer to the challenge is awaited next.
    """
    case = begin(work, case_id, LODGE_CHALLENGE, command)
    matter = query_meant(work, case, command.query)
    if matter is None:
        raise StepNotOpen("There is no answer of the Panel to challenge.")
    is_of_review = matter is SignOffMatter.RAPID_REVIEW
    if is_of_review:
        _must_stand(work, case)
    if not command.all_agree:
        raise AnswerRefused("all_agree", "A challenge is lodged by all partners together.")
    entered = Entered(subject=SUBJECT[matter], section=SECTION[matter])
    entry = record_entry_as(work, case, LODGE_CHALLENGE, command, entered)
    close_answered(work, case)
    if is_of_review:
        case.panel_answered_on = None
        work.session.add(case)
        close_todos(work, case, Todo.PROPOSE_DECISION)
        open_todo(work, case, Todo.RECORD_PANEL_ANSWER)
        await_panel_answer(work, case, work.today)
    order_dispatches(work, case, entry, ToSend(_STEP[matter], Notice.CHALLENGE_LODGED))
    enqueue_email(work, case, EmailTrigger.CHALLENGE_LODGED, EmailContext(part=str(entry.number)))
    return case


LODGE_CHALLENGE = Act(
    name="lodge_challenge",
    command=LodgeChallenge,
    perform=lodge_challenge,
    permission=Permission.RECONSIDER,
    doing="challenge the Panel's answer",
    stages=frozenset(
        {
            Stage.WITH_PANEL,
            Stage.COMMISSIONING,
            Stage.LOCAL_REVIEW,
            Stage.PUBLICATION,
            Stage.EMBEDDING,
        }
    ),
    entry=EntryType.CHALLENGE_LODGED,
    shows=(
        EntryType.DECISION_PROPOSED,
        EntryType.PANEL_ANSWERED,
        EntryType.PUBLICATION_QUERIED,
    ),
    is_offered=is_queried,
    section=Section.CRITERIA_AND_DECISION,
    holds_family_data=True,
    is_joint=True,
)


def _must_stand(work: UnitOfWork, case: Case) -> None:
    """Refuse to challenge a query in answer to which the partners decide, or have decided, again.

    What is challenged is the Panel's view of a decision that stands (GOV-17).
    """
    must_not_be_decided(
        work, case, "The partners are deciding again: challenge the Panel's next answer."
    )
    put = newest_put(work, case)
    asked = facts(work.session, case.id, EntryType.PANEL_ANSWERED)[-1]
    if put is not None and put.number > asked.number:
        raise StepNotOpen("The partners have decided again since the Panel asked: reply to it.")
