"""The request to consider a local review (Doc 1b), and what the partners decided of it."""

from services.casework.answers_as_text import as_section, as_tables
from services.casework.document_builders.context import BuilderContext, DocumentContent, on_day
from services.casework.document_builders.referral import (
    NOT_IN_PAPERS,
    child_parts,
    unanswered,
)
from services.casework.document_builders.sign_offs import signatures
from services.casework.steps.request_consideration import ConsiderRequest
from services.casework.steps.requested import RequestReview
from services.domain.documents import PaperSection
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.sign_off import SignOffMatter
from services.domain.working_days import london_date


def review_request(context: BuilderContext) -> DocumentContent:
    """Build the request as it was sent; who asked from an agency gets it too (Doc 1b, NOT-23)."""
    entry = context.history.last(EntryType.REVIEW_REQUESTED)
    asked = RequestReview.model_validate(entry.command)
    left_out = NOT_IN_PAPERS | {"received_at"} | unanswered(asked)
    return DocumentContent(
        sections=(
            as_section("The request", asked, context.names, without=left_out),
            *child_parts(asked.children, context.names),
        ),
        addressed_to=f"The safeguarding partners of {context.work.partnership.name}",
        details={
            "Asked by": context.agency or capital(label(entry.role)),
            "Received on": on_day(london_date(asked.received_at)),
        },
    )


def request_decision(context: BuilderContext) -> DocumentContent:
    """Build what the three partners decided on the request, with every position (NOT-24)."""
    said = context.history.command(EntryType.REQUEST_CONSIDERED, ConsiderRequest)
    matter = SignOffMatter.REVIEW_REQUEST
    round_ = context.history.rounds(matter)
    return DocumentContent(
        sections=(
            *considered(context),
            *as_tables(said, context.names),
            *signatures(context.work, context.case, matter, round_),
        ),
        details={
            "Request received on": on_day(london_date(context.case.referred_at)),
            "Decision": capital(label(said.decision)),
            "Decided on": on_day(london_date(context.history.newest.at)),
        },
    )


def considered(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return what was put to the partners: whether it is notifiable, the grounds, the learning."""
    said = context.history.command(EntryType.REQUEST_CONSIDERED, ConsiderRequest)
    left_out = frozenset({"decision"}) | unanswered(said)
    return (as_section("What the partners considered", said, context.names, without=left_out),)
