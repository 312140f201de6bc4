"""The letters by which information is requested under the law, and the notice of an unanswered one.

What a request says of the law is in the templates; its lawful basis is what was considered for it.
"""

from typing import Final

from services.casework.acts import act_of
from services.casework.document_builders.business_unit import reached_at
from services.casework.document_builders.context import BuilderContext, DocumentContent, on_day
from services.casework.steps.local_review.reports_wanted import newest_request
from services.casework.steps.scoping.scoping import RequestReturns
from services.casework.steps.scoping.silence import ActFormally, ReachStrategicLead
from services.database.agency_requests import AgencyRequest, get_request
from services.domain.agency_requests import Answered, Asked
from services.domain.documents import PaperSection
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.labels.own_words import in_own_words
from services.domain.plain_text import capital

_ASKED_IN: Final = {
    Asked.SCOPING_RETURN: EntryType.RETURNS_REQUESTED,
    Asked.REPORT: EntryType.REPORTS_REQUESTED,
}
UNRESOLVED: Final = (
    "The review group seeks to resolve this with your agency. If no prompt resolution is found, it "
    "goes to the safeguarding partners for formal action."
)


def lawful_basis(said: str) -> PaperSection:
    """Return on which lawful basis a request is made, as was considered for it (INF-04)."""
    return PaperSection(heading="The lawful basis of this request", paragraphs=(said,))


def formal_notice(context: BuilderContext) -> DocumentContent:
    """Build the notice to an agency whose answer is owed: by the group, or the partners (INF-01).

    It says what was asked and nothing of the family; a formal action is told as it was decided.
    """
    entry = context.history.newest
    said = act_of(entry).content.model_validate(entry.command)
    assert isinstance(said, ReachStrategicLead | ActFormally)  # noqa: S101 - what orders the notice
    request = get_request(context.work.session, context.case.id, said.asked, said.agency)
    return DocumentContent(
        sections=(_what_follows(said), lawful_basis(_basis(context, request))),
        addressed_to=context.agency,
        details={
            "What was asked for": capital(label(said.asked)),
            "Asked for on": on_day(request.sent_on),
            "How it stands": _standing(request),
            "First given until": on_day(request.first_due),
            f"To come by, as named by the {_named_by(said)}": on_day(said.by_when),
            in_own_words("Business unit"): reached_at(context.work),
        },
    )


def _standing(request: AgencyRequest) -> str:
    """Say what has come of it: a report that was returned for more is no silence (LC-26)."""
    if request.answered is Answered.SENT_BACK:
        return "It came, was returned for more, and has not come again"
    return "It has not come"


def _named_by(said: ReachStrategicLead | ActFormally) -> str:
    return (
        "safeguarding partners" if isinstance(said, ActFormally) else in_own_words("review group")
    )


def _what_follows(said: ReachStrategicLead | ActFormally) -> PaperSection:
    if isinstance(said, ActFormally):
        heading = "The formal action of the safeguarding partners"
        return PaperSection(heading=heading, paragraphs=(said.action,))
    return PaperSection(
        heading="What follows if it does not come", paragraphs=(in_own_words(UNRESOLVED),)
    )


def _basis(context: BuilderContext, request: AgencyRequest) -> str:
    """Return the lawful basis of the newest request that named the agency."""
    asked = context.history.all(_ASKED_IN[request.asked])
    if request.asked is Asked.REPORT:
        said = newest_request(asked, request.agency_id)
        return said.lawful_basis if said is not None else ""
    newest = [one.command for one in asked if str(request.agency_id) in one.command["agencies"]][-1]
    return RequestReturns.model_validate(newest).lawful_basis
