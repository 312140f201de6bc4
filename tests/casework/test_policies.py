"""A new version of the policy, what stays as it was, and which agency has adopted which."""

import json
from dataclasses import replace

import pytest

from services.casework.named_person import NamedPerson
from services.casework.policies import (
    adopt_policy,
    is_asked_to_adopt,
    raise_policy,
)
from services.casework.policy_command_line import listed, raise_in_name, shown
from services.database.policies import adoptions_of, get_policy_version, policy_versions
from services.domain.clocks.policy import NATIONAL
from services.domain.clocks.policy_json import policy_from_json
from services.domain.clocks.rules import ClockId
from services.domain.errors import (
    AlreadyDone,
    AnswerRefused,
    NotFound,
    NotPermitted,
    RuleBroken,
)
from services.domain.roles import Role
from tests.driven import Driven
from tests.policy_factories import adopt_policy as adoption
from tests.policy_factories import raise_policy as raising
from tests.post_office import Office
from tests.world import SCHOOL, World

MANAGER, LEAD = Role.BUSINESS_MANAGER, Role.AGENCY_LEAD
NEXT = replace(NATIONAL, version="2026-12", lengths={ClockId.K8: 1, ClockId.K10: 14})


def put_in_force(world: World, policy=NEXT, when: str = "2025-12-20") -> int:
    with world.act(MANAGER, when) as work:
        return raise_policy(work, raising(), policy)


def adopt(world: World, when: str, agency: str = SCHOOL, **said: object) -> None:
    with world.act(LEAD, when, agency=agency) as work:
        adopt_policy(work, adoption(**said))


def test_a_new_version_is_in_force_with_its_reason_and_the_old_one_stays_readable(world):
    """GOV-04, RR-02: framework version history."""
    assert put_in_force(world) == 2
    with world.act(MANAGER, "2025-12-21") as work:
        newest, first = policy_versions(work.session)
        assert (newest.version, newest.reason, newest.agreed) == (
            2,
            raising().reason,
            raising().agreed,
        )
        assert newest.raised_by == work.actor.person_id
        assert policy_from_json(first.policy) == NATIONAL
        assert policy_from_json(work.partnership.policy) == NEXT
        assert work.partnership.policy_version == 2
        assert policy_from_json(get_policy_version(work.session, 1).policy) == NATIONAL
        with pytest.raises(NotFound):
            get_policy_version(work.session, 3)


def test_a_case_that_is_open_keeps_its_policy_and_a_new_one_begins_with_the_new(world):
    """GOV-04, P15: also where a clock starts after the version was raised (0040)."""
    open_case = Driven(world).decide().notify()
    put_in_force(world)
    open_case.scope().meet()
    assert (open_case.due("K10"), open_case.due("K8")) == ("2026-01-08", "2026-01-02")
    assert open_case.row().policy_version == 1
    later = Driven(world, when="2025-12-22 11:00")
    assert (later.row().policy_version, later.row().policy["version"]) == (2, "2026-12")


def test_what_changes_nothing_or_comes_from_another_role_is_refused(world):
    with pytest.raises(RuleBroken, match="nothing would change"):
        put_in_force(world, NATIONAL)
    with pytest.raises(AnswerRefused, match="another version"):
        put_in_force(world, replace(NEXT, version=NATIONAL.version))
    for role in (Role.REVIEW_GROUP_CHAIR, LEAD, Role.OPERATIONS):
        with pytest.raises(NotPermitted), world.act(role, "2025-12-20") as work:
            raise_policy(work, raising(), NEXT)


def test_an_agency_adopts_a_version_and_is_asked_again_when_the_next_is_raised(world):
    """GOV-01: version, who, when; asked again for each version, and blocking nothing."""
    asked = lambda: _is_asked(world)  # noqa: E731
    assert asked()
    adopt(world, "2025-12-15", decided_by="A. Example, chief executive")
    assert not asked()
    with world.act(MANAGER, "2025-12-16") as work:
        (kept,) = adoptions_of(work.session, 1)
        assert (kept.agency_id, kept.decided_by) == (
            world.ours.agency(SCHOOL),
            "A. Example, chief executive",
        )
    with pytest.raises(AlreadyDone):
        adopt(world, "2025-12-16")
    put_in_force(world)
    assert asked()
    with pytest.raises(RuleBroken, match="version 2 is in force"):
        adopt(world, "2025-12-21", version=1)
    with pytest.raises(AnswerRefused, match="future"):
        adopt(world, "2025-12-21", version=2, adopted_on="2025-12-22")
    with pytest.raises(AnswerRefused, match="in force since Sat 20 Dec 2025") as early:
        adopt(world, "2025-12-21", version=2, adopted_on="2025-12-19")
    assert early.value.field == "adopted_on"
    adopt(world, "2025-12-21", version=2, adopted_on="2025-12-20")
    with pytest.raises(NotPermitted), world.act(MANAGER, "2025-12-21") as work:
        adopt_policy(work, adoption(version=2))


def _is_asked(world: World) -> bool:
    with world.act(LEAD, "2025-12-21", agency=SCHOOL) as work:
        return is_asked_to_adopt(work)


def test_the_command_raises_in_the_managers_name_lists_and_shows(world):
    """GOV-04, GOV-01: who has not adopted the newest is told."""
    office = Office(world)
    manager = NamedPerson(world.ours.code, world.ours.email(MANAGER))
    assert raise_in_name(office, manager, raising(), NEXT) == 2
    adopt(world, "2026-12-01", version=2, adopted_on="2025-12-16")
    with world.act(MANAGER, "2026-12-02") as work:
        told = list(listed(work))
        assert told[0].startswith("2  ")
        assert f"2026-12: {raising().reason}" in told[0]
        assert "not adopted yet: Hill Hospital (example)" in told
        assert f"not adopted yet: {SCHOOL}" not in told
        assert json.loads("\n".join(shown(work, 1)))["version"] == NATIONAL.version
    partner = NamedPerson(world.ours.code, world.ours.email(Role.NOTIFIER))
    with pytest.raises(NotFound, match="No person of that address may"):
        raise_in_name(office, partner, raising(), NEXT)
