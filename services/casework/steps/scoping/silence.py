"""INF-06: an agency's silence goes to the review group, its strategic lead, and the partners."""

from functools import partial

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Day, LongText, ShortText
from services.casework.effects import order_document
from services.casework.steps.scoping.ladder import give_notice, hand_over, take_up
from services.casework.steps.scoping.owed_answers import OwedAnswer, owed, waits_for
from services.database.agency_requests import AgencyRequest
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import RETURNED_AT
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.escalation import Rung
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Step


class ReferSilence(OwedAnswer):
    """An agency disagrees with a formal request, or does not comply: for the group (INF-06)."""

    tried: LongText = Field(
        title="What was done to obtain it, and what did the agency say?",
        description="The review group seeks to resolve it with the agency's strategic lead.",
    )
    by_when: Day = Field(
        title="By when is the review group to have taken it up?",
        description="Its chair is asked at once, and again on the day after this one.",
    )


class ReachStrategicLead(OwedAnswer):
    """The review group resolves it with the agency's strategic safeguarding lead (INF-06).

    The agency and its strategic lead in the directory are sent word of a formal notice.
    """

    spoken_to: ShortText = Field(
        title="Whom of the agency did you reach?", description="Name and post, and how."
    )
    outcome: LongText = Field(title="What was said and agreed?")
    by_when: Day = Field(
        title="By when does the agency answer?",
        description="On the day after it you are asked to put it to the partners.",
    )


class PutSilenceToPartners(OwedAnswer):
    """It was not resolved promptly: the safeguarding partners take formal action (INF-06)."""

    unresolved: LongText = Field(title="Why was no prompt resolution found?")
    by_when: Day = Field(
        title="By when are the partners to have decided?",
        description="They are asked at once, and again on the day after this one.",
    )


class ActFormally(OwedAnswer):
    """The formal action of the safeguarding partners on an unanswered request (INF-01, INF-06)."""

    action: LongText = Field(
        title="Which formal action is taken?",
        description="It goes into the formal notice to the agency, with what it was asked for.",
    )
    decided_by: ShortText = Field(
        title="Who of the safeguarding partners decided it, and when?",
    )
    by_when: Day = Field(
        title="By when does the agency answer?",
        description="On the day after it you are asked what is done next.",
    )


_StepTaken = ReferSilence | ReachStrategicLead | PutSilenceToPartners | ActFormally


def refer_silence(work: UnitOfWork, case_id: CaseId, command: ReferSilence) -> Case:
    """Refer the silence to the review group, whose chair takes it up (INF-06, step 1)."""
    case, request, entry = _climb(work, case_id, REFER_SILENCE, command, Rung.REVIEW_GROUP)
    hand_over(work, case, request, entry)
    return case


def reach_strategic_lead(work: UnitOfWork, case_id: CaseId, command: ReachStrategicLead) -> Case:
    """Resolve it with the agency's strategic lead, who has until the day agreed (step 2)."""
    case, request, entry = _climb(work, case_id, REACH_STRATEGIC_LEAD, command, Rung.STRATEGIC_LEAD)
    _give_notice(work, case, request, entry)
    return case


def put_silence_to_partners(
    work: UnitOfWork, case_id: CaseId, command: PutSilenceToPartners
) -> Case:
    """Escalate it to the safeguarding partners for formal action (INF-06, step 3)."""
    case, request, entry = _climb(work, case_id, PUT_SILENCE_TO_PARTNERS, command, Rung.PARTNERS)
    hand_over(work, case, request, entry)
    return case


def act_formally(work: UnitOfWork, case_id: CaseId, command: ActFormally) -> Case:
    """Record the partners' formal action and give notice of it; it can be followed by another."""
    case, request, entry = _climb(work, case_id, ACT_FORMALLY, command, Rung.FORMAL_ACTION)
    _give_notice(work, case, request, entry)
    return case


def _climb(
    work: UnitOfWork, case_id: CaseId, act: Act, command: _StepTaken, rung: Rung
) -> tuple[Case, AgencyRequest, Entry]:
    """Take an answer that is owed up to this step of the ladder, and put that on record."""
    case = begin(work, case_id, act, command)
    request = owed(work, case, command.agency, command.asked)
    take_up(work, case, request, rung, command.by_when)
    return case, request, record_entry(work, case, act, command, subject=str(command.agency))


def _give_notice(work: UnitOfWork, case: Case, request: AgencyRequest, entry: Entry) -> None:
    """Give the agency formal notice, and word of it to its strategic lead (INF-01)."""
    order_document(work, entry, Step.SCOPE, DocumentKind.FORMAL_NOTICE, request.agency_id)
    give_notice(work, case, request, entry)


REFER_SILENCE = Act(
    name="refer_silence",
    command=ReferSilence,
    which="agency",
    perform=refer_silence,
    permission=Permission.PURSUE_ANSWERS,
    doing="refer an agency's silence",
    stages=RETURNED_AT,
    entry=EntryType.SILENCE_REFERRED,
    todo=Todo.REFER_SILENCE,
    is_offered=partial(waits_for, Rung.REVIEW_GROUP),
    section=Section.INTERNAL,
)
REACH_STRATEGIC_LEAD = Act(
    name="reach_strategic_lead",
    command=ReachStrategicLead,
    which="agency",
    perform=reach_strategic_lead,
    permission=Permission.RESOLVE_SILENCE,
    doing="take up an agency's silence",
    stages=RETURNED_AT,
    entry=EntryType.STRATEGIC_LEAD_REACHED,
    todo=Todo.REACH_STRATEGIC_LEAD,
    is_offered=partial(waits_for, Rung.STRATEGIC_LEAD),
    shows=(EntryType.SILENCE_REFERRED,),
    section=Section.INTERNAL,
)
PUT_SILENCE_TO_PARTNERS = Act(
    name="put_silence_to_partners",
    command=PutSilenceToPartners,
    which="agency",
    perform=put_silence_to_partners,
    permission=Permission.RESOLVE_SILENCE,
    doing="put an agency's silence to the partners",
    stages=RETURNED_AT,
    entry=EntryType.SILENCE_PUT_TO_PARTNERS,
    todo=Todo.PUT_SILENCE_TO_PARTNERS,
    is_offered=partial(waits_for, Rung.PARTNERS),
    shows=(EntryType.SILENCE_REFERRED, EntryType.STRATEGIC_LEAD_REACHED),
    section=Section.INTERNAL,
)
ACT_FORMALLY = Act(
    name="act_formally",
    command=ActFormally,
    which="agency",
    perform=act_formally,
    permission=Permission.ACT_FORMALLY,
    doing="act formally on an agency's silence",
    stages=RETURNED_AT,
    entry=EntryType.ACTED_FORMALLY,
    todo=Todo.ACT_FORMALLY,
    is_offered=partial(waits_for, Rung.FORMAL_ACTION),
    shows=(
        EntryType.SILENCE_REFERRED,
        EntryType.STRATEGIC_LEAD_REACHED,
        EntryType.SILENCE_PUT_TO_PARTNERS,
        EntryType.ACTED_FORMALLY,
    ),
    section=Section.INTERNAL,
)
