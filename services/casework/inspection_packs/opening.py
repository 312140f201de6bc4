"""An inspection pack is opened, gathered again, added to; or closed without being sent."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID, uuid4

from services.casework.inspection_packs.gathering import Gathering, gather
from services.casework.inspection_packs.records import (
    NewPackStep,
    begin_pack_step,
    by_form,
    form_of,
    id_of_form,
    must_be_changeable,
    put_step,
    was_sent,
)
from services.casework.inspection_packs.said import (
    AddStatement,
    ClosePack,
    GatherAgain,
    OpenPack,
    PackOpened,
)
from services.casework.inspection_packs.standing import (
    PackStanding,
    pack_standings,
    superseded_by,
)
from services.casework.past_days import must_be_past
from services.database.directory import Organisation
from services.database.directory_entries import organisation_entries
from services.database.inspection import pack_steps
from services.database.partnerships import lock_partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import InspectionEvent
from services.domain.errors import AnswerRefused
from services.domain.inspection import INSPECTING
from services.domain.roles import Permission, Seat

_KEEP: Final = Permission.KEEP_INSPECTION_PACKS


def open_pack(work: UnitOfWork, command: OpenPack) -> UUID:
    """Open a pack under its own reference and gather what is asked, as it stands now.

    Raises AnswerRefused for a body that is not in the directory, a period that is none, and an
    earlier pack that there is not or that a newer one has replaced already.
    """
    work.actor.must(_KEEP)
    lock_partnership(work.session)
    pack_id = id_of_form(work)
    if was_sent(work, command):
        return pack_id
    packs = pack_standings(pack_steps(work.session))
    _must_be_a_period(work, command)
    kept = PackOpened(
        **command.model_dump(exclude={"authority", "replaces"}),
        authority=_authority(work, command),
        replaces=command.replaces,
        reference=f"{work.partnership.code}-IP-{work.today.year}-{len(packs) + 1:03d}",
        body_name=_body(work, command).name,
        replaced=_replaced(packs, command.replaces),
    )
    opening = NewPackStep(
        event=InspectionEvent.OPENED, words=kept, id=pack_id, form=form_of(command)
    )
    put_step(work, pack_id, opening)
    gather(work, pack_id, command, Gathering(form_id=uuid4()))
    return pack_id


def gather_again(work: UnitOfWork, pack_id: UUID, command: GatherAgain) -> UUID:
    """Gather anew what a pack tells; what says the very same keeps its decision."""
    pack = begin_pack_step(work, pack_id, _KEEP, command)
    if pack is not None:
        must_be_changeable(pack)
        again = Gathering(
            form=form_of(command, pack_id),
            form_id=id_of_form(work),
            reasons=command.reasons,
            before=pack.items,
        )
        gather(work, pack_id, pack.opened, again)
    return pack_id


def add_statement(work: UnitOfWork, pack_id: UUID, command: AddStatement) -> UUID:
    """Add what the pack says in the partnership's own words; it is decided like every item."""
    pack = begin_pack_step(work, pack_id, _KEEP, command)
    if pack is not None:
        must_be_changeable(pack)
        put_step(work, pack_id, by_form(work, pack_id, InspectionEvent.STATEMENT_ADDED, command))
    return pack_id


def close_pack(work: UnitOfWork, pack_id: UUID, command: ClosePack) -> UUID:
    """Close a pack that is not sent at all; what was put together stays on record."""
    pack = begin_pack_step(work, pack_id, _KEEP, command)
    if pack is not None:
        must_be_changeable(pack)
        put_step(work, pack_id, by_form(work, pack_id, InspectionEvent.CLOSED, command))
    return pack_id


def bodies_known(work: UnitOfWork) -> list[Organisation]:
    """Return for whom a pack may be: the bodies outside that the directory knows today."""
    return [
        one.organisation
        for one in organisation_entries(work.session)
        if one.organisation.kind in INSPECTING and one.validity.covers(work.today)
    ]


def _body(work: UnitOfWork, command: OpenPack) -> Organisation:
    for one in bodies_known(work):
        if one.organisation_id == command.body:
            return one
    raise AnswerRefused("body", "Choose a body outside that the directory knows today.")


def _must_be_a_period(work: UnitOfWork, command: OpenPack) -> None:
    must_be_past(work, "last", command.last)
    if command.first > command.last:
        raise AnswerRefused("first", "The first day lies after the last one.")
    if not command.asked:
        raise AnswerRefused("asked", "Say what is asked.")


def _authority(work: UnitOfWork, command: OpenPack) -> str | None:
    several = work.partnership.authorities if command.owner is Seat.LOCAL_AUTHORITY else {}
    if (command.authority or "") not in (several or {""}):
        known = ", ".join(sorted(several)) or "none: leave it empty"
        raise AnswerRefused("authority", f"The codes that can be entered here: {known}.")
    return command.authority


def _replaced(packs: Sequence[PackStanding], reference: str | None) -> UUID | None:
    """Return the earlier pack of that reference, which no other pack has replaced yet."""
    if reference is None:
        return None
    for one in packs:
        if one.opened.reference == reference.upper():
            newer = superseded_by(one, packs)
            if newer is not None:
                raise AnswerRefused("replaces", f"{newer.opened.reference} has replaced it.")
            return one.id
    raise AnswerRefused("replaces", "There is no inspection pack with this reference.")
