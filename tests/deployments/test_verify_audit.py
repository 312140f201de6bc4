"""`./keyline verify-audit` says of each chain whether it is whole, and what is wrong if not."""

import pytest
from typer import BadParameter

from deployments.verify_audit import checked_chains, verify_audit
from services.casework.access.shown_cases import open_shown_case
from services.casework.engine.audit_anchors import anchor_chain
from services.casework.engine.audit_checks import AuditContext
from services.domain.errors import Unavailable
from services.domain.roles import Role
from tests.joint import Joint, Practising
from tests.post_office import office, our_world
from tests.tampering import Tamperer

__all__ = ["office", "our_world"]


def kinds(office: AuditContext, code: str = "", kept: str = "") -> list[str]:
    found = list(checked_chains(office, code, kept))
    return [one.kind for checked in found for one in checked.findings]


def test_every_chain_and_the_installations_own_is_verified(office, capsys):
    assert anchor_chain(office, office.world.ours.partnership_id)
    assert kinds(office) == []
    said = capsys.readouterr().out
    assert office.world.ours.code in said
    assert "what strangers tried at the door" in said


def test_a_chain_that_was_tampered_with_is_named(office, platform_postgres):
    code, tenant = office.world.ours.code, office.world.ours.partnership_id
    mark = anchor_chain(office, tenant)
    Tamperer(platform_postgres.admin_of(office.engine), tenant).edit(1)
    assert kinds(office, code, mark.line) == ["edited"]


def test_each_side_of_a_joint_review_is_verified_by_itself(office, platform_postgres):
    joint = Joint(office.world)
    joint.joined()
    desk, sides = Practising(joint.world), (joint.world.ours, joint.theirs)
    with joint.world.act(joint.theirs.actor(Role.BUSINESS_MANAGER), joint.when) as work:
        open_shown_case(work, joint.case_id)
    marks = [anchor_chain(desk, side.partnership_id) for side in sides]
    for side, mark in zip(sides, marks, strict=True):
        assert kinds(desk, side.code, mark.line) == []
    admin = platform_postgres.admin_of(office.engine)
    Tamperer(admin, joint.theirs.partnership_id).edit(3)
    told = [kinds(desk, side.code, mark.line) for side, mark in zip(sides, marks, strict=True)]
    assert told == [[], ["edited"]]


def test_a_partnership_that_is_not_there_and_lines_of_nobody_are_refused(office, tmp_path):
    with pytest.raises(Unavailable, match="no partnership with the code"):
        kinds(office, "NONE")
    with pytest.raises(BadParameter, match="one partnership"):
        verify_audit("", [tmp_path / "kept.txt"])
