"""A draft that goes to the partners: who took part in the review has been asked about it."""

from typing import TYPE_CHECKING

from services.casework.steps.learning_event.feedback import (
    not_asked_yet,
    record_practitioner_feedback,
)
from services.casework.steps.local_review.quality_assurance import quality_assure
from services.casework.steps.publication.legal_advice import decide_legal_advice
from services.database.cases import get_case
from services.domain.roles import Role
from tests import factories
from tests.communications_factories import decide_legal_advice as say_decide
from tests.feedback_factories import practitioner_feedback
from tests.settled_teams import settle_team

if TYPE_CHECKING:
    from tests.driven import Driven


def ask_practitioners(case: "Driven", when: str) -> None:
    """Ask the practitioners who took part, if there are any, what they think of the draft."""
    with case.world.act(Role.LEAD_REVIEWER, when) as work:
        left = not_asked_yet(work, get_case(work.session, case.case_id))
    if left:
        said = practitioner_feedback(*sorted(left), asked_on=when[:10])
        case.do(record_practitioner_feedback, said, Role.LEAD_REVIEWER, when)


def assure_draft(case: "Driven", when: str) -> None:
    """Ask who took part about the draft, say if there is a team, and have it quality-assured.

    Whether legal advice is needed before it is published is decided beside it.
    """
    ask_practitioners(case, when)
    settle_team(case, when)
    case.do(decide_legal_advice, say_decide(), Role.BUSINESS_MANAGER, when)
    case.do(quality_assure, factories.quality_assure(), Role.REVIEW_GROUP_CHAIR, when)
