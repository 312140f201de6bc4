"""The chain of the installation itself, of no partnership, is anchored and checked as well."""

import logging
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine

from deployments.verify_audit import checked_chains
from services.casework import audit as noting
from services.casework.engine.audit_anchors import anchor_chains, check_chains
from services.casework.engine.audit_checks import stored_anchors
from services.database import audit, sessions, watch
from services.domain.audit import INSTALLATION, AccountEvent
from tests.post_office import Office
from tests.servers import app_engine_on
from tests.tampering import Tamperer
from tests.world import make_world


@pytest.fixture
def alone(platform_postgres) -> Iterator[tuple[Office, Tamperer]]:
    """An installation of its own, whose chain no other test has seen, and who tampers with it."""
    database = platform_postgres.make_migrated()
    engine, admin = app_engine_on(database.app_url), create_engine(database.admin_url)
    yield Office(make_world(engine)), Tamperer(admin, INSTALLATION)
    engine.dispose()
    admin.dispose()


def try_the_door(engine: Engine, times: int) -> None:
    """Leave links of strangers whom no partnership knows."""
    for _ in range(times):
        with sessions.at_the_door(engine) as session:
            audit.append(session, [noting.account(AccountEvent.SIGN_IN_REFUSED)])


def kinds(office: Office) -> list[str]:
    return [found.kind for one in checked_chains(office, "", "") for found in one.findings]


def test_it_is_anchored_beside_the_partnerships_chains(alone):
    office, _ = alone
    try_the_door(office.engine, 3)
    assert INSTALLATION in watch.chains_to_anchor(office.engine)
    anchor_chains(office)
    (anchor,) = stored_anchors(office.store, INSTALLATION)
    with sessions.of_installation(office.engine) as session:
        assert (anchor, anchor.seq) == (audit.head(session), 3)
    assert INSTALLATION not in watch.chains_to_anchor(office.engine)
    assert kinds(office) == []


def test_an_end_that_was_cut_off_is_found_by_its_anchor(alone, caplog):
    office, tamperer = alone
    try_the_door(office.engine, 3)
    anchor_chains(office)
    tamperer.restore(2)
    with caplog.at_level(logging.ERROR, "keyline.audit"):
        check_chains(office)
    assert [kinds(office), len(caplog.records)] == [["restored"], 1]
    assert "installation's own audit chain is not whole: restored" in caplog.text


def test_a_chain_that_is_broken_is_not_anchored_and_operators_are_told(alone, caplog):
    office, tamperer = alone
    try_the_door(office.engine, 2)
    tamperer.edit(1)
    with caplog.at_level(logging.ERROR, "keyline.audit"):
        anchor_chains(office)
    assert list(stored_anchors(office.store, INSTALLATION)) == []
    assert "is not anchored" in caplog.text
