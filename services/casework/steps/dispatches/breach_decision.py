"""What is decided of documents that went to the wrong person: the risk, and who is told (GDPR)."""

from datetime import datetime

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import (
    Command,
    EntryChoice,
    LongText,
    Moment,
    ShortText,
    YesNo,
    named,
)
from services.casework.effects import close_todos
from services.casework.steps.dispatches.breaches import undecided
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.breaches import Assessment, BreachRisk, Destroyed, must_be_lawful
from services.domain.dispatches import Notice
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.recipients import Recipient
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class DecideOnBreach(Command):
    """Whether a personal data breach is reported, and whether the people are told.

    It is reported within 72 hours unless a risk to people is unlikely (UK GDPR, article 33); the
    people are told without undue delay where the risk is high (article 34).
    """

    breach: EntryChoice = Field(title="On which documents do you decide?")
    destroyed: Destroyed = Field(title="What did the wrong person say of destroying them?")
    risk: BreachRisk = Field(title="Which risk follows for the people concerned?")
    advice: LongText = Field(title="What did the data protection officer advise?")
    reported_at: Moment | None = Field(
        default=None,
        title="When was it reported to the Information Commissioner?",
        description="Leave it empty if it was not reported.",
    )
    report_reference: ShortText | None = Field(
        default=None, title="Under which reference was it reported?"
    )
    late_reason: LongText | None = Field(
        default=None, title="If it was reported after 72 hours, why?"
    )
    people_told: YesNo = Field(title="Were the people concerned told?")
    not_told_because: LongText | None = Field(
        default=None, title="If people at high risk were not told, why not?"
    )
    reasons: LongText = Field(title="What are the reasons for the decision?")


class BreachDecided(Command):
    """What is kept of it: the documents by what they are about, since an id tells nothing."""

    notice: Notice | None = Field(default=None, title="What went to the wrong person?")
    recipient: Recipient | None = Field(default=None, title="For whom was it meant?")
    agency: str = Field(default="", title="For which agency did the one-time address let in?")
    destroyed: Destroyed = Field(title="What did the wrong person say of destroying them?")
    risk: BreachRisk = Field(title="Which risk follows for the people concerned?")
    advice: str = Field(title="What did the data protection officer advise?")
    reported_at: datetime | None = Field(
        title="When was it reported to the Information Commissioner?"
    )
    report_reference: str | None = Field(title="Under which reference was it reported?")
    late_reason: str | None = Field(title="If it was reported after 72 hours, why?")
    people_told: bool = Field(title="Were the people concerned told?")
    not_told_because: str | None = Field(title="If people at high risk were not told, why not?")
    reasons: str = Field(title="What are the reasons for the decision?")


def decide_on_breach(work: UnitOfWork, case_id: CaseId, command: DecideOnBreach) -> Case:
    """Record the decision on a breach; what was reported is reported, and the hours are over."""
    case = begin(work, case_id, DECIDE_ON_BREACH, command)
    refused = AnswerRefused("breach", "It is decided on already, or is not of this case.")
    breach = named(undecided(work, case), command.breach, refused)
    assessed = Assessment(
        risk=command.risk,
        reported_at=command.reported_at,
        people_told=command.people_told,
        late_reason=command.late_reason,
        not_told_because=command.not_told_because,
    )
    must_be_lawful(assessed, breach.kept.aware_at, work.now)
    kept = BreachDecided(
        notice=breach.kept.notice,
        recipient=breach.kept.recipient,
        agency=breach.kept.agency,
        **command.model_dump(exclude={"breach"}),
    )
    entered = Entered(subject=str(breach.id), kept=kept)
    record_entry_as(work, case, DECIDE_ON_BREACH, command, entered)
    close_todos(work, case, Todo.DECIDE_ON_BREACH, subject=str(breach.id))
    return case


DECIDE_ON_BREACH = Act(
    name="decide_on_breach",
    command=DecideOnBreach,
    which="breach",
    perform=decide_on_breach,
    permission=Permission.HANDLE_BREACHES,
    doing="decide on what went to the wrong person",
    stages=frozenset(Stage),
    entry=EntryType.BREACH_DECIDED,
    kept=BreachDecided,
    todo=Todo.DECIDE_ON_BREACH,
    shows=(EntryType.BREACH_REPORTED, EntryType.BREACH_RECEIVED),
    is_listed=False,
    section=Section.INTERNAL,
    holds_family_data=True,
)
