"""Gate G9: the lead reviewer's report, version by version."""

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.effects import last_day, open_todo
from services.casework.steps.communications.strategy import are_begun
from services.casework.steps.learning_event.holding import must_leave_no_event_open
from services.casework.steps.local_review.draft_kept import draft_kept
from services.casework.steps.local_review.draft_orders import make_check_and_tell
from services.casework.steps.local_review.draft_said import DraftSubmitted, SubmitDraft
from services.casework.steps.local_review.recommendations import follow_version, must_address_both
from services.casework.steps.local_review.reports_in import must_have_all_reports
from services.casework.steps.local_review.review_opening import must_be_its_reviewer
from services.casework.steps.rounds.sign_off_rounds import close_turns
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


def submit_draft(work: UnitOfWork, case_id: CaseId, command: SubmitDraft) -> Case:
    """Keep a new version of the report, once every agency's report is settled.

    It states the terms in force and how they were amended (LC-06), and the recommendations that the
    partners endorsed (PUB-18), and says of each of the family who took no part why not (FAM-10). A
    learning event that is planned is held, or called off, before (LC-39).
    """
    case = begin(work, case_id, SUBMIT_DRAFT, command)
    must_be_its_reviewer(work, case)
    must_have_all_reports(work, case)
    must_leave_no_event_open(work, case)
    if not command.anonymised:
        raise AnswerRefused("anonymised", "Anonymise the report first (PUB-16).")
    kept = draft_kept(work, case, command)
    must_address_both(kept)
    case.report_version += 1
    entered = Entered(subject=str(case.report_version), kept=kept)
    entry = record_entry_as(work, case, SUBMIT_DRAFT, command, entered)
    close_turns(work, case, Todo.SUBMIT_DRAFT, Todo.SIGN_REPORT)
    open_todo(work, case, Todo.QUALITY_ASSURE, last_day=last_day(work, case, ClockId.K11))
    if not are_begun(work, case):
        open_todo(work, case, Todo.PLAN_COMMUNICATIONS, last_day=last_day(work, case, ClockId.K11))
    follow_version(work, case, entry)
    make_check_and_tell(work, case, entry)
    return case


SUBMIT_DRAFT = Act(
    name="submit_draft",
    command=SubmitDraft,
    perform=submit_draft,
    permission=Permission.DRAFT_REPORT,
    doing="submit a draft report",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.DRAFT_SUBMITTED,
    kept=DraftSubmitted,
    todo=Todo.SUBMIT_DRAFT,
    clock=ClockId.K11,
    shows=(
        EntryType.TERMS_AGREED,
        EntryType.DRAFT_RETURNED,
        EntryType.RECOMMENDATIONS_PUT,
        EntryType.ANONYMITY_CHECKED,
        EntryType.GAP_LISTED,
        EntryType.GAP_SETTLED,
        EntryType.LEARNING_EVENT_HELD,
        EntryType.PRACTITIONER_HEARD,
        EntryType.PRACTITIONERS_ANSWERED,
        EntryType.FEEDBACK_ELSEWHERE,
    ),
    section=Section.DRAFT_REPORT,
    holds_family_data=True,
    is_joint=True,
)
