"""A new version of the policy, what stays as it was, and which agency has adopted which."""

import json
from dataclasses import replace
from datetime import date

import pytest

from services.casework.engine.periodic_jobs import remind_all
from services.casework.named_person import NamedPerson
from services.casework.policies import (
    AnswerPolicy,
    adopt_policy,
    answer_policy,
    is_asked_to_adopt,
    propose_policy,
    put_due_policy_in_force,
    waiting_version,
)
from services.casework.policy_command_line import apply_in_name, listed, propose_in_name, shown
from services.casework.policy_form import as_said, policy_said
from services.casework.steps.joint.arrivals import receive_invitation
from services.database.policies import adoptions_of, get_policy_version, policy_versions
from services.domain.clocks.examples import EXAMPLES
from services.domain.clocks.extra import ExtraClock
from services.domain.clocks.policy import NATIONAL
from services.domain.clocks.policy_json import policy_from_json
from services.domain.clocks.rules import Anchor, ClockId
from services.domain.errors import (
    AlreadyDone,
    AnswerRefused,
    NotFound,
    NotPermitted,
    RuleBroken,
)
from services.domain.roles import Role, Seat
from services.identity.actors import KEYLINE_ITSELF, service_actor
from tests.driven import Driven
from tests.joint_factories import receive_invitation as an_invitation
from tests.policy_factories import adopt_policy as adoption
from tests.policy_factories import put_in_force as applied
from tests.policy_factories import raise_policy as raising
from tests.post_office import Office
from tests.world import SCHOOL, World

MANAGER, LEAD = Role.BUSINESS_MANAGER, Role.AGENCY_LEAD
PARTNER = Role.SAFEGUARDING_PARTNER
NEXT = replace(NATIONAL, version="2026-12", lengths={ClockId.K8: 1, ClockId.K10: 14})


def put_in_force(world: World, policy=NEXT, when: str = "2025-12-20") -> int:
    return applied(world, policy, when)


def propose(world: World, when: str = "2025-12-20", **said: object) -> int:
    with world.act(MANAGER, when) as work:
        return propose_policy(work, raising(**said), NEXT)


def answer(world: World, number: int, role: Role, when: str, **said: object) -> None:
    with world.act(role, when) as work:
        answer_policy(work, number, AnswerPolicy(**{"is_approved": True} | said))


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
    for role in (Role.REVIEW_GROUP_CHAIR, LEAD, Role.OPERATIONS, PARTNER):
        with pytest.raises(NotPermitted), world.act(role, "2025-12-20") as work:
            propose_policy(work, raising(), NEXT)


def test_one_person_proposes_and_another_applies_and_nothing_changes_between(world):
    """GOV-04, 5A: two people; the one who proposed it is refused, and so is who may neither."""
    with pytest.raises(AnswerRefused, match="in the past"):
        propose(world, effective_on="2025-12-19")
    number = propose(world)
    assert Driven(world, when="2025-12-20 11:00").row().policy_version == 1
    with pytest.raises(RuleBroken, match="answered first"):
        propose(world)
    with pytest.raises(NotPermitted, match="you proposed it yourself"):
        answer(world, number, MANAGER, "2025-12-20")
    with pytest.raises(NotPermitted):
        answer(world, number, Role.REVIEW_GROUP_CHAIR, "2025-12-20")
    with pytest.raises(AnswerRefused, match="Say why not"):
        answer(world, number, PARTNER, "2025-12-20", is_approved=False)
    with pytest.raises(AlreadyDone):
        answer(world, number + 1, PARTNER, "2025-12-20")
    answer(world, number, PARTNER, "2025-12-20")
    assert Driven(world, when="2025-12-20 12:00").row().policy_version == number
    with pytest.raises(AlreadyDone):
        answer(world, number, PARTNER, "2025-12-20")


def test_a_version_that_is_refused_is_never_in_force_and_its_number_is_not_used_again(world):
    number = propose(world)
    answer(world, number, PARTNER, "2025-12-20", is_approved=False, reasons="Too short.")
    with world.act(MANAGER, "2025-12-21") as work:
        put_due_policy_in_force(work)
        assert work.partnership.policy_version == 1
        assert waiting_version(work) is None
    assert put_in_force(world) == number + 1


def test_a_version_holds_from_its_day_on_also_for_the_first_case_of_that_day(world):
    """5A: effective dates; before its day cases begin by the old one."""
    number = propose(world, effective_on="2026-01-01")
    answer(world, number, PARTNER, "2025-12-20")
    assert Driven(world, when="2025-12-31 23:50").row().policy_version == 1
    assert Driven(world, when="2026-01-01 00:01").row().policy_version == number


def test_a_version_that_is_applied_is_not_overtaken_by_one_that_holds_before_it(world):
    """GOV-04: two people applied it, and so it holds from its day."""
    number = propose(world, effective_on="2026-01-01")
    answer(world, number, PARTNER, "2025-12-20")
    newer = replace(NEXT, version="2027-01", lengths={ClockId.K8: 1})
    with pytest.raises(AnswerRefused, match="holds from Thu 1 Jan 2026") as early:
        put_in_force(world, newer, "2025-12-21")
    assert early.value.field == "effective_on"
    with pytest.raises(RuleBroken, match="nothing would change"):
        applied(world, NEXT, "2025-12-21", effective_on="2026-01-02")
    applied(world, newer, "2025-12-21", effective_on="2026-01-02")
    for when, version in (("2026-01-01 09:00", number), ("2026-01-02 09:00", number + 1)):
        assert Driven(world, when=when).row().policy_version == version


def test_a_case_that_an_invitation_opens_begins_by_the_policy_of_the_day(world):
    """5A, decision 0083: every act that opens a case looks for it first."""
    number = propose(world, effective_on="2026-01-01")
    answer(world, number, PARTNER, "2025-12-20")
    keyline = service_actor(world.ours.partnership_id, KEYLINE_ITSELF)
    with world.act(keyline, "2026-01-01 00:01") as work:
        assert receive_invitation(work, an_invitation()).policy_version == number


def test_the_form_opens_with_words_that_are_longer_than_it_takes():
    """5A: a file may say a step or a closed day in more letters than the form."""
    step = ExtraClock(code="talk", name="Talk " * 60, anchor=Anchor.REFERRAL, length=3)
    closed = {date(2026, 12, 24): "Closed " * 40}
    policy = replace(NATIONAL, extra_clocks={"talk": step}, closed_days=closed)
    said = as_said(policy)
    assert said.steps[0].name == step.name
    assert said.closed_days[0].title == closed[date(2026, 12, 24)]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_proposal_that_begins_with_a_published_procedure_loses_nothing_of_its_steps(name):
    """5A: who is told, and on which day people are warned, as the procedure says."""
    begun = EXAMPLES[name].policy
    said = policy_said(
        as_said(begun).model_copy(update={"version": "1"}), NATIONAL, begun.extra_clocks
    )
    assert said.extra_clocks == begun.extra_clocks


def test_the_rounds_put_a_version_in_force_on_its_day(world):
    number = propose(world, effective_on="2026-01-01")
    answer(world, number, PARTNER, "2025-12-20")
    for when, expected in (("2025-12-31 23:59", 1), ("2026-01-01 00:01", number)):
        remind_all(Office(world, when=when))
        with world.act(MANAGER, when) as work:
            assert work.partnership.policy_version == expected


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
    said = raising(effective_on="2025-12-16")
    assert propose_in_name(office, manager, said, NEXT) == 2
    with world.act(MANAGER, "2026-12-01") as work:
        assert "waits for a second person: version 2" in list(listed(work))
    apply_in_name(office, NamedPerson(world.ours.code, world.ours.email(PARTNER, Seat.POLICE)), 2)
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
        propose_in_name(office, partner, said, NEXT)
