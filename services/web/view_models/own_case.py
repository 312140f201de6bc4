"""What the page of a case shows to an agency's lead, a guest or communications: their own part."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.casework.access.documents import papers_seen
from services.database.cases import Case
from services.database.documents import Document
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.web.timeline import names_for
from services.web.view_models.agencies import AgencyLine, agency_lines
from services.web.view_models.learning_event import EventView, learning_event_view
from services.web.view_models.meeting import MeetingView, meeting_view
from services.web.view_models.own_part import OwnPartView, own_part_view
from services.web.view_models.plan_actions import PlanLine, action_lines

NEWEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCaseView:
    """Their outcome and referral, what they are asked and sent, and what they are invited to."""

    part: OwnPartView | None
    agencies: list[AgencyLine]
    meeting: MeetingView | None
    learning_event: EventView | None
    actions: list[PlanLine]
    documents: list[Document]

    @property
    def of_lead(self) -> Iterable[Entry]:
        """Return what another partnership said of the outcome, which it is told was read."""
        return self.part.of_lead if self.part else ()


def own_case_view(work: UnitOfWork, case: Case) -> OwnCaseView:
    """Gather the person's own part of a case of which they do not see the whole."""
    named = names_for(work, ())
    return OwnCaseView(
        part=own_part_view(work, case),
        agencies=agency_lines(work, case, named),
        meeting=meeting_view(work, case),
        learning_event=learning_event_view(work, case),
        actions=action_lines(work, case, named),
        documents=papers_seen(work, case)[:NEWEST],
    )
