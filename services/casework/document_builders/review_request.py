"""The request to consider a local review (Doc 1b), and what the partners decided of it."""

from collections.abc import Mapping
from typing import Final

from services.casework.answers_as_text import Names, as_section, as_tables, text_of
from services.casework.document_builders.context import BuilderContext, DocumentContent, on_day
from services.casework.document_builders.referral import child_parts, family_part
from services.casework.document_builders.sign_offs import signatures
from services.casework.steps.referral.requested import RequestReview
from services.casework.steps.review_request.request_consideration import ConsiderRequest
from services.domain.documents import Answer, PaperSection
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.review_requests import RequestDecision
from services.domain.sign_off import SignOffMatter
from services.domain.working_days import london_date

# How the paper names what the form asks, part by part.
TITLES: Final[Mapping[str, Mapping[str, str]]] = {
    "Post and consultation": {
        "referrer_post": "Post",
        "supporting_lead": "Supported by",
        "partner_consulted": "Safeguarding partner consulted",
        "consultation": "Consultation",
        "agency_aware_at": "Agency aware",
        "has_conflict": "Conflict of interest of who asks",
        "particulars": "The conflict",
    },
    "What it is about": {
        "occasion": "Why a review is asked for",
        "incident_on": "When it happened, or began",
        "place": "Place",
        "happened": "What happened",
        "importance": "Importance for the local area",
        "further_children": "Further children",
    },
    "Whether it may have to be notified": {
        "suspicion": "Abuse or neglect",
        "seriousness": "Harm",
        "criteria": "Criteria for an LCSPR, as who asks sees them",
    },
    "Family and safety": {
        "family": "Anything else about the family",
        "siblings_safety": "How these and other children are kept safe",
        "family_informed": "Family told of the request",
        "family_informed_words": "How, or why not",
    },
    "Who else is involved": {
        "police": "Police",
        "police_words": "What the police are doing",
        "media": "Media interest",
        "media_words": "Where, and about what",
        "other_agencies": "Other agencies known",
    },
}

_FOLLOWS: Final[Mapping[RequestDecision, str]] = {
    RequestDecision.LOCAL_REVIEW: "The local review begins with its terms of reference, and its "
    "time counts from this decision. No rapid review is made, and none is sent to the Panel.",
    RequestDecision.NOTIFICATION: "The incident is referred. The local authority alone decides "
    "whether to notify the Panel.",
    RequestDecision.NO_REVIEW: "The case is closed with what is learnt. It is referred if new "
    "information makes the local authority know or suspect abuse or neglect.",
}


def review_request(context: BuilderContext) -> DocumentContent:
    """Build the request as it was sent; who asked from an agency gets it too (Doc 1b, NOT-23)."""
    entry = context.history.last(EntryType.REVIEW_REQUESTED)
    asked = RequestReview.model_validate(entry.command)
    who, about, *others = (_section(heading, asked, context.names) for heading in TITLES)
    return DocumentContent(
        sections=(
            who,
            about,
            *child_parts(asked.children, context.names),
            *family_part(asked),
            *others,
        ),
        addressed_to=f"The safeguarding partners of {context.work.partnership.name}",
        sender=context.agency,
        details={
            "Asked by": context.agency or capital(label(entry.role)),
            "Received on": on_day(london_date(asked.received_at)),
        },
    )


def _section(heading: str, asked: RequestReview, names: Names) -> PaperSection:
    """Return a part of the request: what was answered, under names that are no questions."""
    told = ((title, getattr(asked, name)) for name, title in TITLES[heading].items())
    answers = (Answer(label=title, text=text_of(said, names)) for title, said in told)
    return PaperSection(heading=heading, answers=tuple(one for one in answers if one.text))


def request_decision(context: BuilderContext) -> DocumentContent:
    """Build what the partners decided on the request, with every position (NOT-24)."""
    said = context.history.command(EntryType.REQUEST_CONSIDERED, ConsiderRequest)
    matter = SignOffMatter.REVIEW_REQUEST
    round_ = context.history.rounds(matter)
    return DocumentContent(
        sections=(
            _considered(context, said),
            *as_tables(said, context.names),
            *signatures(context.work, context.case, matter, round_),
            PaperSection(heading="What follows", paragraphs=(_FOLLOWS[said.decision],)),
        ),
        details={
            "Request received on": on_day(london_date(context.case.referred_at)),
            "Decision": capital(label(said.decision)),
            "Decided on": on_day(london_date(context.history.newest.at)),
        },
    )


def _considered(context: BuilderContext, said: ConsiderRequest) -> PaperSection:
    """Return what was put to the partners, without what the paper says at its head."""
    heading = "What the partners considered"
    return as_section(heading, said, context.names, without=frozenset({"decision"}))
