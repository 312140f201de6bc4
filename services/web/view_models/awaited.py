"""What was pending when the rapid review was decided and is still awaited, as the case tells it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from services.casework.access.parts import reads_family
from services.casework.steps.rapid_review.pending_followed import (
    FOLLOW_UP_PENDING,
    PendingFollowedUp,
)
from services.casework.steps.rapid_review.pending_items import AwaitedItem, awaited_on
from services.casework.steps.rapid_review.supplement import SUPPLEMENT_REVIEW
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.pending_items import PendingKind
from services.domain.roles import Permission
from services.domain.working_days import london_date

_MAY: Final = FOLLOW_UP_PENDING.permission


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedLine:
    """One thing that is awaited: who owns it, when it is expected, what was found out last."""

    item: str
    kind: PendingKind
    owner: str
    expected_on: date | None
    is_late: bool
    found_out: str
    found_out_on: date | None
    may_follow_up: bool
    may_supplement: bool


def awaited_lines(work: UnitOfWork, case: Case) -> list[AwaitedLine]:
    """Return what is still awaited, to a person who reads the case and of the family (RR-35)."""
    if not work.actor.may(Permission.READ_CASE) or not reads_family(work, case.id):
        return []
    found = awaited_on(work, case)
    followed = all_of(work.session, case.id, EntryType.PENDING_FOLLOWED_UP) if found else []
    newest = {one.subject: one for one in followed}
    return [_line(work, case, one, newest.get(str(one.id))) for one in found]


def _line(work: UnitOfWork, case: Case, one: AwaitedItem, followed: Entry | None) -> AwaitedLine:
    words = PendingFollowedUp.model_validate(followed.command).words if followed else ""
    may = work.actor.may(_MAY)
    return AwaitedLine(
        item=one.said.item,
        kind=one.said.kind,
        owner=one.said.owner,
        expected_on=one.expected_on,
        is_late=one.expected_on is not None and one.expected_on < work.today,
        found_out=words,
        found_out_on=london_date(followed.at) if followed else None,
        may_follow_up=may and case.stage in FOLLOW_UP_PENDING.stages,
        may_supplement=may and case.stage in SUPPLEMENT_REVIEW.stages,
    )
