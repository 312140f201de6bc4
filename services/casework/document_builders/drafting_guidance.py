"""The guidance for whoever writes the report: what it holds, and how it is checked (Doc 16)."""

from services.casework.document_builders.context import BuilderContext, DocumentContent, on_day
from services.casework.effects import last_day, policy_of
from services.domain.clocks.rules import ClockId
from services.domain.criteria import QualityQuestion
from services.domain.documents import PaperSection
from services.domain.labels import label
from services.domain.labels.own_words import in_own_words
from services.domain.plain_text import capital


def drafting_guidance(context: BuilderContext) -> DocumentContent:
    """Build the guidance, with what the partnership's own policy says (PUB-01 to PUB-18, Doc 16).

    It holds no word of the case: what the terms ask for besides stands in the terms.
    """
    is_presented = policy_of(context.case).presented_before_publication
    by = last_day(context.work, context.case, ClockId.K11)
    published = {"The report is published by": on_day(by)} if by else {}
    presented = (
        {"It is presented to the partners": "Before it is published"} if is_presented else {}
    )
    questions = tuple(f"{capital(label(one))}." for one in QualityQuestion)
    asks = in_own_words("What the review group asks of a draft")
    return DocumentContent(
        sections=(PaperSection(heading=asks, items=questions),),
        details={
            **published,
            "It goes to the Panel, Ofsted and the Secretary of State": "Before it is published, "
            "with the notice that the policy of the partnership asks for",
            **presented,
        },
    )
