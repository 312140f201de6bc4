"""Delegates: what they may decide for their agency, and to whom they answer (GOV-12)."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from services.casework.directory.delegates import record_delegation
from services.casework.engine.audit_checks import check_chain
from services.casework.provisioning import person_id_of
from services.casework.steps import declaration
from services.casework.steps.sign_off import sign_off
from services.database.decisions import SignOff
from services.database.delegations import authority_of
from services.database.people import Membership
from services.domain.delegation import DelegatedAuthority
from services.domain.errors import AnswerRefused, NotFound, NotPermitted, RuleBroken
from services.domain.parties import Party
from services.domain.roles import Actor, Role, Seat
from services.domain.workflow import Stage
from tests import factories as say
from tests.desk import Desk
from tests.directory import a_delegation
from tests.kept import nothing_changes
from tests.reached import reach
from tests.world import World, found_on

WHEN, MARCH = "2026-01-05", date(2026, 3, 2)
MANAGER = Role.BUSINESS_MANAGER
EMAIL = "a.delegate@ours.example"


def delegate(world: World) -> Actor:
    """A person who was given the police seat, and nothing that says what they may decide."""
    person = world.ours.partner_to_found(Party(world.ours.partnership_id, Seat.POLICE))
    person = replace(person, email=EMAIL, decides="", accountable_to="")
    found_on(world.engine, replace(world.ours.founding(), people=(person,)))
    return replace(world.ours.partner(Seat.POLICE), person_id=person_id_of(EMAIL))


def held_by(world: World, who: Actor):
    with world.act(MANAGER) as work:
        question = select(Membership.id).where(Membership.person_id == who.person_id)
        return work.session.exec(question).one()


def record(world: World, membership, when: str = WHEN, **said) -> None:
    with world.act(MANAGER, when) as work:
        record_delegation(work, membership, a_delegation(**said))


def on_record(world: World, who: Actor, on: date) -> DelegatedAuthority | None:
    with world.act(MANAGER) as work:
        party = Party(who.partnership_id, Seat.POLICE)
        return authority_of(work.session, who.person_id, party, on)


def test_a_delegate_signs_once_their_authority_and_accountability_are_on_record(
    world, admin_engine
):
    """GOV-12: able to decide for their agency, with a clear line of accountability."""
    who = delegate(world)
    case = reach(world, Stage.RAPID_REVIEW).meet().propose()
    case.do(declaration.declare, say.declare(), who, WHEN)
    with (
        nothing_changes(admin_engine, world),
        pytest.raises(RuleBroken, match="to whom you are accountable"),
    ):
        case.do(sign_off.sign_rapid_review, say.sign(), who, WHEN)
    record(world, held_by(world, who), valid_from=date(2026, 1, 5))
    case.do(sign_off.sign_rapid_review, say.sign(), who, WHEN)
    with world.act(MANAGER) as work:
        kept = work.session.exec(select(SignOff).where(SignOff.case_id == case.case_id)).one()
        said = (kept.person_id, kept.decides, kept.accountable_to)
    assert said == (who.person_id, "All reviews", "the chief officer")
    assert list(check_chain(Desk(world), world.ours.partnership_id).findings) == []


def test_what_a_delegate_may_decide_is_known_for_every_day(world):
    """GOV-12: a change holds from its first day, a correction of the same day takes its place."""
    who = delegate(world)
    membership = held_by(world, who)
    record(world, membership)
    record(world, membership, decides="Rapid reviews alone", valid_from=MARCH)
    record(world, membership, "2026-01-06", accountable_to="the deputy chief")
    assert on_record(world, who, date(2026, 1, 4)) == DelegatedAuthority("", "")
    assert on_record(world, who, date(2026, 2, 1)) == DelegatedAuthority(
        "All reviews", "the deputy chief"
    )
    assert on_record(world, who, MARCH) == DelegatedAuthority(
        "Rapid reviews alone", "the chief officer"
    )
    assert on_record(world, world.ours.actor(MANAGER), MARCH) is None


def test_only_the_manager_records_it_and_only_of_a_person_in_a_seat(world):
    who = delegate(world)
    membership = held_by(world, who)
    with pytest.raises(NotPermitted), world.act(Role.REVIEW_GROUP_CHAIR, WHEN) as work:
        record_delegation(work, membership, a_delegation())
    with pytest.raises(RuleBroken, match="in the seat"):
        record(world, held_by(world, world.ours.actor(Role.NOTIFIER)))
    with pytest.raises(AnswerRefused, match="not before that day"):
        record(world, membership, valid_from=date(2019, 1, 1))
    elsewhere = world.theirs.actor(MANAGER)
    with pytest.raises(NotFound), world.act(elsewhere, WHEN) as work:
        record_delegation(work, membership, a_delegation())
