"""Gate G1: an agency refers a serious incident to the partnership."""

from pydantic import Field

from services.casework.act import Act, record_entry
from services.casework.commands import KeepsConfidential, LongText, Moment, YesNo
from services.casework.effects import EmailContext, enqueue_email, last_day, open_todo
from services.casework.steps.case_opening import begin_case, open_case
from services.casework.steps.declaration_kept import keep_declaration, must_be_complete
from services.casework.steps.notification.notification_clocks import (
    start_local_clocks,
    start_notification_clocks,
)
from services.casework.steps.referral.incident_kept import keep_children, set_incident
from services.casework.steps.referral.papers_remade import make_paper
from services.casework.steps.referral.referral_checks import (
    must_be_possible_awareness,
    must_be_possible_referral,
)
from services.casework.steps.referral.referred import Referral
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class ReferOn(Referral):
    """What was logged is referred as a serious incident, as it is known now (NOT-08, NOT-16).

    The case goes on under its reference. What was logged stays in the timeline.
    """

    aware_at: Moment | None = Field(
        default=None,
        title="When was the local authority told, if it was?",
        description="Its out-of-hours team counts. Its clocks count from this until the local "
        "authority itself says when it was aware.",
    )


class Refer(ReferOn):
    """A referral of a serious incident (Doc 1, NOT-14 to NOT-16)."""

    has_conflict: YesNo = Field(title="Do you have any conflict of interest in this case?")
    particulars: LongText | None = Field(default=None, title="If so, what is it?")
    keeps_confidential: KeepsConfidential


def refer(work: UnitOfWork, command: Refer) -> Case:
    """Open a case on a serious incident and start the clocks that hang on the referral.

    NOT-16, K5, K7 from the referral; K1, K2, K3 where the local authority is already aware.
    The person who refers declares with it (LC-01).
    """
    partnership = begin_case(work, REFER, command)
    must_be_possible_referral(work, command)
    must_be_possible_awareness(work, command.aware_at, command.incident_on)
    must_be_complete(command)
    case = open_case(work, partnership, Stage.REFERRED, command.received_at, command.aware_at)
    set_incident(case, command)
    keep_children(work, case, command.children, version=1)
    if not work.actor.is_system:  # of no person: whoever it asks for declares when they come
        keep_declaration(work, case, command)
    entry = record_entry(work, case, REFER, command)
    begin_duties(work, case, entry)
    return case


REFER = Act(
    name="refer",
    command=Refer,
    perform=refer,
    permission=Permission.REFER,
    doing="refer an incident",
    stages=frozenset(Stage),
    entry=EntryType.REFERRED,
    is_listed=False,
    section=Section.FACTS_AND_FAMILY,
    holds_family_data=True,
    opens_case=True,
    by_system=True,
)


def begin_duties(work: UnitOfWork, case: Case, entry: Entry) -> None:
    """Start what hangs on the referral, say whose turn it is, and tell of it (NOT-16)."""
    make_paper(work, entry)
    if case.suspects_abuse_of_child:
        start_local_clocks(work, case)
        open_todo(work, case, Todo.GIVE_VIEW)
    elif case.duty_elsewhere and case.abuse_suspected and case.has_child:
        open_todo(work, case, Todo.TELL_AREA)
    if not case.awareness_stated:
        open_todo(work, case, Todo.RECORD_AWARENESS)
    if case.aware_at is not None:
        start_notification_clocks(work, case)
    told = EmailContext(due=last_day(work, case, ClockId.K5))
    enqueue_email(work, case, EmailTrigger.INCIDENT_REFERRED, told)
