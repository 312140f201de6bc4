"""Publication as it happened: of the report, or of the information about improvements."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, Day, ShortText
from services.casework.effects import (
    close_todos,
    compute_due_date,
    enqueue_email,
    mark_met,
    open_todo,
    order_document,
    start_clock,
)
from services.casework.joint.ending import end_joint_part
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step, move
from services.domain.working_days import written


class Publish(Command):
    """Publication as it happened (PUB-28, PUB-29)."""

    published_on: Day = Field(title="When was it published?")
    address: ShortText = Field(title="Its web address", description="It stays there for a year.")


def publish(work: UnitOfWork, case_id: CaseId, command: Publish) -> Case:
    """Record publication of the report, which then stays available for a year (K11, K13)."""
    case = begin(work, case_id, PUBLISH, command)
    _must_be_ready(work, case, command, publishes=True)
    entry = record_entry(work, case, PUBLISH, command)
    _published(work, case)
    order_document(work, entry, Step.PUBLISH, DocumentKind.PUBLISHED_REPORT)
    enqueue_email(work, case, EmailTrigger.REPORT_PUBLISHED)
    return case


PUBLISH = Act(
    name="publish",
    command=Publish,
    perform=publish,
    permission=Permission.PLAN_PUBLICATION,
    doing="publish",
    stages=frozenset({Stage.PUBLICATION}),
    entry=EntryType.PUBLISHED,
    todo=Todo.PUBLISH,
    clock=ClockId.K11,
    shows=(EntryType.PUBLICATION_PLANNED, EntryType.PRE_SENT),
    section=Section.PUBLICATION,
)


def publish_improvements(work: UnitOfWork, case_id: CaseId, command: Publish) -> Case:
    """Record publication of the information about improvements instead of the report (PUB-25)."""
    case = begin(work, case_id, PUBLISH_IMPROVEMENTS, command)
    _must_be_ready(work, case, command, publishes=False)
    entry = record_entry(work, case, PUBLISH_IMPROVEMENTS, command)
    _published(work, case)
    order_document(work, entry, Step.PUBLISH, DocumentKind.IMPROVEMENT_INFORMATION)
    enqueue_email(work, case, EmailTrigger.IMPROVEMENTS_PUBLISHED)
    return case


PUBLISH_IMPROVEMENTS = Act(
    name="publish_improvements",
    command=Publish,
    perform=publish_improvements,
    permission=Permission.PLAN_PUBLICATION,
    doing="publish",
    stages=frozenset({Stage.PUBLICATION}),
    entry=EntryType.IMPROVEMENTS_PUBLISHED,
    todo=Todo.PUBLISH_IMPROVEMENTS,
    clock=ClockId.K11,
    shows=(EntryType.PUBLICATION_WITHHELD,),
    section=Section.PUBLICATION,
)


def _must_be_ready(work: UnitOfWork, case: Case, command: Publish, *, publishes: bool) -> None:
    """Refuse unless the case may be published on the day said, seven working days on (K12)."""
    if case.publishes is not None and case.publishes is not publishes:
        other = "the report" if case.publishes else "information about improvements"
        raise RuleBroken(f"The partners decided to publish {other}.")
    if case.presented_on is None:
        raise RuleBroken("Send the text to the Panel, Ofsted and the Secretary of State first.")
    if command.published_on > work.today:
        raise AnswerRefused("published_on", "Enter a day that is not in the future.")
    limit = compute_due_date(work, case, ClockId.K12, publication=command.published_on).due
    if case.presented_on > limit:
        raise AnswerRefused(
            "published_on",
            "This is less than seven working days after the text was sent on "
            f"{written(case.presented_on)} (PUB-26, K12).",
        )
    if not command.address.startswith(("https://", "http://")):
        raise AnswerRefused("address", "Enter a web address that begins with https://")
    case.published_on = case.publish_on = command.published_on
    case.stage = move(case.stage, Stage.EMBEDDING)
    end_joint_part(work, case)
    work.session.add(case)


def _published(work: UnitOfWork, case: Case) -> None:
    mark_met(work, case, ClockId.K11, on=case.published_on)
    if case.publishes:
        start_clock(work, case, ClockId.K13)
    close_todos(work, case, Todo.PUBLISH, Todo.PUBLISH_IMPROVEMENTS)
    open_todo(work, case, Todo.AGREE_PLAN)
