"""Inspection packs: gathered as the pages show it, and who may open and read them."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from services.casework.access.audit import verified_chain
from services.casework.inspection_packs.access import (
    pack_in_sight,
    pack_to_read,
    packs_seen,
    packs_waiting,
)
from services.casework.inspection_packs.opening import (
    close_pack,
    gather_again,
    open_pack,
)
from services.casework.inspection_packs.said import (
    ApprovePack,
    ClosePack,
    DecidePackItem,
    GatherAgain,
)
from services.database.cases import children, get_case
from services.database.clocks import clocks
from services.domain.errors import (
    AnswerRefused,
    NotFound,
    NotPermitted,
    RuleBroken,
)
from services.domain.inspection import (
    INSPECTED_CLOCKS,
    InspectionQuestion,
    PackItemDecision,
    PackState,
)
from services.domain.roles import Role, Seat
from services.domain.workflow import Stage
from services.web.view_models.actions_table import actions_tracked
from services.web.view_models.audit import audit_view
from services.web.view_models.audit_narrowing import narrowed_by
from services.web.view_models.clocks import clock_line
from services.web.view_models.sent import sent_lines
from tests.inspection_packs import (
    MANAGER,
    PARTNER,
    WHEN,
    a_pack,
    approved,
    done,
    include_all,
    inspectorate,
    opened,
    pack_now,
)
from tests.reached import reach
from tests.world import make_world

LATER = "2026-12-01"
INCLUDED = DecidePackItem(decision=PackItemDecision.INCLUDE)
YES = ApprovePack(is_right=True)


@pytest.fixture(scope="module")
def world(app_engine):
    return make_world(app_engine)


@pytest.fixture(scope="module")
def told(app_engine):
    """A case that has been everywhere, and a pack of it."""
    case = reach(make_world(app_engine), Stage.CLOSED)
    return case, opened(case.world, LATER, last=date(2026, 12, 1))


def rows_of(pack, question, reference):
    (item,) = [
        one.said
        for one in pack.items
        if (one.said.question, one.said.reference) == (question, reference)
    ]
    return item


def test_its_figures_are_those_of_the_pages_at_that_moment(told):
    case, pack_id = told
    pack = pack_now(case.world, pack_id, when=LATER)
    with case.world.act(MANAGER, LATER) as work:
        row = get_case(work.session, case.case_id)
        found = [one for one in clocks(work.session, row.id) if one.clock in INSPECTED_CLOCKS]
        lines = [clock_line(work, row, one, {}) for one in found]
        sent = sent_lines(work, row)
        counts = [one.many for one in actions_tracked(work, {}).standings]
        audit = audit_view(work, narrowed_by({})).verified_up_to
        assert verified_chain(work).up_to == audit
    timeliness = rows_of(pack, InspectionQuestion.TIMELINESS, case.row().reference)
    assert [one[4].casefold() for one in timeliness.rows] == [one.status for one in lines]
    assert [one[3] in line.last_day for one, line in zip(timeliness.rows, lines, strict=True)]
    figures = rows_of(pack, InspectionQuestion.TIMELINESS, "")
    assert sum(int(one[1]) for one in figures.rows) == len(lines)
    proven = rows_of(pack, InspectionQuestion.SENT, case.row().reference)
    assert [one[3].casefold() for one in proven.rows] == [one.status for one in sent]
    assert [one[5].split("; ")[1:] for one in proven.rows] == [list(one.proof[1:]) for one in sent]
    actions = rows_of(pack, InspectionQuestion.ACTIONS, "")
    assert [int(one[1]) for one in actions.rows[: len(counts)]] == counts
    verified = dict(rows_of(pack, InspectionQuestion.AUDIT, "").rows)["Verified up to"]
    assert verified == (f"Link {audit}" if audit else "No link yet")


def test_it_tells_who_decided_with_what_authority_and_names_no_child(told):
    case, pack_id = told
    pack = pack_now(case.world, pack_id, when=LATER)
    decided = rows_of(pack, InspectionQuestion.DECISIONS, case.row().reference)
    matters = {one[0] for one in decided.rows}
    assert any(one.startswith("The rapid review") or "rapid review" in one for one in matters)
    assert any("Every decision on reviews" in one[5] for one in decided.rows)
    assert any("accountable to the chief executive" in one[5] for one in decided.rows)
    words = "\n".join(one.said.words for one in pack.items if one.said.question is not None)
    with case.world.act(MANAGER, LATER) as work:
        named = {one.name for one in children(work.session, case.case_id)}
    assert named
    assert not any(one in words for one in named)


def test_it_is_of_the_cases_that_were_open_in_the_period(told):
    case, _pack = told
    early = opened(case.world, LATER, first=date(2025, 1, 1), last=date(2025, 6, 1))
    pack = pack_now(case.world, early, when=LATER)
    assert pack.gathered.cases == ()
    assert {one.said.reference for one in pack.items} == {""}
    only = opened(case.world, LATER, last=date(2026, 12, 1), asked=(InspectionQuestion.AUDIT,))
    assert len(pack_now(case.world, only, when=LATER).items) == 1


def test_only_who_keeps_packs_opens_and_reads_them(world):
    pack, body = opened(world), inspectorate(world)
    for role in sorted(set(Role) - {MANAGER, Role.PLATFORM_ADMINISTRATOR, Role.SERVICE}):
        if role in {Role.GUEST, Role.PRACTITIONER, Role.SYSTEM}:
            continue
        with pytest.raises(NotPermitted), world.act(role, WHEN, once=uuid4()) as work:
            open_pack(work, a_pack(body))
        with world.act(role, WHEN) as work:
            assert packs_seen(work) == []
            with pytest.raises(NotFound):
                pack_in_sight(work, pack)
    with world.act(world.theirs.actor(MANAGER), WHEN) as work:
        assert packs_seen(work) == []
        with pytest.raises(NotFound):
            pack_to_read(work, pack)


def test_the_partner_that_owns_it_sees_it_once_it_is_put_and_no_other_partner(world):
    pack = approved(world, upto=2)
    with world.act(PARTNER, WHEN, seat=Seat.POLICE) as work:
        assert [one.id for one in packs_waiting(work)] == [pack]
    assert pack_now(world, pack, PARTNER, seat=Seat.POLICE).state is PackState.WITH_PARTNER
    with world.act(PARTNER, WHEN, seat=Seat.INTEGRATED_CARE_BOARD) as work:
        assert packs_waiting(work) == []
        with pytest.raises(NotFound):
            pack_to_read(work, pack)
    done(world, close_pack, pack, ClosePack(reasons="Not asked for any more."))


def test_a_period_a_body_and_an_earlier_pack_must_be_what_they_are(world):
    body = inspectorate(world)
    for field, wrong in (
        ("body", a_pack(uuid4())),
        ("first", a_pack(body, first=date(2026, 2, 2))),
        ("last", a_pack(body, last=date(2026, 2, 3))),
        ("asked", a_pack(body, asked=())),
        ("authority", a_pack(body, authority="east")),
        ("replaces", a_pack(body, replaces="NONE-IP-2026-001")),
    ):
        with pytest.raises(AnswerRefused) as refused, world.act(MANAGER, WHEN) as work:
            open_pack(work, wrong)
        assert refused.value.field == field


def test_nothing_is_gathered_while_somebody_has_yet_to_declare(app_engine):
    other = make_world(app_engine)
    body = inspectorate(other)
    case = reach(other, Stage.REFERRED)
    fresh = other.ours.second_reviewer().person_id
    as_new = replace(other.ours.actor(MANAGER), person_id=fresh)
    with (
        pytest.raises(RuleBroken, match="Declare your interests first"),
        other.act(as_new, WHEN) as work,
    ):
        open_pack(work, a_pack(body))
    assert case.row()


def test_what_says_the_same_keeps_its_decision_when_it_is_gathered_again(told):
    case, _pack = told
    pack = opened(case.world, LATER, last=date(2026, 12, 1))
    include_all(case.world, pack, LATER)
    done(case.world, gather_again, pack, GatherAgain(reasons="Once more."), when=LATER)
    again = pack_now(case.world, pack, when=LATER)
    undecided = {one.said.question for one in again.open_items}
    assert undecided <= {InspectionQuestion.AUDIT}  # the chain has gone on
    assert len(again.items) > len(again.open_items)
