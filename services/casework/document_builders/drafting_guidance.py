"""The guidance for whoever writes the report: what it holds, and how it is checked (Doc 16)."""

from services.casework.document_builders.context import BuilderContext, DocumentContent
from services.casework.effects import policy_of
from services.domain.clocks.rules import ClockId
from services.domain.criteria import QualityQuestion
from services.domain.documents import PaperSection
from services.domain.labels import label
from services.domain.plain_text import capital


def drafting_guidance(context: BuilderContext) -> DocumentContent:
    """Build the guidance, with what the partnership's own policy says (PUB-01 to PUB-18, Doc 16).

    It holds no word of the case: what the terms ask for besides stands in the terms.
    """
    policy = policy_of(context.case)
    months, notice = policy.length(ClockId.K11), policy.length(ClockId.K12)
    is_presented = policy.presented_before_publication
    presented = (
        {"It is presented to the partners": "before it is published"} if is_presented else {}
    )
    questions = tuple(f"{capital(label(one))}." for one in QualityQuestion)
    return DocumentContent(
        sections=(PaperSection(heading="What the review group asks of a draft", items=questions),),
        details={
            "The report is published": f"within {months} months of the decision to begin it",
            "It goes to the Panel, Ofsted and the Secretary of State": f"{notice} working days "
            "before it is published, or earlier",
            **presented,
        },
    )
