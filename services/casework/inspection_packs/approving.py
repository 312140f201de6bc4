"""Two people approve a pack: the business manager, then the partner that owns it.

Nobody approves twice, also in two roles; the database holds it as well
(`two_people_approve_a_pack`). With the second approval the file of the pack is made, of what both
have read.
"""

from typing import Final
from uuid import UUID

from services.casework.inspection_packs.file_made import make_files
from services.casework.inspection_packs.file_words import PackWords
from services.casework.inspection_packs.records import begin_pack_step, by_form, put_step
from services.casework.inspection_packs.said import AnswerPack, ApprovePack
from services.casework.inspection_packs.standing import PackStanding
from services.casework.second_person import must_be_another, must_say_why_not
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import InspectionEvent
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken
from services.domain.inspection import PackState
from services.domain.roles import Permission

_OPEN: Final = frozenset({PackState.TO_APPROVE, PackState.REFUSED})


def approve_as_manager(work: UnitOfWork, pack_id: UUID, command: ApprovePack) -> UUID:
    """Approve a pack of which every item is decided; the partner that owns it answers next."""
    pack = begin_pack_step(work, pack_id, Permission.KEEP_INSPECTION_PACKS, command)
    if pack is None:
        return pack_id
    if pack.open_items:
        raise RuleBroken(f"{_items(len(pack.open_items))} to be decided first.")
    if pack.state not in _OPEN:
        raise RuleBroken("The pack was approved already, and nothing of it has changed since.")
    if not command.is_right:
        raise AnswerRefused("is_right", "Put right what is wrong first, or withhold it.")
    words_of(work, pack).must_hold_nothing_left_out()
    put_step(work, pack_id, by_form(work, pack_id, InspectionEvent.MANAGER_APPROVED, command))
    return pack_id


def answer_as_partner(work: UnitOfWork, pack_id: UUID, command: AnswerPack) -> UUID:
    """Approve the pack as the partner that owns it, which makes its file, or say why not.

    Raises NotPermitted for who approved it as manager or decided an item of it.
    """
    pack = begin_pack_step(work, pack_id, Permission.APPROVE_INSPECTION_PACKS, command)
    if pack is None:
        return pack_id
    put = pack.last(InspectionEvent.MANAGER_APPROVED)
    if pack.state is not PackState.WITH_PARTNER or put is None:
        raise RuleBroken(
            "The pack as it stands now was not put to you: its keeper approves it first"
        )
    must_be_another(work, put.added_by, does="approves")
    if work.actor.person_id in {one.decided.added_by for one in pack.items if one.decided}:
        raise NotPermitted("You decided what becomes of an item of it: another person approves it.")
    must_say_why_not(is_approved=command.is_approved, reasons=command.reasons)
    if not command.is_approved:
        put_step(
            work, pack_id, by_form(work, pack_id, InspectionEvent.PARTNER_REFUSED, command, put)
        )
        return pack_id
    put_step(work, pack_id, by_form(work, pack_id, InspectionEvent.PARTNER_APPROVED, command, put))
    make_files(work, words_of(work, pack, approved_by=(put.added_by, work.actor.person_id)))
    return pack_id


def words_of(work: UnitOfWork, pack: PackStanding, approved_by: tuple[UUID, ...] = ()) -> PackWords:
    """Return what the pack says as it is decided, and whose names stand in it."""
    people = {one.decided.added_by for one in pack.items if one.decided} | set(approved_by)
    return PackWords(
        partnership=work.partnership.name,
        authorities=work.partnership.authorities,
        pack=pack,
        named=names(work.session, people),
        approved_by=approved_by,
        approved_at=work.now,
    )


def _items(many: int) -> str:
    return "One item has" if many == 1 else f"{many} items have"
