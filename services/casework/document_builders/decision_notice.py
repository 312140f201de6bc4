"""The notice of the decision on commissioning: the decision, its date and its grounds."""

from services.casework.document_builders.context import BuilderContext, DocumentContent, on_day
from services.casework.labels import label
from services.casework.steps.rapid_review import ProposeDecision
from services.domain.documents import PaperSection
from services.domain.entry_types import EntryType
from services.domain.plain_text import capital


def commissioning_notice(context: BuilderContext) -> DocumentContent:
    """Build the notice of the decision whether to commission a local review, and why (GOV-16)."""
    decided = context.history.command(EntryType.DECISION_PROPOSED, ProposeDecision)
    grounds = tuple(decided.grounds.split("\n\n"))
    return DocumentContent(
        sections=(PaperSection(heading="The grounds of the decision", paragraphs=grounds),),
        addressed_to="The Panel, the Department for Education and Ofsted",
        details={
            "Decision": capital(label(decided.outcome)),
            "Are the criteria met?": "Yes" if decided.criteria_met else "No",
            "Decided on": on_day(context.case.decided_on),
            "Notification reference": context.case.notification_reference,
        },
    )
