"""An approved pack is sent by a person in a secure way, with its proof; or it did not arrive.

A pack may tell of families, so it is never attached to an e-mail of Keyline's
(`DocumentClass.INSPECTION_PACK`). It is sent to an address that two people have set for its body.
"""

from datetime import date
from typing import Final
from uuid import UUID

from services.casework.inspection_packs.access import cases_gone
from services.casework.inspection_packs.records import begin_pack_step, by_form, put_step
from services.casework.inspection_packs.said import RecordPackNotReceived, RecordPackSent
from services.casework.inspection_packs.standing import PackStanding
from services.casework.past_days import must_be_past
from services.database.directory_entries import contact_entries
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import InspectionEvent
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.inspection import PackState
from services.domain.roles import Permission
from services.domain.working_days import london_date

TO_SEND: Final = frozenset({PackState.APPROVED, PackState.NOT_RECEIVED})
GONE_SINCE: Final = (
    "The record of a case of which it tells was disposed of since, and its file went with it: open "
    "a newer pack in its place."
)


def record_pack_sent(work: UnitOfWork, pack_id: UUID, command: RecordPackSent) -> UUID:
    """Record that the approved files were sent; from here on the pack stays as it is.

    Raises AnswerRefused for an address that the directory does not know for the body.
    """
    pack = begin_pack_step(work, pack_id, Permission.SEND_DISPATCHES, command)
    if pack is None:
        return pack_id
    _manager, partner = pack.approvals
    if pack.state not in TO_SEND or partner is None:
        raise RuleBroken("The pack as it stands was not approved by two people.")
    if cases_gone(work, pack):
        raise RuleBroken(GONE_SINCE)
    must_be_past(work, "sent_on", command.sent_on, london_date(partner.added_at))
    known = pack_addresses(work, pack, command.sent_on)
    if command.address.casefold() not in {one.casefold() for one in known}:
        told = ", ".join(known) or "none"
        raise AnswerRefused(
            "address",
            f"This is no known address of {pack.opened.body_name}. Known: {told}. Enter another "
            "one in the directory, have a second person confirm it, and record this then.",
        )
    put_step(work, pack_id, by_form(work, pack_id, InspectionEvent.SENT, command))
    return pack_id


def record_pack_not_received(
    work: UnitOfWork, pack_id: UUID, command: RecordPackNotReceived
) -> UUID:
    """Record that a pack that was sent did not arrive: it is to be sent again."""
    pack = begin_pack_step(work, pack_id, Permission.SEND_DISPATCHES, command)
    if pack is None:
        return pack_id
    sent = pack.last(InspectionEvent.SENT)
    if pack.state is not PackState.SENT or sent is None:
        raise RuleBroken("The pack was not sent, or that it did not arrive is on record already.")
    said = RecordPackSent.model_validate(sent.words)
    must_be_past(work, "known_on", command.known_on, said.sent_on)
    put_step(work, pack_id, by_form(work, pack_id, InspectionEvent.NOT_RECEIVED, command))
    return pack_id


def pack_addresses(work: UnitOfWork, pack: PackStanding, on: date) -> list[str]:
    """Return where the body may be sent the pack: what two people have set, on the day or today."""
    found = {
        one.contact.address
        for one in contact_entries(work.session)
        if one.contact.organisation_id == pack.opened.body
        and (one.holds(on) or one.holds(work.today))
    }
    return sorted(found)
