"""Every act on an inspection pack, listed once: the pages read this."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from services.casework.commands import Command
from services.casework.inspection_packs.approving import answer_as_partner, approve_as_manager
from services.casework.inspection_packs.deciding import decide_pack_item, include_pack_items
from services.casework.inspection_packs.opening import (
    add_statement,
    close_pack,
    gather_again,
    open_pack,
)
from services.casework.inspection_packs.said import (
    AddStatement,
    AnswerPack,
    ApprovePack,
    ClosePack,
    DecidePackItem,
    GatherAgain,
    IncludePackItems,
    OpenPack,
    RecordPackNotReceived,
    RecordPackSent,
)
from services.casework.inspection_packs.sending import (
    TO_SEND,
    record_pack_not_received,
    record_pack_sent,
)
from services.casework.inspection_packs.standing import FROZEN, PackStanding
from services.domain.entry_types import Section
from services.domain.inspection import PackState
from services.domain.roles import Actor, Permission

_KEEP: Final = Permission.KEEP_INSPECTION_PACKS


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectionAct:
    """One act: its command, its function, which permission it takes, and when it is of use.

    All but the first are about a pack, or about one item of it. ``section`` is that of a case of
    which a pack tells: no joint review shares it.
    """

    name: str
    command: type[Command]
    perform: Callable[..., Any]
    permission: Permission = _KEEP
    is_open: Callable[[PackStanding], bool] = lambda pack: pack.state not in FROZEN
    is_of_item: bool = False
    section: Section = Section.INTERNAL


OPEN: Final = InspectionAct(name="open", command=OpenPack, perform=open_pack)
INCLUDE: Final = InspectionAct(
    name="include",
    command=IncludePackItems,
    perform=include_pack_items,
    is_open=lambda pack: pack.state not in FROZEN and bool(pack.open_items),
)
STATEMENT: Final = InspectionAct(name="statement", command=AddStatement, perform=add_statement)
AGAIN: Final = InspectionAct(name="gather", command=GatherAgain, perform=gather_again)
APPROVE: Final = InspectionAct(
    name="approve",
    command=ApprovePack,
    perform=approve_as_manager,
    is_open=lambda pack: pack.state in {PackState.TO_APPROVE, PackState.REFUSED},
)
ANSWER: Final = InspectionAct(
    name="answer",
    command=AnswerPack,
    perform=answer_as_partner,
    permission=Permission.APPROVE_INSPECTION_PACKS,
    is_open=lambda pack: pack.state is PackState.WITH_PARTNER,
)
SEND: Final = InspectionAct(
    name="sent",
    command=RecordPackSent,
    perform=record_pack_sent,
    permission=Permission.SEND_DISPATCHES,
    is_open=lambda pack: pack.state in TO_SEND,
)
NOT_RECEIVED: Final = InspectionAct(
    name="not-received",
    command=RecordPackNotReceived,
    perform=record_pack_not_received,
    permission=Permission.SEND_DISPATCHES,
    is_open=lambda pack: pack.state is PackState.SENT,
)
CLOSE: Final = InspectionAct(name="close", command=ClosePack, perform=close_pack)
DECIDE: Final = InspectionAct(
    name="decide", command=DecidePackItem, perform=decide_pack_item, is_of_item=True
)
ON_A_PACK: Final = (INCLUDE, STATEMENT, AGAIN, APPROVE, ANSWER, SEND, NOT_RECEIVED, CLOSE)


def open_pack_acts(actor: Actor, pack: PackStanding) -> tuple[InspectionAct, ...]:
    """Return the acts that the person may do on the pack now."""
    return tuple(one for one in ON_A_PACK if actor.may(one.permission) and one.is_open(pack))


def open_item_acts_of(actor: Actor, pack: PackStanding) -> tuple[InspectionAct, ...]:
    """Return what the person may do about an item of the pack now."""
    return (DECIDE,) if actor.may(DECIDE.permission) and DECIDE.is_open(pack) else ()
