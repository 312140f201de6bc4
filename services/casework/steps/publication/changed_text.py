"""Gate G10: a text of the report that is changed after the partners signed it, as a new version."""

from services.casework.act import Act, begin
from services.casework.effects import last_day
from services.casework.steps.names_sent import sent_as_planned
from services.casework.steps.publication.changed_kept import keep_changed_text
from services.casework.steps.publication.changed_said import ChangeReport, ReportChanged
from services.casework.steps.publication.legal_advice import ask_for_decision
from services.casework.steps.rounds.publishers_held import hold_publishers
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AlreadyDone, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


def change_report(work: UnitOfWork, case_id: CaseId, command: ChangeReport) -> Case:
    """Put a changed text of the signed report to the partners; until they sign, nobody publishes.

    Whether legal advice is needed on it is asked anew (LC-12).
    Other publishers who were asked to publish wait, until the partners have signed it (PUB-02).
    """
    case = begin(work, case_id, CHANGE_REPORT, command)
    if _is_published(work, case):
        raise AlreadyDone("It is published already, by one of the publishers: its text stays.")
    if case.publishes is False:
        raise RuleBroken(
            "The partners decided not to publish the report. What is published in its place is "
            "changed by deciding anew."
        )
    keep_changed_text(work, case, CHANGE_REPORT, command)
    ask_for_decision(work, case, last_day(work, case, ClockId.K12))
    if sent_as_planned(work, case) is not None:
        hold_publishers(work, case)
    return case


def may_be_changed(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a text may be changed: the report is to be published, and nobody has yet."""
    return case.publishes is not False and not _is_published(work, case)


CHANGE_REPORT = Act(
    name="change_report",
    command=ChangeReport,
    perform=change_report,
    permission=Permission.QUALITY_ASSURE,
    doing="change the text of the report",
    stages=frozenset({Stage.PUBLICATION}),
    entry=EntryType.REPORT_CHANGED,
    kept=ReportChanged,
    todo=Todo.CHANGE_REPORT,
    clock=ClockId.K11,
    shows=(
        EntryType.DRAFT_SUBMITTED,
        EntryType.REPORT_CHANGED,
        EntryType.ANONYMITY_CHECKED,
        EntryType.PUBLICATION_PLANNED,
    ),
    is_offered=may_be_changed,
    section=Section.DRAFT_REPORT,
    holds_family_data=True,
    is_joint=True,
)


def _is_published(work: UnitOfWork, case: Case) -> bool:
    told = facts(work.session, case.id, EntryType.PUBLISHER_PUBLISHED)
    return case.published_on is not None or bool(told)
