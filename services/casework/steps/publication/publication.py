"""Gate G10: the plan of publication, or the decision against it."""

from services.casework.act import Act, Entered, begin, record_entry, record_entry_as
from services.casework.steps.communications.strategy import must_be_whole
from services.casework.steps.families.publication_wishes import must_weigh_wishes
from services.casework.steps.publication.approval import seek_approval
from services.casework.steps.publication.day_of_publication import set_day
from services.casework.steps.publication.days_against import must_be_kept_clear
from services.casework.steps.publication.naming_reviewers import must_name_reviewer
from services.casework.steps.publication.objections import must_have_no_objection
from services.casework.steps.publication.public_name import must_have_a_name
from services.casework.steps.publication.publication_said import (
    PlanPublication,
    PublicationPlanned,
    ReportWithheld,
    WithholdReport,
)
from services.casework.steps.publication.timetable import with_days
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


def plan_publication(work: UnitOfWork, case_id: CaseId, command: PlanPublication) -> Case:
    """Plan publication, or move it; the last day to send the report follows from it (K12)."""
    case = begin(work, case_id, PLAN_PUBLICATION, command)
    _must_be_anonymised(command)
    must_name_reviewer(work, case)
    must_have_no_objection(work, case)
    if command.publish_on in {one.day for one in command.key_dates}:
        raise AnswerRefused("publish_on", "Choose another day: this is one you avoid (PUB-21).")
    must_have_a_name(work, case, command.public_name)
    must_weigh_wishes(work, case, command.family_wishes)
    must_be_whole(work, case)
    must_be_kept_clear(work, case, command.publish_on, command.why_this_day)
    set_day(work, case, command.publish_on, publishes=True)
    kept = with_days(work, case, command)
    entry = record_entry_as(work, case, PLAN_PUBLICATION, command, Entered(kept=kept))
    seek_approval(work, case, entry)
    return case


PLAN_PUBLICATION = Act(
    name="plan_publication",
    command=PlanPublication,
    perform=plan_publication,
    permission=Permission.PLAN_PUBLICATION,
    doing="plan publication",
    stages=frozenset({Stage.PUBLICATION}),
    entry=EntryType.PUBLICATION_PLANNED,
    kept=PublicationPlanned,
    todo=Todo.PLAN_PUBLICATION,
    clock=ClockId.K11,
    shows=(EntryType.COMMUNICATIONS_PLANNED,),
    section=Section.PUBLICATION,
    is_joint=True,
)


def withhold_report(work: UnitOfWork, case_id: CaseId, command: WithholdReport) -> Case:
    """Decide not to publish the report; improvements are published instead (PUB-25).

    They are as public as a report would be: nobody is recognised by them or harmed, and the day
    is kept clear as a report's would be (PUB-04, PUB-16, PUB-21).
    """
    case = begin(work, case_id, WITHHOLD_REPORT, command)
    _must_be_anonymised(command)
    must_have_no_objection(work, case)
    must_be_kept_clear(work, case, command.publish_on, command.why_this_day)
    set_day(work, case, command.publish_on, publishes=False)
    seek_approval(work, case, record_entry(work, case, WITHHOLD_REPORT, command))
    return case


WITHHOLD_REPORT = Act(
    name="withhold_report",
    command=WithholdReport,
    perform=withhold_report,
    permission=Permission.PLAN_PUBLICATION,
    doing="decide against publication",
    stages=frozenset({Stage.PUBLICATION}),
    entry=EntryType.PUBLICATION_WITHHELD,
    kept=ReportWithheld,
    clock=ClockId.K11,
    shows=(EntryType.COMMUNICATIONS_PLANNED,),
    section=Section.PUBLICATION,
    is_joint=True,
)


def _must_be_anonymised(command: PlanPublication | WithholdReport) -> None:
    """Refuse what is to be published while it is not said to be anonymised (PUB-16, G10)."""
    if not command.anonymised:
        raise AnswerRefused("anonymised", "Publication waits until this holds (G10).")
