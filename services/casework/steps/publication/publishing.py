"""Publication as it happened: of the report, or of the information about improvements."""

from services.casework.act import Act, Entered, begin, record_entry, record_entry_as
from services.casework.effects import (
    close_todos,
    enqueue_email,
    open_todo,
    order_document,
    start_clock,
)
from services.casework.steps.publication import laid_out, other_day, own_file
from services.casework.steps.publication.beside_lead import is_beside_lead, is_published_together
from services.casework.steps.publication.published_said import Publish, ReportPublished
from services.casework.steps.publication.publishers_done import go_on_when_all_published
from services.casework.steps.publication.publishing_conditions import (
    is_other_day,
    must_be_ready,
)
from services.casework.steps.publication.telling_others import (
    tell_lead_published,
    tell_who_decided,
)
from services.casework.steps.publication.to_repository import submit_to_repository
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


def publish(work: UnitOfWork, case_id: CaseId, command: Publish) -> Case:
    """Record publication of the report, which then stays available (K11, K13).

    What is published is the file that went ahead, or as a correction of form had it made anew,
    which the entry says. It is made here only where there is none (PUB-26).
    """
    case = begin(work, case_id, PUBLISH, command)
    _be_ready(work, case, command, publishes=True)
    made_anew = True if own_file.was_corrected(work, case) else None
    kept = ReportPublished(**command.model_dump(), made_anew=made_anew)
    entry = record_entry_as(work, case, PUBLISH, command, Entered(kept=kept))
    is_beside = is_beside_lead(work, case)
    if is_beside:  # the repository is written to once, by the publisher of record (PUB-30)
        own_file.keep_published(work, case, entry)
    else:
        submit_to_repository(work, case, entry)
    _go_on(work, case, entry, command)
    enqueue_email(
        work,
        case,
        EmailTrigger.PUBLISHED_BESIDE_LEAD if is_beside else EmailTrigger.REPORT_PUBLISHED,
    )
    return case


PUBLISH = Act(
    name="publish",
    command=Publish,
    perform=publish,
    permission=Permission.PLAN_PUBLICATION,
    doing="publish",
    stages=frozenset({Stage.PUBLICATION, Stage.JOINT_REVIEW}),
    entry=EntryType.PUBLISHED,
    kept=ReportPublished,
    todo=Todo.PUBLISH,
    clock=ClockId.K11,
    shows=(EntryType.PUBLICATION_PLANNED, EntryType.PRE_SENT, EntryType.REPORT_PRESENTED),
    is_listed=False,
    section=Section.PUBLICATION,
    is_joint=True,
)


def publish_improvements(work: UnitOfWork, case_id: CaseId, command: Publish) -> Case:
    """Record publication of the information about improvements instead of the report (PUB-25)."""
    case = begin(work, case_id, PUBLISH_IMPROVEMENTS, command)
    _be_ready(work, case, command, publishes=False)
    entry = record_entry(work, case, PUBLISH_IMPROVEMENTS, command)
    own_file.keep_published(work, case, entry)
    _go_on(work, case, entry, command)
    enqueue_email(work, case, EmailTrigger.IMPROVEMENTS_PUBLISHED)
    return case


PUBLISH_IMPROVEMENTS = Act(
    name="publish_improvements",
    command=Publish,
    perform=publish_improvements,
    permission=Permission.PLAN_PUBLICATION,
    doing="publish",
    stages=frozenset({Stage.PUBLICATION, Stage.JOINT_REVIEW}),
    entry=EntryType.IMPROVEMENTS_PUBLISHED,
    todo=Todo.PUBLISH_IMPROVEMENTS,
    clock=ClockId.K11,
    shows=(EntryType.PUBLICATION_WITHHELD, EntryType.REPORT_PRESENTED),
    is_listed=False,
    section=Section.PUBLICATION,
    is_joint=True,
)


def _be_ready(work: UnitOfWork, case: Case, command: Publish, *, publishes: bool) -> None:
    """Refuse what may not be published, and other bytes than were sent ahead (PUB-26).

    The day is kept; one that was not approved goes back to the partners (PUB-21).
    """
    must_be_ready(work, case, command.published_on, command.address, publishes=publishes)
    laid_out.must_be_the_file_sent(work, case, command.file)
    if is_other_day(work, case, command.published_on, command.why_other_day):
        other_day.put_to_partners(work, case)
    case.published_on = case.publish_on = command.published_on
    work.session.add(case)


def _go_on(work: UnitOfWork, case: Case, entry: Entry, command: Publish) -> None:
    """Do what our own publication entails, once the published file is ordered.

    Where several partnerships sign, each files what was published with every position and the
    digest of the file: here, and where a party decided and does not publish.
    """
    if case.publishes:
        start_clock(work, case, ClockId.K13)
        if command.address is None:  # the repository's address is told once the report is there
            open_todo(work, case, Todo.CONFIRM_AVAILABLE)
    # What was not recorded of the steps before may still be, and nobody is asked for it any more.
    close_todos(work, case, Todo.PUBLISH, Todo.PUBLISH_IMPROVEMENTS, Todo.PUBLICATION_STEP)
    if is_published_together(work, case):
        order_document(work, entry, Step.PUBLISH, DocumentKind.SIGNED_RECORD)
        tell_who_decided(work, case, command.published_on, entry)
    if is_beside_lead(work, case):
        tell_lead_published(work, case, command.published_on, entry)
    else:
        go_on_when_all_published(work, case)
