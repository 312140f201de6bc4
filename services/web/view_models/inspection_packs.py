"""An inspection pack as its page shows it: how it stands, its items, its steps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.casework.inspection_packs.access import (
    CLOSED_TO_YOU,
    cases_gone,
    cases_to_open,
    pack_to_read,
    packs_seen,
)
from services.casework.inspection_packs.acts import (
    InspectionAct,
    open_item_acts_of,
    open_pack_acts,
)
from services.casework.inspection_packs.deciding import ITEMS, item_of
from services.casework.inspection_packs.sending import pack_addresses
from services.casework.inspection_packs.standing import (
    ItemOfPack,
    PackStanding,
    superseded_by,
)
from services.database.cases import Case
from services.database.decisions import cases_closed
from services.database.inspection import (
    InspectionFile,
    InspectionStep,
    get_pack_step,
    pack_files,
)
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import InspectionEvent
from services.domain.inspection import PackItemDecision, PackState
from services.domain.labels import label
from services.domain.parties import party_name
from services.domain.plain_text import capital

_OF_ITEMS = frozenset({InspectionEvent.ITEM_GATHERED, InspectionEvent.ITEM_DECIDED})
_WORDS = ("reasons", "remarks", "means", "address", "proof")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLine:
    """A pack in the list: its reference, for whom and for what it is, how it stands."""

    id: UUID
    reference: str
    body: str
    inspection: str
    stands: str
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PackItemLine:
    """An item: what it says, what is decided of it, by whom and why."""

    item: ItemOfPack
    decision: PackItemDecision | None
    who: str
    acts: tuple[InspectionAct, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackStepLine:
    """A step on the pack: what, when, by whom, and what was said."""

    event: InspectionEvent
    at: datetime
    who: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPage:
    """Everything about one pack that the person may read now.

    ``why_closed`` says why its items are not shown, ``to_declare`` on which cases to declare first.
    """

    pack: PackStanding
    stands: str
    owner: str
    newer: PackStanding | None
    older: PackStanding | None
    steps: tuple[PackStepLine, ...]
    why_closed: str = ""
    to_declare: Sequence[Case] = ()
    gone: int = 0
    items: tuple[PackItemLine, ...] = ()
    files: Sequence[InspectionFile] = ()
    addresses: Sequence[str] = ()
    acts: tuple[InspectionAct, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAboutPack:
    """What a form is about: a pack, and the item of it where it is of one."""

    pack: PackStanding
    item: PackItemLine | None = None


def pack_lines(work: UnitOfWork) -> list[PackLine]:
    """Return the packs that the person may know of, the newest first."""
    packs = packs_seen(work)
    return [
        PackLine(
            id=one.id,
            reference=one.opened.reference,
            body=one.opened.body_name,
            inspection=one.opened.inspection,
            stands=how_a_pack_stands(one, superseded_by(one, packs)),
            opened_at=one.opening.added_at,
        )
        for one in packs
    ]


def how_a_pack_stands(pack: PackStanding, newer: PackStanding | None) -> str:
    """Say how the pack stands, and which newer one has taken its place."""
    said = capital(label(pack.state))
    return f"{said}; {newer.opened.reference} takes its place" if newer else said


def pack_page(work: UnitOfWork, pack: PackStanding) -> PackPage:
    """Return everything about a pack that the person may read; its items where all is open."""
    packs, opened = packs_seen(work), pack.opened
    newer = superseded_by(pack, packs)
    known = names(work.session, {one.added_by for one in pack.steps})
    to_declare = cases_to_open(work, pack)
    is_closed = bool(set(pack.gathered.cases) & cases_closed(work.session))
    is_read = not is_closed and not to_declare
    return PackPage(
        pack=pack,
        stands=how_a_pack_stands(pack, newer),
        owner=capital(
            party_name(opened.owner, opened.authority or "", work.partnership.authorities)
        ),
        newer=newer,
        older=next((one for one in packs if one.id == opened.replaced), None),
        steps=tuple(_steps(pack, known)),
        why_closed=CLOSED_TO_YOU if is_closed else "",
        to_declare=to_declare,
        gone=cases_gone(work, pack),
        items=tuple(_line(work, pack, one, known) for one in pack.items) if is_read else (),
        files=pack_files(work.session, pack.id) if is_read else (),
        addresses=pack_addresses(work, pack, work.today)
        if pack.state is PackState.APPROVED
        else (),
        acts=open_pack_acts(work.actor, pack) if is_read else (),
    )


def form_about_pack(work: UnitOfWork, act: InspectionAct, about_id: UUID) -> FormAboutPack:
    """Return what a form of the act is about; what the person may not read is not found."""
    if not act.is_of_item:
        return FormAboutPack(pack=pack_to_read(work, about_id))
    step = get_pack_step(work.session, about_id, *ITEMS)
    pack = pack_to_read(work, step.pack_id)
    known = names(work.session, {one.added_by for one in pack.steps})
    return FormAboutPack(pack=pack, item=_line(work, pack, item_of(pack, about_id), known))


def _line(
    work: UnitOfWork, pack: PackStanding, one: ItemOfPack, known: Mapping[UUID, str]
) -> PackItemLine:
    decided = one.decision
    return PackItemLine(
        item=one,
        decision=decided.decision if decided else None,
        who=known.get(one.decided.added_by, "") if one.decided else "",
        acts=open_item_acts_of(work.actor, pack),
    )


def _steps(pack: PackStanding, known: Mapping[UUID, str]) -> Iterator[PackStepLine]:
    """Yield the steps, but for the items: these stand by themselves, with who decided them."""
    for one in pack.steps:
        if one.event not in _OF_ITEMS:
            yield PackStepLine(
                event=one.event,
                at=one.added_at,
                who=known.get(one.added_by, ""),
                said=tuple(_said(one)),
            )


def _said(step: InspectionStep) -> Iterator[str]:
    return (str(step.words[name]) for name in _WORDS if step.words.get(name))
