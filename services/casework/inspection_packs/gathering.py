"""Gathering a pack: each question asked of the cases of the period, as they stand at this moment.

The moment of gathering is the pack's as-of time: what pages show is not kept for moments that are
past, so none of them can be chosen (decision 0116).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from services.casework.access.cases import cases_seen
from services.casework.inspection_packs.records import NewPackStep, put_step
from services.casework.inspection_packs.said import OpenPack, PackGathered, PackItem
from services.casework.inspection_packs.standing import ItemOfPack
from services.casework.inspection_packs.told_actions import (
    actions_in_figures,
    actions_of,
    inspected_actions,
)
from services.casework.inspection_packs.told_audit import audit_verified
from services.casework.inspection_packs.told_decisions import decisions_of
from services.casework.inspection_packs.told_sent import sent_of
from services.casework.inspection_packs.told_timeliness import (
    inspected,
    timeliness_in_figures,
    timeliness_of,
    was_open,
)
from services.database.cases import Case
from services.database.decisions import cases_closed
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import InspectionEvent
from services.domain.errors import RuleBroken
from services.domain.inspection import InspectionQuestion

TO_DECLARE: Final = (
    "Declare your interests first on every case: you have yet to do so on {many}. A pack that left "
    "them out would say less than is so."
)
Told = tuple[UUID | None, PackItem]
Asked = Callable[[UnitOfWork, Sequence[Case], OpenPack], Iterator[Told]]
OfCase = Callable[[UnitOfWork, Case, date, date], PackItem | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """A gathering of a pack: by which form, why again if it is, and the items of the one before."""

    form_id: UUID
    form: str | None = None
    reasons: str = ""
    before: Sequence[ItemOfPack] = ()


def gather(work: UnitOfWork, pack_id: UUID, opened: OpenPack, gathering: Gathering) -> None:
    """Gather what is asked of the cases of the period, and put each item on record.

    Raises RuleBroken while the person has yet to declare on a case: it would be left out silently.
    """
    seen = cases_seen(work)
    if seen.to_declare:
        raise RuleBroken(TO_DECLARE.format(many=len(seen.to_declare)))
    cases = [one for one in reversed(seen.open) if was_open(one, opened.first, opened.last)]
    words = PackGathered(
        as_of=work.now,
        cases=tuple(one.id for one in cases),
        not_open=len(cases_closed(work.session)),
        reasons=gathering.reasons,
    )
    new = NewPackStep(
        event=InspectionEvent.GATHERED, words=words, id=gathering.form_id, form=gathering.form
    )
    step = put_step(work, pack_id, new)
    known = {_key(one.step.case_id, one.said): one.step.id for one in gathering.before}
    for case_id, item in items_of(work, cases, opened):
        same = item.model_copy(update={"same_as": known.get(_key(case_id, item))})
        put_step(
            work,
            pack_id,
            NewPackStep(
                event=InspectionEvent.ITEM_GATHERED,
                words=same,
                id=uuid4(),
                about=step,
                case_id=case_id,
            ),
        )


def items_of(work: UnitOfWork, cases: Sequence[Case], opened: OpenPack) -> Iterator[Told]:
    """Yield the items of each question that is asked, in the order of the questions."""
    for question in InspectionQuestion:
        if question in opened.asked:
            yield from _ASKED[question](work, cases, opened)


def _timeliness(work: UnitOfWork, cases: Sequence[Case], opened: OpenPack) -> Iterator[Told]:
    found = {one.id: inspected(work, one, opened.first, opened.last) for one in cases}
    yield None, timeliness_in_figures(each for its in found.values() for each in its)
    for case in cases:
        if (item := timeliness_of(case, found[case.id])) is not None:
            yield case.id, item


def _by_case(tell: OfCase) -> Asked:
    """Return what yields the item of each case that has one."""

    def told(work: UnitOfWork, cases: Sequence[Case], opened: OpenPack) -> Iterator[Told]:
        for case in cases:
            if (item := tell(work, case, opened.first, opened.last)) is not None:
                yield case.id, item

    return told


def _actions(work: UnitOfWork, cases: Sequence[Case], _opened: OpenPack) -> Iterator[Told]:
    found = {one.id: inspected_actions(work, one) for one in cases}
    yield None, actions_in_figures(each for its in found.values() for each in its)
    for case in cases:
        if (item := actions_of(work, case, found[case.id])) is not None:
            yield case.id, item


def _audit(work: UnitOfWork, _cases: Sequence[Case], _opened: OpenPack) -> Iterator[Told]:
    yield None, audit_verified(work)


_ASKED: Final[Mapping[InspectionQuestion, Asked]] = {
    InspectionQuestion.TIMELINESS: _timeliness,
    InspectionQuestion.DECISIONS: _by_case(decisions_of),
    InspectionQuestion.SENT: _by_case(sent_of),
    InspectionQuestion.ACTIONS: _actions,
    InspectionQuestion.AUDIT: _audit,
}


def _key(case_id: UUID | None, item: PackItem) -> tuple[UUID | None, PackItem]:
    """Return what tells an item from another, whichever gathering it is of."""
    return case_id, item.model_copy(update={"same_as": None})
