"""Gate G10: the plan of publication, or the decision against it."""

from datetime import date

from services.casework.act import Act, begin, record_entry
from services.casework.effects import (
    cancel_clock,
    close_todos,
    compute_due_date,
    drop_text_before_publication,
    last_day,
    start_clock,
    start_extra_clocks,
)
from services.casework.steps.communications.strategy import must_be_whole
from services.casework.steps.families.publication_wishes import must_weigh_wishes
from services.casework.steps.publication.beside_lead import TO_PUBLISH
from services.casework.steps.publication.publication_said import PlanPublication, WithholdReport
from services.casework.steps.rounds.sign_off_rounds import invite
from services.database.cases import Case, birthdays
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import Anchor, ClockEnding, ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AlreadyDone, AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.domain.working_days import written


def plan_publication(work: UnitOfWork, case_id: CaseId, command: PlanPublication) -> Case:
    """Plan publication, or move it; the last day to send the report follows from it (K12)."""
    case = begin(work, case_id, PLAN_PUBLICATION, command)
    _must_all_hold(command, "anonymised", "does_no_harm", "reviewer_named", "no_objection")
    if command.publish_on in {one.day for one in command.key_dates}:
        raise AnswerRefused("publish_on", "Choose another day: this is one you avoid (PUB-21).")
    must_weigh_wishes(work, case, command.family_wishes)
    must_be_whole(work, case)
    _must_be_no_anniversary(work, case, command.publish_on)
    _set_day(work, case, command.publish_on, publishes=True)
    record_entry(work, case, PLAN_PUBLICATION, command)
    _seek_approval(work, case)
    return case


PLAN_PUBLICATION = Act(
    name="plan_publication",
    command=PlanPublication,
    perform=plan_publication,
    permission=Permission.PLAN_PUBLICATION,
    doing="plan publication",
    stages=frozenset({Stage.PUBLICATION}),
    entry=EntryType.PUBLICATION_PLANNED,
    todo=Todo.PLAN_PUBLICATION,
    clock=ClockId.K11,
    shows=(EntryType.COMMUNICATIONS_PLANNED,),
    section=Section.PUBLICATION,
    is_joint=True,
)


def withhold_report(work: UnitOfWork, case_id: CaseId, command: WithholdReport) -> Case:
    """Decide not to publish the report; improvements are published instead (PUB-25).

    They are as public as a report would be: nobody is recognised by them or harmed, and the day
    is none of the children's (PUB-04, PUB-16, PUB-21).
    """
    case = begin(work, case_id, WITHHOLD_REPORT, command)
    _must_all_hold(command, "anonymised", "does_no_harm", "no_objection")
    _must_be_no_anniversary(work, case, command.publish_on)
    _set_day(work, case, command.publish_on, publishes=False)
    record_entry(work, case, WITHHOLD_REPORT, command)
    _seek_approval(work, case)
    return case


WITHHOLD_REPORT = Act(
    name="withhold_report",
    command=WithholdReport,
    perform=withhold_report,
    permission=Permission.PLAN_PUBLICATION,
    doing="decide against publication",
    stages=frozenset({Stage.PUBLICATION}),
    entry=EntryType.PUBLICATION_WITHHELD,
    clock=ClockId.K11,
    shows=(EntryType.COMMUNICATIONS_PLANNED,),
    section=Section.PUBLICATION,
    is_joint=True,
)


def _must_all_hold(command: PlanPublication | WithholdReport, *fields: str) -> None:
    """Refuse what is to be published while one of its conditions does not hold (G10)."""
    for field in fields:
        if not getattr(command, field):
            raise AnswerRefused(field, "Publication waits until this holds (G10).")


def _must_be_no_anniversary(work: UnitOfWork, case: Case, day: date) -> None:
    """Keep clear of a child's birthday and of the day of the incident, in any year (PUB-21)."""
    days = [*birthdays(work.session, case.id), case.incident_on]
    if (day.month, day.day) in {(one.month, one.day) for one in days if one}:
        raise AnswerRefused(
            "publish_on",
            "Choose another day: this is a child's birthday or the day of the incident (PUB-21).",
        )


def _set_day(work: UnitOfWork, case: Case, day: date, *, publishes: bool) -> None:
    """Set the day of publication if there is still time to send the text before it (K12)."""
    _must_not_be_published(work, case)
    limit = compute_due_date(work, case, ClockId.K12, publication=day).due
    if limit < work.today:
        raise AnswerRefused(
            "publish_on",
            f"Too soon: the text would have had to be sent by {written(limit)} (PUB-26, K12). "
            "Choose a later day.",
        )
    case.publish_on = day
    case.publishes = publishes
    case.presented_on = None
    work.session.add(case)
    drop_text_before_publication(work, case)
    cancel_clock(work, case, ClockId.K12, because=ClockEnding.DAY_SET_ANEW)
    start_clock(work, case, ClockId.K12)
    start_extra_clocks(work, case, Anchor.PUBLICATION)


def _must_not_be_published(work: UnitOfWork, case: Case) -> None:
    """Refuse another day once a publisher has published: what is public stays so (PUB-29)."""
    if case.published_on or all_of(work.session, case.id, EntryType.PUBLISHER_PUBLISHED):
        raise AlreadyDone("It is published already, by one of the publishers: its day stays.")


def _seek_approval(work: UnitOfWork, case: Case) -> None:
    close_todos(work, case, Todo.PLAN_PUBLICATION, Todo.CONFIRM_STAFF_TOLD, *TO_PUBLISH)
    invite(work, case, SignOffMatter.PUBLICATION, last_day=last_day(work, case, ClockId.K12))
