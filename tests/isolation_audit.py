"""Appends to the audit chains: what ties two partnerships, and a link for each reason to refuse."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection
from sqlmodel import Session

from services.bootstrap import wall_clock
from services.database.joint_reviews import CaseGrant, JointMembership
from services.database.people import Membership
from services.database.signed_context import NONE_CHOSEN
from services.domain.entry_types import Section
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role
from tests.driven import Driven

LINK = {"kind": "view", "what": "case", "pair": "a pair"}


@dataclass(frozen=True)
class Ties:
    """Partnerships that ours showed a case, asked or has no tie to, and cases of theirs.

    ``shown`` is shown to ours, ``waiting`` waits for their second person, ``apart`` is shown to
    the third and part of a review of its own. The third has no tie to ours.
    """

    ours: UUID = NONE_CHOSEN
    theirs: UUID = NONE_CHOSEN
    told: UUID = NONE_CHOSEN
    asked: UUID = NONE_CHOSEN
    third: UUID = NONE_CHOSEN
    shown: UUID = NONE_CHOSEN
    waiting: UUID = NONE_CHOSEN
    apart: UUID = NONE_CHOSEN


def tie(link: Connection, case: Driven) -> Ties:
    """Put on record what ties ours to others and what does not, and where our manager serves."""
    world = case.world
    ours, theirs = world.ours.partnership_id, world.theirs.partnership_id
    swapped = replace(world, ours=world.theirs, theirs=world.ours)
    told, asked, third = uuid4(), uuid4(), uuid4()
    own = [Driven(world) for _ in range(2)]
    shown, waiting, apart = (Driven(swapped) for _ in range(3))
    approved = {"approved_by": uuid4(), "approved_at": wall_clock()}
    with Session(link) as session:
        session.add(_grant(own[0], told, **approved))
        session.add(_grant(own[1], asked))
        session.add(_grant(shown, ours, **approved))
        session.add(_grant(waiting, ours))
        session.add(_grant(apart, third, **approved))
        session.add(_membership(apart))
        session.add_all(_serves(case))
        session.commit()
    cases = (shown.case_id, waiting.case_id, apart.case_id)
    return Ties(ours, theirs, told, asked, third, *cases)


def appends(ties: Ties) -> Iterator[str]:
    """Yield a statement for each tie, and for each body that is no link."""
    theirs, some_case = ties.theirs, uuid4()
    also: tuple[dict[UUID, UUID | None], ...] = (
        {},
        {ties.ours: None},
        {theirs: None},
        *({theirs: one} for one in (ties.shown, ties.waiting, ties.apart, some_case)),
        *({ties.told: one} for one in (None, some_case)),
        *({one: None} for one in (ties.asked, ties.third, uuid4())),
        {ties.third: ties.shown},
    )
    for named in also:
        yield _append((LINK, named))
    yield _append((LINK | {"submission": True}, {}), (LINK, {theirs: ties.shown}))
    for wrong in ({"a": {}}, {"a": [1]}, {"a": 1.5}, [], "a"):
        yield _append((wrong, {}))


def of_account(whose: UUID) -> str:
    """Return the statement that tells of somebody's account in each of their chains."""
    told = [{"also": {}, "body": LINK | {"kind": one}} for one in ("account", "view")]
    return f"select audit.append_of_account('{whose}', '{json.dumps(told)}')"


def _append(*links: tuple[Any, dict[UUID, UUID | None]]) -> str:
    told = [{"also": _named(also), "body": body} for body, also in links]
    return f"select audit.append('{json.dumps(told)}')"


def _named(also: dict[UUID, UUID | None]) -> dict[str, str | None]:
    return {str(one): str(case) if case else None for one, case in also.items()}


def _grant(case: Driven, to: UUID, **given: Any) -> CaseGrant:
    return CaseGrant(
        tenant_id=case.world.ours.partnership_id,
        case_id=case.case_id,
        joint_review_id=uuid4(),
        partnership_id=to,
        sections=[Section.MEETING],
        purpose="x",
        lawful_basis="x",
        granted_by=uuid4(),
        granted_at=wall_clock(),
        until_at=wall_clock() + timedelta(days=30),
        **given,
    )


def _membership(case: Driven) -> JointMembership:
    return JointMembership(
        tenant_id=case.world.ours.partnership_id,
        case_id=case.case_id,
        joint_review_id=uuid4(),
        part=JointPart.CONSULTED,
        is_lead=True,
        parties=[],
        from_at=wall_clock(),
    )


def _serves(case: Driven) -> Iterator[Membership]:
    """Yield that our manager served over there until lately, and will again soon."""
    world, today = case.world, wall_clock().date()
    day = timedelta(days=2)  # whatever the database's own zone of time
    manager = world.ours.actor(Role.BUSINESS_MANAGER).person_id
    for from_on, to_on in ((date(2020, 1, 1), today - day), (today + day, None)):
        yield Membership(
            tenant_id=world.theirs.partnership_id,
            person_id=manager,
            role=Role.NOTIFIER,
            from_on=from_on,
            to_on=to_on,
        )
