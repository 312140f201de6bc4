"""What a publisher tells the others: that it sent the text, that it came back, what it published.

A publisher beside the partnership that leads tells the lead, whose clocks wait for it. Each of them
tells the parties that decided with it and do not publish, which file what was published.
"""

from datetime import date
from typing import Any

from services.casework.effects import place_order
from services.casework.joint.matters import as_member, bearer_of
from services.casework.joint.membership import fellow_members
from services.casework.joint.orders import DeliverPublishing, DeliverReturn, TellPublished
from services.casework.steps.publication.beside_lead import round_put
from services.database.cases import Case
from services.database.dispatches import Dispatch
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import DECIDED_WITH, Published
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Step


def tell_lead_sent(work: UnitOfWork, case: Case, on: date, dispatch: Dispatch) -> None:
    """Have the case that leads told on which day the last of the bodies was sent our text."""
    of = _of_publication(work, case)
    order = DeliverPublishing(**of, what=Published.SENT, on=on, dispatch_id=dispatch.id)
    place_order(work, CaseId(case.id), Step.PUBLISH, order)


def tell_lead_returned(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    """Have the case that leads told which body was not sent our text after all."""
    order = DeliverReturn(
        **_of_publication(work, case),
        recipient=dispatch.recipient,
        on=dispatch.ended_on or work.today,
        dispatch_id=dispatch.id,
    )
    place_order(work, CaseId(case.id), Step.PUBLISH, order)


def tell_lead_published(work: UnitOfWork, case: Case, on: date, entry: Entry) -> None:
    """Have the case that leads told that we have published, when and where: the entry says it."""
    of = _of_publication(work, case)
    order = DeliverPublishing(**of, what=Published.PUBLISHED, on=on, entry_id=entry.id)
    place_order(work, CaseId(case.id), Step.PUBLISH, order)


def tell_who_decided(work: UnitOfWork, case: Case, on: date, entry: Entry) -> None:
    """Have what we published filed by each partnership that signed the report and publishes not."""
    for other in fellow_members(work, case):
        member = as_member(other)
        if member.publishes or not member.part.holds(DECIDED_WITH[SignOffMatter.REPORT]):
            continue
        order = TellPublished(
            partnership_id=other.tenant_id,
            joint_review_id=other.joint_review_id,
            round=round_put(work, case),
            on=on,
            entry_id=entry.id,
        )
        place_order(work, CaseId(case.id), Step.PUBLISH, order)


def _of_publication(work: UnitOfWork, case: Case) -> dict[str, Any]:
    """Return whom an order on publication is for, and of which round it is."""
    bearer = bearer_of(work, case, SignOffMatter.PUBLICATION)
    assert bearer.joint_review_id is not None  # noqa: S101 - another's case is of a joint review
    return {
        "partnership_id": bearer.tenant_id,
        "joint_review_id": bearer.joint_review_id,
        "round": round_put(work, case),
    }
