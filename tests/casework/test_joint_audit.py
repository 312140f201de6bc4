"""A joint act, and a look at what another partnership shows, stand in the chains of both."""

from dataclasses import replace
from uuid import uuid4

import pytest

from services.casework.access.cases import record_viewing
from services.casework.access.shown_cases import (
    open_shown_case,
    open_shown_document,
)
from services.casework.acts import ACTS
from services.casework.alerts import note_refused_read
from services.casework.engine.audit_anchors import anchor_chain
from services.casework.joint.looking import record_form_viewing
from services.casework.steps import declaration
from services.casework.steps.joint import sharing
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.database.documents import documents
from services.domain.audit_verifier import Link
from services.domain.errors import NotFound
from services.domain.identifiers import CaseId, DocumentId
from services.domain.joint_reviews import DECIDED_WITH, JointAnswer
from services.domain.roles import Role
from services.domain.viewings import Viewed
from services.web.view_models.sign_offs import matter_lines
from tests import factories, joint_factories
from tests.audited import links, named, named_alone, newest
from tests.joint import Joint, Practising
from tests.statements import sent_by
from tests.tampering import Tamperer
from tests.world import Side

MANAGER = Role.BUSINESS_MANAGER


def last(joint: Joint, side: Side, **wanted: str) -> Link:
    """Return the newest link of a partnership's chain that tells this."""
    found = [
        one for one in links(joint.world, side) if one.body and wanted.items() <= one.body.items()
    ]
    assert found, wanted
    return found[-1]


def pair(joint: Joint, **wanted: str) -> tuple[dict, dict]:
    """Return what the chains of both tell of one thing, which is tied by its pair."""
    bodies = [last(joint, side, **wanted).body for side in (joint.world.ours, joint.theirs)]
    assert bodies[0]["pair"] == bodies[1]["pair"]
    assert bodies[0]["by"] == bodies[1]["by"]
    names = bodies[0].keys() | bodies[1].keys()
    assert {one for one in names if bodies[0].get(one) != bodies[1].get(one)} <= {"case"}
    return bodies


def without(joint: Joint, side: Side, what: str) -> bool:
    return all((one.body or {}).get("what") != what for one in links(joint.world, side))


def look(joint: Joint, case_id: CaseId, who: Role = MANAGER) -> None:
    with joint.world.act(joint.theirs.actor(who), joint.when) as work:
        open_shown_case(work, case_id)


def test_what_is_proposed_is_ours_alone_until_it_is_approved(joint):
    joint.invite()
    for what in ("partnership_invited", "sharing_approved"):
        assert without(joint, joint.theirs, what)
    joint.approve()
    ours, theirs = pair(joint, what="sharing_approved")
    assert ours["case"] == str(joint.case_id)
    assert "case" not in theirs
    assert ours["by"] == str(joint.world.ours.partnership_id)


def test_an_answer_stands_with_both_each_on_its_own_case(invited):
    case_id = invited.theirs_case
    invited.answer(case_id, JointAnswer.ACCEPTED)
    ours, theirs = pair(invited, what="invitation_answered")
    assert (ours["case"], theirs["case"]) == (str(invited.case_id), str(case_id))
    assert ours["by"] == str(invited.theirs.partnership_id)


def test_a_decline_stands_with_both(invited):
    invited.answer(invited.theirs_case, JointAnswer.DECLINED)
    pair(invited, what="invitation_answered")


def test_what_is_put_to_both_and_what_each_signs_stands_with_both(joined):
    case_id = joined.theirs_case
    joined.driven.scope().meet().propose()
    joined.settle()
    ours, theirs = pair(joined, act="propose_decision")
    assert (ours["case"], theirs["case"]) == (str(joined.case_id), str(case_id))
    joined.driven.sign(sign_off.sign_rapid_review, joined.when, joined.world.ours.parties[0])
    ours, theirs = pair(joined, act="sign_rapid_review")
    assert ours["by"] == str(joined.world.ours.partnership_id)
    partner = joined.theirs.partner(joined.theirs.parties[0])
    with joined.world.act(partner, joined.when) as work:
        declaration.declare(work, case_id, factories.declare())
    with joined.world.act(partner, joined.when) as work:
        sign_off.sign_rapid_review(work, case_id, factories.sign())
    ours, theirs = pair(joined, act="sign_rapid_review")
    assert ours["by"] == str(joined.theirs.partnership_id)
    assert (ours["case"], theirs["case"]) == (str(joined.case_id), str(case_id))
    assert ours["person"] == str(partner.person_id)
    look_at_own(joined, case_id)
    ours, theirs = pair(joined, kind="view", what="case")
    assert (ours["case"], theirs["case"]) == (str(joined.case_id), str(case_id))
    assert ours["by"] == str(joined.theirs.partnership_id)
    look_at_own(joined, joined.case_id, joined.world.ours)
    ours, theirs = pair(joined, kind="view", what="case")
    assert ours["by"] == str(joined.world.ours.partnership_id)


def look_at_own(joint: Joint, case_id: CaseId, side: Side | None = None) -> None:
    """Look at a side's own case, on whose page the positions of both stand."""
    with joint.world.act((side or joint.theirs).actor(MANAGER), joint.when) as work:
        case = get_case(work.session, case_id)
        said = [one for line in matter_lines(work, case) for one in line.said]
        record_viewing(work, case, Viewed.CASE, said=said)


def test_a_look_at_a_case_on_which_nobody_else_signed_is_of_its_own_chain(joined):
    look_at_own(joined, joined.theirs_case)
    look = last(joined, joined.theirs, kind="view", what="case")
    assert "pair" not in look.body


def test_the_acts_of_what_is_decided_together_are_joint_and_an_own_plan_is_not():
    signed = {f"sign_{matter.value}" for matter in DECIDED_WITH} | {"sign_terms"}
    joint_acts = {act.name for act in ACTS.values() if act.is_joint}
    assert signed & ACTS.keys() <= joint_acts
    assert "sign_plan" not in joint_acts
    assert {"submit", "pre_send", "publish", "publish_improvements"} <= joint_acts


def test_sharing_that_ends_is_told_in_both_and_a_proposal_withdrawn_in_ours_alone(joined):
    case_id = joined.theirs_case
    command = joint_factories.propose_sharing(joined.theirs.partnership_id)
    joined.driven.do(sharing.propose_sharing, command, MANAGER, joined.when)
    assert without(joined, joined.theirs, "sharing_proposed")
    before = len(links(joined.world, joined.theirs))
    joined.end_sharing()
    (told,) = [one.body for one in links(joined.world, joined.theirs)[before:]]
    assert told["what"] == "sharing_ended"
    ours, theirs = pair(joined, pair=told["pair"])
    assert (ours["case"], theirs["case"]) == (str(joined.case_id), str(case_id))


def test_a_look_at_what_is_shown_stands_with_who_looked_and_with_whose_it_is(joined):
    case_id = joined.theirs_case
    look(joined, joined.case_id)
    ours, theirs = pair(joined, what="shown_case")
    assert (ours["case"], theirs["case"]) == (str(joined.case_id), str(case_id))
    assert ours["by"] == str(joined.theirs.partnership_id)
    assert ours["person"] == str(joined.theirs.actor(MANAGER).person_id)


def test_a_shown_document_that_is_opened_is_a_download_in_both(joined):
    with joined.world.act(MANAGER, joined.when) as work:
        shown_now = [
            one for one in documents(work.session, joined.case_id) if one.section != "internal"
        ]
        document_id = DocumentId(shown_now[0].id)
    with joined.world.act(joined.theirs.actor(MANAGER), joined.when) as work:
        open_shown_document(work, joined.case_id, document_id)
    ours, _theirs = pair(joined, what="shown_document")
    assert (ours["kind"], ours["object"]) == ("download", str(document_id))


def test_a_form_that_shows_what_the_lead_said_is_a_look_at_the_leads_case(joined):
    case_id = joined.theirs_case
    joined.driven.scope().meet().propose()
    with joined.world.act(joined.theirs.actor(MANAGER), joined.when) as work:
        record_form_viewing(work, get_case(work.session, case_id), ACTS["sign_rapid_review"])
    ours, theirs = pair(joined, kind="view", what="form")
    assert (ours["case"], theirs["case"]) == (str(joined.case_id), str(case_id))
    with joined.world.act(MANAGER, joined.when) as work:
        record_form_viewing(work, get_case(work.session, joined.case_id), ACTS["sign_rapid_review"])
    assert "pair" not in last(joined, joined.world.ours, kind="view", what="form").body


def test_a_refused_look_stands_with_who_asked_and_costs_the_same_for_any_case(joined):
    joined.end_sharing()
    joined.settle()
    before, costs = len(links(joined.world)), []
    with sent_by(joined.world.engine) as sent:
        for asked in (joined.case_id, CaseId(uuid4())):
            sent.clear()
            with pytest.raises(NotFound) as refused:
                look(joined, asked)
            with joined.world.act(joined.theirs.actor(MANAGER), joined.when) as work:
                note_refused_read(work, asked, "/shown/{case_id}")
            costs.append((str(refused.value), list(sent)))
    assert costs[0] == costs[1]
    assert len(links(joined.world)) == before
    told = [one.body for one in links(joined.world, joined.theirs)[-2:]]
    assert [one["kind"] for one in told] == ["refused", "refused"]
    assert told[0]["case"] == str(joined.case_id)


TAMPERED = {
    "edited": lambda hand: hand.edit(5),
    "deleted": lambda hand: hand.delete(5),
    "reordered": lambda hand: hand.move(4, 6),
    "inserted": lambda hand: hand.insert(6),
    "cut": lambda hand: hand.cut(6),
    "restored": lambda hand: hand.restore(6),
    "rewritten": lambda hand: hand.rewrite(5),
}


@pytest.fixture
def desks(ready_by) -> tuple[Practising, Practising]:
    """Each side of a joint review, its chain anchored."""
    return desks_of(ready_by(Joint, Joint.joined, looked_at_and_anchored))


def looked_at_and_anchored(joint: Joint) -> None:
    look(joint, joint.case_id)
    for desk in desks_of(joint):
        assert anchor_chain(desk, desk.world.ours.partnership_id)


def desks_of(joint: Joint) -> tuple[Practising, Practising]:
    swapped = replace(joint.world, ours=joint.theirs, theirs=joint.world.ours)
    return Practising(joint.world), Practising(swapped)


def test_each_sides_export_verifies_by_itself(desks, tmp_path):
    for desk in desks:
        assert named(desk, newest(desk)) == []
        assert "WHOLE" in named_alone(desk, tmp_path, newest(desk))


@pytest.mark.parametrize("kind", TAMPERED)
@pytest.mark.parametrize("side", [0, 1], ids=["ours", "theirs"])
def test_tampering_with_one_sides_chain_is_named_and_the_others_stays_whole(
    kind, side, desks, platform_postgres, tmp_path
):
    changed, other = desks[side], desks[1 - side]
    kept = newest(changed)
    admin = platform_postgres.admin_of(changed.world.engine)
    TAMPERED[kind](Tamperer(admin, changed.world.ours.partnership_id))
    assert kind in named(changed, kept)
    assert kind.upper() in named_alone(changed, tmp_path, kept)
    assert named(other, newest(other)) == []
    assert "WHOLE" in named_alone(other, tmp_path, newest(other))
