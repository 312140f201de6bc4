"""Who administers a partnership and the installation, and what each lacks that they see."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from deployments.administrator import LOST_FACTOR, administrator
from deployments.demo.partnerships import PLATFORM_ADMINISTRATOR
from services.calendars import england
from services.casework.accounts.second_factors import factors_of
from services.casework.administration.first_administrator import (
    make_another,
    make_first_administrator,
)
from services.casework.administration.overview import (
    administration_links,
    missing_here,
    partnership_set_up,
    partnerships_set_up,
    people_held,
)
from services.casework.provisioning import person_id_of
from services.database import audit
from services.database.account_notices import AccountNotice
from services.database.audit import Body
from services.database.migrations.roles import APP, SIGN_IN
from services.database.partnerships import Agency
from services.database.people import Credential, Membership
from services.database.second_factors import CodeApp
from services.database.sessions import at_the_door, of_installation, roles_held
from services.database.unit_of_work import unit_of_work
from services.domain.audit import INSTALLATION
from services.domain.errors import AlreadyDone, AnswerRefused, NotFound, NotPermitted, RuleBroken
from services.domain.mailboxes import NOT_PRODUCTION
from services.domain.roles import Actor, Role
from services.domain.set_up import SetUpPart
from services.identity.actors import actor_for
from tests.post_office import Office
from tests.servers import CONTEXT_KEY, QUICK_PASSWORDS, app_engine_on, founder_of, sibling
from tests.world import World, at, found_on, make_world

SINCE = date(2026, 1, 5)
ADMINISTRATOR = Role.PARTNERSHIP_ADMINISTRATOR


@pytest.fixture(scope="module")
def installed(platform_postgres) -> Iterator[Engine]:
    """A database of its own, in which nobody administers the installation yet."""
    engine = app_engine_on(platform_postgres.make_migrated().app_url)
    yield engine
    engine.dispose()


def made(engine: Engine, **other: str) -> None:
    person = replace(PLATFORM_ADMINISTRATOR, **other)
    make_first_administrator(founder_of(engine), person, SINCE, QUICK_PASSWORDS)


def held_by(engine: Engine, email: str) -> list[tuple[Membership, str]]:
    person = person_id_of(email)
    with at_the_door(sibling(engine, SIGN_IN), person) as session:
        found = [(held, place.name) for held, place in roles_held(session, person, SINCE)]
        session.expunge_all()
        return found


def test_the_first_is_made_once_and_serves_the_installation(installed):
    for wrong in ({"password": "too short"}, {"email": "nobody"}, {"name": " "}):
        with pytest.raises(AnswerRefused):
            made(installed, **wrong)
    made(installed)
    for again in ({}, {"email": "second@keyline.example"}):
        with pytest.raises(AlreadyDone):
            made(installed, **again)
    ((held, name),) = held_by(installed, PLATFORM_ADMINISTRATOR.email)
    assert name == "this installation of Keyline"
    actor = actor_for(held, SINCE)
    assert (actor.partnership_id, actor.role) == (INSTALLATION, Role.PLATFORM_ADMINISTRATOR)
    with unit_of_work(installed, actor, at("2026-02-02"), england()) as work:
        links = audit.all_links(work.session, up_to=audit.last_number(work.session))
        told = [link.body for link in links]
        assert work.session.exec(select(Agency)).all() == []
    assert [one["what"] for one in told] == ["first_administrator_made"]
    assert told[0]["whom"] == str(actor.person_id)


def test_another_is_made_on_the_word_of_one_who_is_on_record(installed):
    with suppress(AlreadyDone):
        made(installed)
    founder, by = founder_of(installed), PLATFORM_ADMINISTRATOR.email
    another = replace(PLATFORM_ADMINISTRATOR, email="another@keyline.example", name="Another")

    def make(by: str) -> None:
        make_another(founder, another, SINCE, by, QUICK_PASSWORDS)

    with pytest.raises(NotFound):
        make(another.email)
    make(by)
    with pytest.raises(AlreadyDone):
        make(by)
    ((held, _name),) = held_by(installed, another.email)
    actor = actor_for(held, SINCE)
    assert (actor.partnership_id, actor.role) == (INSTALLATION, Role.PLATFORM_ADMINISTRATOR)
    with unit_of_work(installed, actor, at("2026-02-02"), england()) as work:
        links = audit.all_links(work.session, up_to=audit.last_number(work.session))
        told = [link.body for link in links][-1]
    assert told["what"] == "another_administrator_made"
    assert (told["whom"], told["person"]) == (str(actor.person_id), str(person_id_of(by)))


def test_whose_second_factor_is_lost_is_helped_at_the_machine_on_the_word_of_another(
    installed, monkeypatch, capsys
):
    lost, by = PLATFORM_ADMINISTRATOR.email, "helper@keyline.example"
    with suppress(AlreadyDone):
        made(installed)
    helper = replace(PLATFORM_ADMINISTRATOR, email=by, name="Helper")
    make_another(founder_of(installed), helper, SINCE, lost, QUICK_PASSWORDS)
    whose, door = person_id_of(lost), sibling(installed, SIGN_IN)
    with at_the_door(door) as session:
        session.add(CodeApp(person_id=whose, sealed=b"x", last_step=0))
    url = door.url.render_as_string(hide_password=False)
    monkeypatch.setenv("KEYLINE_SIGN_IN_DATABASE_URL", url)
    monkeypatch.setenv("KEYLINE_CONTEXT_KEY", CONTEXT_KEY.secret)
    for refusal, who, word in (
        (AnswerRefused, lost, ""),
        (NotFound, lost, "nobody@keyline.example"),
        (NotFound, "nobody@keyline.example", by),
        (RuleBroken, lost, lost),
    ):
        with pytest.raises(refusal):
            administrator(LOST_FACTOR, email=who, by=word)
    assert factors_of(door, whose).any
    administrator(LOST_FACTOR, email=lost.upper(), by=by)
    assert "opens nothing any more" in capsys.readouterr().out
    assert not factors_of(door, whose).any
    with at_the_door(door) as session:
        assert session.get_one(Credential, whose).password_hash == ""
        assert [one.what for one in session.exec(select(AccountNotice))] == ["factors_cleared"]
    told = chain_of_installation(installed, person_id_of(by))[-2:]
    assert [one["what"] for one in told] == ["command_line_used", "factors_cleared"]
    assert {one["person"] for one in told} == {str(person_id_of(by))}
    assert told[1]["object"] == str(whose)


def chain_of_installation(engine: Engine, person_id: UUID) -> list[Body]:
    """Return what the links of the installation's own chain tell, the oldest first."""
    with of_installation(sibling(engine, APP), person_id) as session:
        links = audit.all_links(session, up_to=audit.last_number(session))
        return [link.body for link in links if link.body is not None]


def test_no_role_of_a_partnership_is_held_of_the_installation_and_the_other_way_round():
    held = Membership(
        tenant_id=uuid4(), person_id=uuid4(), role=Role.PLATFORM_ADMINISTRATOR, from_on=SINCE
    )
    assert actor_for(replace_in(held, tenant_id=INSTALLATION), SINCE).role is held.role
    for wrong in (held, replace_in(held, tenant_id=INSTALLATION, role=Role.BUSINESS_MANAGER)):
        with pytest.raises(NotPermitted):
            actor_for(wrong, SINCE)


def replace_in(held: Membership, **other: object) -> Membership:
    return Membership(**(held.model_dump() | other))


def test_a_partnership_is_founded_with_no_platform_administrator(world: World):
    founding = world.ours.founding()
    with pytest.raises(RuleBroken, match="no partnership"):
        replace(founding, people=(PLATFORM_ADMINISTRATOR,))


def test_an_administrator_sees_people_and_what_is_missing(world: World):
    with world.act(ADMINISTRATOR) as work:
        people = {person.email for _held, person in people_held(work)}
        assert world.ours.email(Role.BUSINESS_MANAGER) in people
        assert not any(one.endswith(world.theirs.domain) for one in people)
        found = missing_here(work, NOT_PRODUCTION)
    assert {one.part for one in found if one.is_needed} == {SetUpPart.MAILBOXES}
    assert [one.what for one in found if one.is_needed] == [
        "The business unit has no address and no telephone in the directory."
    ]


def test_of_a_partnership_that_was_just_founded_every_seat_and_role_is_missing(app_engine):
    world = make_world(app_engine)
    only = next(one for one in world.ours.founding().people if one.role is ADMINISTRATOR)
    bare = replace(world.ours, code=uuid4().hex[:6].upper())
    found_on(app_engine, replace(bare.founding(), people=(only,), agencies=()))
    with replace(world, ours=bare).act(bare.actor(ADMINISTRATOR)) as work:
        said = [one.what for one in missing_here(work, NOT_PRODUCTION) if one.is_needed]
    assert sum("seat" in one for one in said) == 3
    assert sum("holds the role" in one for one in said) == 3
    assert "There is no relevant agency." in said
    platform = Actor(
        person_id=only_person(), partnership_id=INSTALLATION, role=Role.PLATFORM_ADMINISTRATOR
    )
    office = Office(world)
    one = partnership_set_up(platform, office, bare.partnership_id)
    assert [missing.what for missing in one.missing if missing.is_needed] == said
    assert one in partnerships_set_up(platform, office)
    with pytest.raises(NotFound):
        partnership_set_up(platform, office, uuid4())


def only_person():
    return person_id_of(PLATFORM_ADMINISTRATOR.email)


def test_nobody_else_sees_either(world: World):
    office = Office(world)
    for role in set(Role) - {ADMINISTRATOR}:
        with world.act(world.ours.actor(role)) as work:
            for look in (people_held, lambda work: administration_links(work, None, 9)):
                with pytest.raises(NotPermitted):
                    look(work)
    for role in set(Role) - {Role.PLATFORM_ADMINISTRATOR}:
        with pytest.raises(NotPermitted):
            partnerships_set_up(world.ours.actor(role), office)


def test_the_links_an_administrator_reads_are_about_no_act_and_no_view(world: World):
    with world.act(ADMINISTRATOR) as work:
        kinds = {link.body["kind"] for link in administration_links(work, None, 99)}
    assert kinds == {"administration"}
