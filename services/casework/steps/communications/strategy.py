"""The communications strategy: begun while the report is written, whole before a day is planned.

Planning begins before the partners endorse the report, so that publication is not held up when it
is complete (PUB-20). Each version stands in the history; the newest counts (Doc 17).
"""

from collections.abc import Iterator
from typing import Final

from services.casework.act import Act, begin, latest_command, record_entry
from services.casework.effects import close_todos, order_document
from services.casework.steps.communications.key_days import must_run_forward
from services.casework.steps.communications.strategy_said import PlanCommunications
from services.casework.steps.tells_of_nobody import must_tell_of_nobody
from services.database.cases import Case
from services.database.history import said_for_review
from services.database.unit_of_work import UnitOfWork
from services.domain.anonymity.known import Passage
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.labels.own_words import in_own_words
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step

# What the first version may leave open, by what it is called where it is missing.
_BEFORE_PLAN: Final = {
    "days": "the day aimed at and the days kept clear of",
    "statement": "the statement to the press",
    "questions": "questions and answers",
    "for_children": "what publication means for the children",
    "for_family": "what it means for the family",
    "for_practitioners": "what it means for practitioners",
    "risks": "the risks",
    "media": "enquiries of the media",
    "social_media": "social media",
    "monitoring": "what is watched afterwards",
}


def plan_communications(work: UnitOfWork, case_id: CaseId, command: PlanCommunications) -> Case:
    """Keep a version of the strategy; its papers are made, and the one before stays (Doc 17).

    Raises AnswerRefused for a statement, or questions and answers, that tell of the case (PUB-16).
    """
    case = begin(work, case_id, PLAN_COMMUNICATIONS, command)
    if not command.audiences:
        raise AnswerRefused("audiences", "Enter who is told, first to last.")
    if not command.spokespeople:
        raise AnswerRefused("spokespeople", "Enter at least one post that speaks.")
    must_run_forward(command.kept_clear)
    must_tell_of_nobody(work, case, _said_to_the_public(command), command.may_be_said)
    entry = record_entry(work, case, PLAN_COMMUNICATIONS, command)
    close_todos(work, case, Todo.PLAN_COMMUNICATIONS)
    step = Step.PUBLISH if case.stage is Stage.PUBLICATION else Step.COMMISSION
    order_document(work, entry, step, DocumentKind.PUBLICATION_STRATEGY)
    if command.statement is not None:
        order_document(work, entry, step, DocumentKind.PRESS_STATEMENT)
    return case


PLAN_COMMUNICATIONS = Act(
    name="plan_communications",
    command=PlanCommunications,
    perform=plan_communications,
    permission=Permission.PLAN_PUBLICATION,
    doing="plan communications",
    stages=frozenset({Stage.LOCAL_REVIEW, Stage.PUBLICATION}),
    entry=EntryType.COMMUNICATIONS_PLANNED,
    todo=Todo.PLAN_COMMUNICATIONS,
    section=Section.PUBLICATION,
    holds_family_data=True,
)


def _said_to_the_public(command: PlanCommunications) -> Iterator[Passage]:
    """Yield the statement, and each question with its answer, under the name of its field."""
    if command.statement is not None:
        yield Passage("statement", command.statement)
    for one in command.questions:
        yield Passage("questions", f"{one.question}\n{one.answer}")


def strategy_on_record(work: UnitOfWork, case: Case) -> PlanCommunications | None:
    """Return the newest version, with which the form of the next one opens."""
    return latest_command(work, case, EntryType.COMMUNICATIONS_PLANNED, PlanCommunications)


def are_begun(work: UnitOfWork, case: Case) -> bool:
    """Tell whether communications are planned for this review, whoever reads of it."""
    return bool(said_for_review(work.session, case.id, EntryType.COMMUNICATIONS_PLANNED))


def must_be_begun(work: UnitOfWork, case: Case) -> None:
    """Refuse to put a report to the partners before its communications are planned (PUB-20)."""
    if not are_begun(work, case):
        raise RuleBroken(
            in_own_words(
                "The planning of communications begins before the partners endorse the report "
                "(PUB-20): the communications lead or the business manager keeps a first version."
            )
        )


def must_be_whole(work: UnitOfWork, case: Case) -> None:
    """Refuse a plan of publication while its communications strategy leaves anything open (G10)."""
    must_be_begun(work, case)
    found = strategy_on_record(work, case)
    told = {} if found is None else dict(found)
    missing = [name for field, name in _BEFORE_PLAN.items() if not told.get(field)]
    if missing:
        raise RuleBroken(
            f"The communications strategy still leaves open (Document 17): {', '.join(missing)}."
        )
