"""What leaves a link, and what each way of tampering with a real chain is called."""

import json
from uuid import uuid4

import pytest
from sqlalchemy import text

from services.casework.access.audit import export
from services.casework.access.cases import open_case
from services.casework.alerts import note_refused_read
from services.casework.engine.audit_anchors import anchor_chain
from services.casework.engine.audit_checks import check_chain
from services.casework.practice_clock import MovePracticeClock, move_practice_clock
from services.casework.steps.notification import notification_decision
from services.casework.steps.scoping import scoping_returns
from services.domain.audit_verifier import findings, read_export
from services.domain.errors import NotFound, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Role
from services.domain.viewings import Viewed
from tests import factories as say
from tests.audited import links, named, named_alone, newest, told
from tests.desk import Desk
from tests.driven import Driven
from tests.statements import sent_by
from tests.tampering import Tamperer, empty_of_anchors
from tests.world import PROBATION, World, at, found_on


def test_a_new_partnership_begins_with_its_own_provisioning_once(world):
    assert told(world, "kind", "what", "agencies", "person") == [
        ("administration", "provisioned", 4, None)
    ]
    found_on(world.engine, world.ours.founding())
    assert len(links(world)) == 1


def test_an_act_is_one_link_of_ids_and_codes_by_who_did_it(world):
    case = Driven(world)
    body = next(one.body for one in links(world) if one.body["kind"] == "act")
    lead = world.ours.actor(Role.AGENCY_LEAD)
    assert body["act"] == "refer"
    assert (body["what"], body["case"]) == ("referred", str(case.case_id))
    assert (body["person"], body["agency"]) == (str(lead.person_id), str(lead.agency_id))
    assert "Robin" not in json.dumps([one.body for one in links(world)])


def test_a_refused_act_leaves_no_link(world):
    case = Driven(world)
    before = len(links(world))
    with pytest.raises(RuleBroken), world.act(Role.NOTIFIER) as work:
        notification_decision.decide_to_notify(work, case.case_id, say.decide_to_notify())
    assert len(links(world)) == before


def test_a_look_is_a_link_and_a_document_that_was_opened_is_a_download(world):
    case = Driven(world)
    with world.act(Role.BUSINESS_MANAGER) as work:
        open_case(work, case.case_id, Viewed.TIMELINE)
        open_case(work, case.case_id, Viewed.DOCUMENT, document := uuid4())
    assert told(world, "kind", "what", "object")[-2:] == [
        ("view", "timeline", None),
        ("download", "document", str(document)),
    ]


def test_a_refused_read_stands_with_who_asked_and_costs_the_same_for_any_id(world):
    case, costs = Driven(world), []
    theirs = world.theirs.actor(Role.BUSINESS_MANAGER)
    before, theirs_before = len(links(world)), len(links(world, world.theirs))
    with sent_by(world.engine) as sent:
        for asked in (case.case_id, uuid4()):
            sent.clear()
            with world.act(theirs) as work:
                note_refused_read(work, asked, "/cases/{case_id}")
            costs.append(list(sent))
    assert costs[0] == costs[1]
    assert len(links(world)) == before
    last = links(world, world.theirs)[theirs_before:]
    assert [one.body["kind"] for one in last] == ["refused", "refused"]
    assert last[0].body["case"] == str(case.case_id)


@pytest.mark.parametrize("who", ["another agency", "another reviewer", "communications"])
def test_a_case_out_of_reach_costs_in_the_partnership_what_no_case_costs(who, world):
    case, command = Driven(world), say.submit_return()
    actor = {
        "another agency": world.ours.actor(Role.AGENCY_LEAD, agency=PROBATION),
        "another reviewer": world.ours.second_reviewer(),
        "communications": world.ours.actor(Role.COMMUNICATIONS_LEAD),
    }[who]
    asks = [lambda work, case_id: open_case(work, case_id, Viewed.CASE)]
    if who == "another agency":
        asks.append(lambda work, case_id: scoping_returns.submit_return(work, case_id, command))
    for ask in asks:
        costs = []
        for asked in (case.case_id, CaseId(uuid4())):
            with sent_by(world.engine) as sent, pytest.raises(NotFound), world.act(actor) as work:
                ask(work, asked)
            costs.append(list(sent))
        assert costs[0] == costs[1]
        assert len(costs[0]) > 2


def test_the_practice_clock_leaves_a_link_in_real_time(world):
    manager = world.ours.actor(Role.BUSINESS_MANAGER)
    desk = Desk(world, when="2026-02-02")
    move_practice_clock(manager, desk, MovePracticeClock(to=at("2026-02-03 10:00")))
    (link,) = links(world)[-1:]
    assert link.body["what"] == "practice_clock_moved"
    assert link.body["seconds"] == 86400
    assert not link.at.startswith("2026-02")


def test_documents_and_emails_leave_links_by_keyline_itself(world):
    case, desk = Driven(world).decide().notify(), Desk(world)
    desk.carry(case.case_id)
    kinds = [one for one in told(world, "kind", "what", "person") if one[0] == "document"]
    assert {one[1] for one in kinds} == {"notification_record", "referral"}
    assert {one[2] for one in kinds} == {None}
    assert check_chain(desk, world.ours.partnership_id).findings == []


def look(world: World, times: int) -> None:
    """Have the manager be refused so often, each time a link."""
    for _ in range(times):
        with world.act(Role.BUSINESS_MANAGER) as work:
            note_refused_read(work, None)


def test_an_export_while_others_act_is_whole(world):
    """Between every two of its lines somebody else adds a link."""
    look(world, 3)
    told = []
    with world.act(Role.BUSINESS_MANAGER) as work:
        for line in export(work, ()):
            told.append(line)
            look(world, 1)
    assert findings(read_export(told)) == []
    assert len(links(world)) >= 2 * (len(told) - 1)


def anchored_twice(world: World) -> World:
    """Anchor the chain of a partnership with a case in the middle and at the end."""
    case, desk = Driven(world), Desk(world)
    look(world, 6)
    assert anchor_chain(desk, world.ours.partnership_id)
    look(world, 6)
    case.decide().notify()
    assert anchor_chain(desk, world.ours.partnership_id)
    return world


@pytest.fixture
def desk(ready_by) -> Desk:
    """A partnership anchored twice, in a database of its own: its chain is tampered with."""
    return Desk(ready_by(anchored_twice))


@pytest.fixture
def tamperer(desk, admin_of) -> Tamperer:
    return Tamperer(admin_of(desk), desk.world.ours.partnership_id)


def test_an_untouched_chain_is_whole(desk, tmp_path):
    assert named(desk, newest(desk)) == []
    assert "WHOLE" in named_alone(desk, tmp_path, newest(desk))


def test_an_edit_is_named(desk, tamperer, tmp_path):
    tamperer.edit(5)
    assert named(desk) == ["edited"]
    assert "EDITED: Link 5 was changed" in named_alone(desk, tmp_path)


def test_a_deleted_link_is_named(desk, tamperer, tmp_path):
    tamperer.delete(5)
    assert "deleted" in named(desk)
    assert "DELETED: Link 5 was taken out" in named_alone(desk, tmp_path)


def test_links_that_changed_places_are_named(desk, tamperer, tmp_path):
    tamperer.move(4, 9)
    assert named(desk) == ["reordered"]
    assert "REORDERED" in named_alone(desk, tmp_path)


def test_an_inserted_link_is_named(desk, tamperer, tmp_path):
    tamperer.insert(6)
    assert "inserted" in named(desk)
    assert "INSERTED: Link 6" in named_alone(desk, tmp_path)


def test_a_cut_end_is_named(desk, tamperer, tmp_path):
    tamperer.cut(newest(desk).seq - 2)
    assert named(desk)[0] == "content_added"
    assert "cut" in named(desk)
    assert "CUT" in named_alone(desk, tmp_path)


def test_a_chain_that_was_written_again_is_named_by_an_anchor(desk, tamperer, tmp_path):
    tamperer.rewrite(5)
    assert "rewritten" in named(desk)
    assert "REWRITTEN" in named_alone(desk, tmp_path)


def test_an_old_backup_is_named_before_and_after_it_was_written_on(desk, tamperer, tmp_path):
    tamperer.restore(9)
    tamperer.run("delete from audit_anchors where tenant_id = :tenant and seq > 9")
    assert "restored" in named(desk)
    assert "RESTORED" in named_alone(desk, tmp_path)
    look(desk.world, 20)
    assert "restored" in named(desk)
    assert "RESTORED" in named_alone(desk, tmp_path)


@pytest.mark.parametrize("is_cut", [True, False], ids=["cut", "restored"])
def test_with_the_stores_anchors_replaced_the_kept_line_finds_it(is_cut, desk, tamperer, tmp_path):
    """Everything that the operator holds agrees with itself; only the line does not."""
    kept = newest(desk)
    tamperer.restore(kept.seq - 2)
    if not is_cut:
        look(desk.world, 1)
    empty_of_anchors(desk.store, desk.world.ours.partnership_id)
    tamperer.run("delete from audit_anchors where tenant_id = :tenant")
    assert anchor_chain(desk, desk.world.ours.partnership_id)
    assert not {"restored", "cut", "rewritten"} & set(named(desk))
    assert "WHOLE" in named_alone(desk, tmp_path)
    assert {"restored", "anchors_replaced"} <= set(named(desk, kept))
    said = named_alone(desk, tmp_path, kept)
    assert "RESTORED" in said
    assert "ANCHORS_REPLACED" in said


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("update entries set command = '{}' where tenant_id = :tenant and number = 1", "edited"),
        ("update entries set person_id = id where tenant_id = :tenant and number = 1", "edited"),
        ("delete from entries where tenant_id = :tenant and number = 1", "gone"),
        ("", "added"),
    ],
)
def test_content_that_is_not_as_the_chain_tells_is_named(change, kind, desk, admin_of):
    tenant = desk.world.ours.partnership_id
    with admin_of(desk).begin() as link:
        names = link.execute(
            text(
                "select string_agg(column_name, ', ' order by ordinal_position) from"
                " information_schema.columns where table_name = 'entries'"
            )
        ).scalar_one()
        if kind == "added":
            values = {"id": "gen_random_uuid()", "number": "number + 900", "once": "null"}
            chosen = ", ".join(values.get(name, name) for name in names.split(", "))
            change = (
                f"insert into entries ({names}) select {chosen} from entries"  # noqa: S608
                " where tenant_id = :tenant and number = 1"
            )
        link.execute(text(change), {"tenant": tenant})
    assert named(desk) == [f"content_{kind}"]


def test_a_case_out_of_reach_is_not_found_and_leaves_no_view(world):
    case = Driven(world)
    before = len(links(world, world.theirs))
    theirs = world.theirs.actor(Role.BUSINESS_MANAGER)
    with pytest.raises(NotFound), world.act(theirs) as work:
        open_case(work, case.case_id, Viewed.CASE)
    assert len(links(world, world.theirs)) == before
