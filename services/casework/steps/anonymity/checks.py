"""The newest check of a report: what of it is open, and what waits until it is settled (G10).

The check is made by Keyline itself, which reads all that is on record: whoever acts, the gate asks
what is to be done and reads no words that may be hidden from them.
"""

from typing import Final, Literal
from uuid import UUID

from services.casework.effects import Order, close_todos, last_day, open_todo, place_order
from services.casework.steps.anonymity.report_said import (
    AnonymityChecked,
    HitsJustified,
    ReportHit,
)
from services.casework.steps.police_marks.marks_carried import carry_marks_of, carry_marks_of_each
from services.database.assignments import open_assignments
from services.database.cases import Case
from services.database.documents import get_document
from services.database.history import (
    Entry,
    EntryPlace,
    Fact,
    all_of,
    facts,
    last_entry,
    newest_read,
)
from services.database.police_marks import live_marks
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import THE_REFERRAL, THE_REPORT, EntryType
from services.domain.errors import RuleBroken
from services.domain.identifiers import CaseId, DocumentId
from services.domain.labels.own_words import in_own_words
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step

DECIDED: Final = (
    EntryType.PUBLICATION_PLANNED,
    EntryType.PUBLICATION_WITHHELD,
    EntryType.TAKING_DOWN_PROPOSED,
    EntryType.REISSUE_PROPOSED,
)
"""What says how the report is published, or what is published in its place."""
_IN_ITS_PLACE: Final = {EntryType.PUBLICATION_WITHHELD, EntryType.TAKING_DOWN_PROPOSED}
_SIGNED: Final = (
    "The report is signed: put a changed text of it to the partners, decide anew what is "
    "published, such as information about improvements in its place, or say"
)
_SAYS_WHO: Final = (*THE_REFERRAL, EntryType.REVIEW_REQUESTED, EntryType.FAMILY_APPROACH_AGREED)
_IS_CHECKED: Final = (*THE_REPORT, EntryType.REPORT_PUT_FORWARD, *DECIDED)


class AnonymityOrder(Order):
    """A check of the report as it stands on record, and of the file that is put forward."""

    type: Literal["anonymity"] = "anonymity"
    as_of_entry: int


def order_check(work: UnitOfWork, entry: Entry | EntryPlace, step: Step) -> None:
    """Have the report checked as the entry leaves it."""
    place_order(work, CaseId(entry.case_id), step, AnonymityOrder(as_of_entry=entry.number))


def newest_check(work: UnitOfWork, case: Case) -> AnonymityChecked | None:
    """Return what the newest check found, as far as the actor reads it."""
    checked = all_of(work.session, case.id, EntryType.ANONYMITY_CHECKED)
    return AnonymityChecked.model_validate(checked[-1].command) if checked else None


def hide_as_what_is_checked(work: UnitOfWork, case: Case, entry: Entry) -> None:
    """Hide the entry, which repeats words of the case, from whom what was compared is hidden."""
    if live_marks(work.session, case.id):
        said = all_of(work.session, case.id, *_SAYS_WHO, *_IS_CHECKED)
        newest = {one.entry_type: one for one in said if one.entry_type in _IS_CHECKED}
        who = [one for one in said if one.entry_type in _SAYS_WHO]
        carry_marks_of_each(work, case, (*who, *newest.values()), entry)
        if file := put_forward(work, case):
            put = get_document(work.session, case.id, DocumentId(file))
            carry_marks_of(work, case, [put], entry)


def must_read_newest(work: UnitOfWork, case: Case) -> Entry:
    """Return the newest check; raises RuleBroken for whom it is hidden from, or where none is."""
    newest = newest_read(work.session, case.id, EntryType.ANONYMITY_CHECKED)
    if newest is None:
        raise RuleBroken(
            "The newest check of the report is not there for you to read. Who reads it says of "
            "each hit why it may stay."
        )
    return newest


def justified(work: UnitOfWork, case: Case) -> frozenset[UUID]:
    """Return which hits stay with a reason."""
    said = all_of(work.session, case.id, EntryType.HITS_JUSTIFIED)
    kept = (HitsJustified.model_validate(one.command) for one in said)
    return frozenset(hit.id for one in kept for hit in one.hits)


def unsettled(work: UnitOfWork, case: Case) -> tuple[ReportHit, ...]:
    """Return what the newest check found and no reason was given for, as the actor reads it."""
    checked = newest_check(work, case)
    return _unsettled_in(work, case, checked) if checked else ()


def _unsettled_in(work: UnitOfWork, case: Case, checked: AnonymityChecked) -> tuple[ReportHit, ...]:
    stays = justified(work, case)
    return tuple(one for one in checked.hits if one.id not in stays)


def _is_any_open(work: UnitOfWork, case: Case, checked: AnonymityChecked) -> bool:
    """Tell whether something that the check lists is waited for, and not settled."""
    return any(one.kind.is_waited_for for one in _unsettled_in(work, case, checked))


def ask_to_settle(work: UnitOfWork, case: Case) -> None:
    """Ask the chair to settle what the newest check waits for, or no longer where nothing is."""
    checked = newest_check(work, case)
    if checked and (checked.not_listed or _is_any_open(work, case, checked)):
        by = last_day(work, case, ClockId.K11)
        open_todo(work, case, Todo.SETTLE_ANONYMITY, last_day=by)
    else:
        close_todos(work, case, Todo.SETTLE_ANONYMITY)


def list_the_next(work: UnitOfWork, case: Case, entry: Entry) -> None:
    """Have the report checked anew once all that is listed of very many hits is settled."""
    checked = newest_check(work, case)
    if checked and checked.not_listed and not _is_any_open(work, case, checked):
        order_check(work, entry, Step.COMMISSION)


def must_be_settled(work: UnitOfWork, case: Case) -> None:
    """Refuse to go on while the report holds what leads to somebody (PUB-16, G10)."""
    if is_to_settle(work, case):
        is_closed = case.stage is not Stage.LOCAL_REVIEW
        mended = _SIGNED if is_closed else "Change them in a new version, or say"
        raise RuleBroken(
            "The check of the report found names, days or places of the case in it, a postcode, an "
            "NHS number, a telephone number or an email address, or something that it could not "
            f"read (PUB-16). {mended} of each why it may stay."
        )


def must_be_checked(work: UnitOfWork, case: Case) -> None:
    """Refuse to go on with what was not checked as it now stands, or is not settled (G9, G10)."""
    if not _is_as_checked(work, case):
        raise RuleBroken(
            in_own_words(
                "The report was not checked for names, days and places of the case as it now "
                "stands (PUB-16). The check takes a moment after each change; where none comes, "
                "the business manager has the report checked again."
            )
        )
    must_be_settled(work, case)


def is_checked(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the report was checked as it now stands, and what was found is settled."""
    return _is_as_checked(work, case) and not is_to_settle(work, case)


def is_to_settle(work: UnitOfWork, case: Case) -> bool:
    """Tell whether something is to be settled: the case's own, or what leads to somebody."""
    waiting = open_assignments(work.session, case.id)
    return any(one.todo is Todo.SETTLE_ANONYMITY for one in waiting)


def _is_as_checked(work: UnitOfWork, case: Case) -> bool:
    put = max((one.number for one in facts(work.session, case.id, *_IS_CHECKED)), default=0)
    checked = facts(work.session, case.id, EntryType.ANONYMITY_CHECKED)
    return not put or any(int(one.subject) >= put for one in checked)


def decided_last(work: UnitOfWork, case: Case) -> Fact | None:
    """Return the newest decision on what is public; one that is not pursued decides nothing."""
    stands: list[Fact] = []
    dropped = EntryType.PUBLISHED_PROPOSAL_DROPPED
    for one in facts(work.session, case.id, *DECIDED, dropped):
        if one.entry_type is not dropped:
            stands.append(one)
        elif stands:
            stands.pop()
    return stands[-1] if stands else None


def withheld_at(work: UnitOfWork, case: Case) -> int:
    """Return the number of the decision not to publish the report, or not any more; 0 for none."""
    decided = decided_last(work, case)
    return decided.number if decided is not None and decided.entry_type in _IN_ITS_PLACE else 0


def is_replaced_by_file(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a file put forward after publication is what is public, and not the draft."""
    published = facts(work.session, case.id, EntryType.PUBLISHED)
    said = last_entry(work.session, case.id, EntryType.REPORT_PUT_FORWARD)
    if not published or said is None or said.number < published[-1].number:
        return False
    return said.command.get("file") is not None


def put_forward(work: UnitOfWork, case: Case) -> UUID | None:
    """Return the file that is put forward as the report is laid out, if there is one.

    Once it is decided not to publish the report, none that was put forward before.
    """
    said = last_entry(work.session, case.id, EntryType.REPORT_PUT_FORWARD)
    if said is None or said.number < withheld_at(work, case):
        return None
    file = said.command.get("file")
    return UUID(file) if file else None
