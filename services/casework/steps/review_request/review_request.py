"""An agency or a partner asks that a local review is considered (NOT-23, Doc 1b)."""

from services.casework.act import Act, record_entry
from services.casework.effects import enqueue_email, open_todo, order_document
from services.casework.steps.case_opening import begin_case, open_case
from services.casework.steps.declaration_kept import keep_declaration, must_be_complete
from services.casework.steps.referral.incident_kept import keep_children
from services.casework.steps.referral.referral_checks import must_be_possible_request
from services.casework.steps.referral.requested import RequestReview
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import THE_REFERRAL, EntryType, Section
from services.domain.incidents import Suspicion
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


def request_review(work: UnitOfWork, command: RequestReview) -> Case:
    """Open a case on the request and tell the partners; no clock of a notification begins.

    Who asks gets the paper of what they said. They declare with it (LC-01).
    """
    partnership = begin_case(work, REQUEST_REVIEW, command)
    must_be_possible_request(work, command)
    must_be_complete(command)
    case = open_case(work, partnership, Stage.REQUESTED, command.received_at, None)
    case.incident_on, case.is_death = command.incident_on, command.child_died
    case.abuse_suspected = command.suspicion is not Suspicion.NEITHER
    case.has_child = any(one.is_child for one in command.subjects)
    keep_children(work, case, command.children, version=0)
    keep_declaration(work, case, command)
    entry = record_entry(work, case, REQUEST_REVIEW, command)
    open_todo(work, case, Todo.CONSIDER_REQUEST)
    asked_by = case.referred_by_agency_id
    order_document(work, entry, Step.NOTIFY, DocumentKind.REVIEW_REQUEST, asked_by)
    enqueue_email(work, case, EmailTrigger.REVIEW_REQUESTED)
    return case


def was_only_requested(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the case began with a request for a local review, and was not referred since."""
    kinds = {one.entry_type for one in facts(work.session, case.id)}
    return EntryType.REVIEW_REQUESTED in kinds and not kinds.intersection(THE_REFERRAL)


REQUEST_REVIEW = Act(
    name="request_review",
    command=RequestReview,
    perform=request_review,
    permission=Permission.REFER,
    doing="ask for a local review",
    stages=frozenset(Stage),
    entry=EntryType.REVIEW_REQUESTED,
    is_listed=False,
    section=Section.FACTS_AND_FAMILY,
    holds_family_data=True,
    opens_case=True,
)
