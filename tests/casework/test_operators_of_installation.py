"""Operators of the whole installation: made on the word of one, shown as that, and ended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from deployments.demo.partnerships import PLATFORM_ADMINISTRATOR
from services.calendars import england
from services.casework.accounts.cleared import clear_who_serves
from services.casework.accounts.second_factors import factors_of
from services.casework.administration.first_administrator import (
    make_another,
    make_first_administrator,
)
from services.casework.administration.leaving_installation import Leaver, end_serving
from services.casework.named_person import NamedPerson, actor_named, platform_administrator_named
from services.casework.provisioning import PersonToFound
from services.database import audit
from services.database.audit import Body
from services.database.migrations.roles import SIGN_IN
from services.database.second_factors import CodeApp
from services.database.sessions import WebSession, at_the_door, of_installation, roles_held
from services.domain.audit import INSTALLATION
from services.domain.errors import AlreadyDone, AnswerRefused, NotFound, NotPermitted, RuleBroken
from services.domain.roles import Permission, Role
from services.domain.working_days import Calendar, london_date
from tests.servers import QUICK_PASSWORDS, app_engine_on, founder_of, sibling
from tests.world import at

NOW = at("2026-02-02")
SINCE = london_date(NOW) - timedelta(days=20)
FIRST = PLATFORM_ADMINISTRATOR.email
SECOND = replace(PLATFORM_ADMINISTRATOR, email="second@keyline.example", name="Second Sprocket")
OPERATOR = PersonToFound(
    email="operator@keyline.example",
    name="Cog Spanner",
    role=Role.OPERATIONS,
    password="a-made-up-password",  # noqa: S106 -- of a made-up person
)
GONE = Leaver(OPERATOR.email, "They move to another post.")


@dataclass(frozen=True, slots=True)
class Here:
    """What an act at the machine needs of the installation's neighbours."""

    engine: Engine
    calendar: Calendar
    now: Callable[[], datetime]

    @property
    def door(self) -> Engine:
        return sibling(self.engine, SIGN_IN)

    def make(self, person: PersonToFound, by: str = FIRST) -> None:
        make_another(founder_of(self.engine), person, SINCE, by, QUICK_PASSWORDS)

    def end(self, leaver: Leaver, by: str = FIRST) -> int:
        return end_serving(platform_administrator_named(self, by), self, self.door, leaver)

    def operates(self) -> bool:
        try:
            actor_named(self, NamedPerson("", OPERATOR.email), Permission.OPERATE_FLOWS)
        except NotFound:
            return False
        return True

    def chain(self) -> list[Body]:
        with of_installation(self.engine) as session:
            links = audit.all_links(session, up_to=audit.last_number(session))
            return [link.body for link in links if link.body is not None]


@pytest.fixture
def here(platform_postgres) -> Iterator[Here]:
    """A database of its own, with one platform administrator."""
    engine = app_engine_on(platform_postgres.make_migrated().app_url)
    make_first_administrator(founder_of(engine), PLATFORM_ADMINISTRATOR, SINCE, QUICK_PASSWORDS)
    yield Here(engine, england(), lambda: NOW)
    engine.dispose()


def test_an_operator_is_made_on_the_word_of_a_platform_administrator_and_serves_all(here):
    for refusal, person, by in (
        (NotFound, OPERATOR, OPERATOR.email),
        (RuleBroken, replace(OPERATOR, email=FIRST), FIRST),
        (RuleBroken, replace(OPERATOR, role=Role.BUSINESS_MANAGER), FIRST),
        (AnswerRefused, replace(OPERATOR, name=" "), FIRST),
    ):
        with pytest.raises(refusal):
            here.make(person, by)
    assert not here.operates()
    here.make(OPERATOR)
    with pytest.raises(AlreadyDone):
        here.make(OPERATOR)
    actor = actor_named(here, NamedPerson("", OPERATOR.email), Permission.OPERATE_FLOWS)
    assert (actor.partnership_id, actor.role) == (INSTALLATION, Role.OPERATIONS)
    with pytest.raises(NotFound, match="No platform administrator"):
        platform_administrator_named(here, OPERATOR.email)
    made = here.chain()[-1]
    assert (made["what"], made["whom"]) == ("operator_made", str(actor.person_id))


def test_who_leaves_serves_no_more_and_their_sessions_end(here):
    here.make(OPERATOR)
    here.make(SECOND)
    whose = actor_named(here, NamedPerson("", OPERATOR.email), Permission.WATCH_FLOWS).person_id
    with at_the_door(here.door, whose) as session:
        session.add(WebSession(carried_sha256="c" * 64, person_id=whose, form_secret=""))
    for refusal, leaver, by in (
        (NotFound, Leaver("nobody@keyline.example", "Left."), FIRST),
        (AnswerRefused, Leaver(OPERATOR.email, " "), FIRST),
        (RuleBroken, Leaver(FIRST, "Left."), FIRST),
        (NotFound, GONE, OPERATOR.email),
    ):
        with pytest.raises(refusal):
            here.end(leaver, by)
    assert here.operates()
    assert here.end(GONE, SECOND.email) == 1
    assert not here.operates()
    with at_the_door(here.door, whose) as session:
        assert roles_held(session, whose, london_date(NOW)) == []
        assert session.exec(select(WebSession)).all() == []
    ended = here.chain()[-1]
    assert (ended["kind"], ended["what"]) == ("people", "ended")
    with pytest.raises(NotFound):
        here.end(GONE)
    make_another(founder_of(here.engine), OPERATOR, london_date(NOW), FIRST, QUICK_PASSWORDS)
    assert here.operates()


def test_a_platform_administrator_who_leaves_ends_nothing_any_more(here):
    here.make(SECOND)
    second = platform_administrator_named(here, SECOND.email)
    assert here.end(Leaver(SECOND.email, "They retire.")) == 1
    with pytest.raises(RuleBroken, match="no platform administrator any more"):
        end_serving(second, here, here.door, Leaver(FIRST, "In return."))
    assert platform_administrator_named(here, FIRST)
    here.make(OPERATOR)
    operator = actor_named(here, NamedPerson("", OPERATOR.email), Permission.WATCH_FLOWS)
    with pytest.raises(NotPermitted):
        end_serving(operator, here, here.door, Leaver(FIRST, "By an operator."))


def test_an_operator_who_lost_the_second_factor_is_helped_by_a_platform_administrator(here):
    here.make(OPERATOR)
    whose = actor_named(here, NamedPerson("", OPERATOR.email), Permission.WATCH_FLOWS).person_id
    with at_the_door(here.door) as session:
        session.add(CodeApp(person_id=whose, sealed=b"x", last_step=0))
    with pytest.raises(NotFound, match="--by is a platform administrator"):
        clear_who_serves(here.door, FIRST, OPERATOR.email, london_date(NOW))
    clear_who_serves(here.door, OPERATOR.email, FIRST, london_date(NOW))
    assert not factors_of(here.door, whose).any
