"""What was found for a request, as its pages and forms show it: words, decision, second reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from services.casework.information_requests.access import request_to_read
from services.casework.information_requests.acts import InformationRequestAct, open_item_acts
from services.casework.information_requests.standing import ItemStanding, RequestStanding
from services.database.information_requests import InformationRequest, get_request_step
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import RequestEvent
from services.domain.information_requests import Exemption, ItemDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """An item that was found: what it says, what is decided of it, what a second person said."""

    id: UUID
    title: str
    text: str
    decision: ItemDecision | None
    exemptions: tuple[Exemption, ...]
    passages: tuple[str, ...]
    reasons: str
    read: str
    is_settled: bool
    acts: tuple[InformationRequestAct, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAbout:
    """What a form is about: a request, and the item of it where it is of one."""

    request: InformationRequest
    item: ItemLine | None = None


def form_about(work: UnitOfWork, act: InformationRequestAct, about_id: UUID) -> FormAbout:
    """Return what a form of the act is about; what the person may not read is not found."""
    if not act.is_of_item:
        return FormAbout(request=request_to_read(work, about_id).request)
    item = get_request_step(work.session, about_id, RequestEvent.ITEM_ENTERED)
    standing = request_to_read(work, item.request_id)
    known = names(work.session, {one.added_by for one in standing.steps})
    (found,) = (one for one in standing.items if one.entered.id == about_id)
    return FormAbout(request=standing.request, item=item_line(work, standing, found, known))


def item_line(
    work: UnitOfWork, standing: RequestStanding, item: ItemStanding, known: Mapping[UUID, str]
) -> ItemLine:
    """Return the item as a page shows it; ``known`` are people's names by their ids."""
    said = item.decided.words if item.decided else {}
    return ItemLine(
        id=item.entered.id,
        title=item.entered.words["title"],
        text=item.entered.words["text"],
        decision=ItemDecision(said["decision"]) if said else None,
        exemptions=tuple(Exemption(one) for one in said.get("exemptions", ())),
        passages=tuple(one["passage"] for one in said.get("passages", ())),
        reasons=said.get("reasons", ""),
        read=_read(item, known),
        is_settled=item.is_settled,
        acts=open_item_acts(work.actor, standing, item),
    )


def _read(item: ItemStanding, known: Mapping[UUID, str]) -> str:
    """Say who decided and what a second person said of it."""
    if item.decided is None:
        return "Not decided yet"
    by = f"Decided by {known.get(item.decided.added_by, '')}"
    if item.read is None:
        return f"{by}. A second person has yet to read it."
    agrees = "agrees" if item.is_settled else "does not agree"
    remarks = item.read.words.get("remarks")
    return f"{by}. {known.get(item.read.added_by, '')} {agrees}.{f' {remarks}' if remarks else ''}"
