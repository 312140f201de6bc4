"""`./keyline identity-provider`: a provider entered, changed, ended, and a person bound to it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from deployments.identity_provider import (
    CHANGE,
    ENTER,
    identity_provider,
    listed,
    put_on_record,
    read_provider,
)
from services.bootstrap import wall_clock
from services.casework.accounts.identities import bind_by_hand
from services.casework.accounts.identity_providers import ProviderEntry, end_provider
from services.domain.errors import AlreadyDone, AnswerRefused, NotFound, RuleBroken
from services.domain.roles import Role
from services.identity.sealing import PROVIDERS, InstallationKey
from tests.identity_providers import provider_told
from tests.servers import founder_of
from tests.world import World

KEY = InstallationKey("k" * 32, PROVIDERS)
TOLD = provider_told("moor", "https://login.moor.example")
SECRET = "a secret of nobody"  # noqa: S105 -- of tests


def entry(tmp_path: Path, secret: str = SECRET, **change: Any) -> ProviderEntry:
    file = tmp_path / "provider.json"
    file.write_text(json.dumps({**TOLD, **change}))
    return ProviderEntry(read_provider(file), KEY, secret)


def kept(admin_engine, column: str) -> Any:
    with admin_engine.connect() as link:
        asked = text(f"select {column} from identity_providers where code = 'moor'")  # noqa: S608
        return link.execute(asked).scalar_one()


@pytest.fixture
def entered(world: World, tmp_path: Path) -> World:
    """The world, in which the provider vouches for people of ours."""
    put_on_record(founder_of(world.engine), ENTER, world.ours.code, entry(tmp_path))
    return world


def test_a_provider_is_entered_once_and_says_what_to_register(
    entered: World, admin_engine, tmp_path: Path
):
    founder, code = founder_of(entered.engine), entered.ours.code
    said = put_on_record(founder, ENTER, code, entry(tmp_path))
    assert said == f"moor vouches for people of {code} already"
    assert list(listed(founder, code, "https://keyline.example")) == [
        "moor: Moor Council (example), https://login.moor.example",
        "  people come back to https://keyline.example/sign-in/oidc/moor/callback",
        "  sign-outs are posted to https://keyline.example/sign-in/oidc/moor/logout",
    ]
    assert list(listed(founder, entered.theirs.code, "")) == []
    sealed = kept(admin_engine, "sealed_secret")
    assert SECRET not in sealed
    assert KEY.unseal_text("identity provider moor", sealed) == SECRET


def test_a_provider_that_is_on_record_otherwise_is_refused(entered: World, tmp_path: Path):
    founder, theirs = founder_of(entered.engine), entered.theirs.code
    with pytest.raises(RuleBroken, match="on record otherwise \\(client_id\\)"):
        put_on_record(founder, ENTER, theirs, entry(tmp_path, client_id="another"))
    with pytest.raises(AnswerRefused, match="on record already, as moor"):
        put_on_record(founder, ENTER, theirs, entry(tmp_path, code="another"))


def test_a_provider_is_changed_but_for_its_issuer_by_whom_it_serves(
    entered: World, admin_engine, tmp_path: Path
):
    founder, ours = founder_of(entered.engine), entered.ours.code
    sealed = kept(admin_engine, "sealed_secret")
    with pytest.raises(NotFound):
        put_on_record(founder, CHANGE, entered.theirs.code, entry(tmp_path))
    with pytest.raises(AnswerRefused, match="People are known by the issuer"):
        put_on_record(founder, CHANGE, ours, entry(tmp_path, issuer="https://evil.example"))
    try:
        put_on_record(founder, CHANGE, ours, entry(tmp_path, "", client_id="another"))
        assert kept(admin_engine, "client_id") == "another"
        assert kept(admin_engine, "sealed_secret") == sealed
    finally:
        put_on_record(founder, CHANGE, ours, entry(tmp_path))


def test_a_person_of_the_partnership_is_bound_and_told_and_nobody_else(
    entered: World, admin_engine
):
    founder, ours = founder_of(entered.engine), entered.ours
    manager, chair = ours.email(Role.BUSINESS_MANAGER), ours.email(Role.REVIEW_GROUP_CHAIR)
    bind_by_hand(founder, ours.code, manager, "moor", "17")
    bind_by_hand(founder, ours.code, f" {manager.upper()} ", "moor", "17")
    with pytest.raises(RuleBroken, match="another person"):
        bind_by_hand(founder, ours.code, chair, "moor", "17")
    theirs = entered.theirs.email(Role.BUSINESS_MANAGER)
    for wrong in (("nobody@nowhere.example", "moor"), (theirs, "moor"), (manager, "elsewhere")):
        with pytest.raises(NotFound):
            bind_by_hand(founder, ours.code, *wrong, "18")
    with admin_engine.connect() as link:
        asked = text(
            "select email from account_notices n join people on people.id = n.person_id"
            " where n.what = 'identity_bound'"
        )
        assert link.execute(asked).scalars().all() == [manager]


def test_a_provider_ends_once_and_what_was_done_stands_in_the_chain(
    entered: World, admin_engine, tmp_path: Path
):
    founder, code = founder_of(entered.engine), entered.ours.code
    end_provider(founder, code, "moor", wall_clock())
    with pytest.raises(AlreadyDone):
        end_provider(founder, code, "moor", wall_clock())
    assert next(iter(listed(founder, code, ""))).endswith("https://login.moor.example, ended")
    put_on_record(founder, ENTER, code, entry(tmp_path))
    with admin_engine.connect() as link:
        asked = text(
            "select body ->> 'what' from audit_links where tenant_id = :id"
            " and body ->> 'provider' = 'moor' order by seq desc limit 2"
        )
        found = link.execute(asked, {"id": entered.ours.partnership_id}).scalars().all()
    assert found == ["provider_entered", "provider_ended"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"acr": []}, "acr"),
        ({"issuer": "http://login.moor.example"}, "issuer"),
        ({"issuer": 7}, "issuer"),
        ({"code": "Moor Council"}, "code"),
        ({"email_domains": []}, "email_domains"),
        ({"email_domains": ["ann@moor.example"]}, "email_domains"),
        ({"session_minutes": 1000}, "session_minutes"),
        ({"longest_ago_minutes": 0}, "longest_ago_minutes"),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_a_file_that_is_wrong_is_refused_in_words(tmp_path: Path, change: dict, field: str):
    with pytest.raises(AnswerRefused, match=field):
        entry(tmp_path, **change)


@pytest.mark.parametrize("said", ["", "{", "[1]", "[" * 100_000])
def test_a_file_that_is_no_object_of_json_is_refused(tmp_path: Path, said: str):
    file = tmp_path / "provider.json"
    file.write_text(said)
    with pytest.raises(AnswerRefused, match="provider"):
        read_provider(file)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    for file in (None, tmp_path / "none.json"):
        with pytest.raises(AnswerRefused):
            read_provider(file)


def test_an_act_that_there_is_not_is_named():
    with pytest.raises(NotFound, match="'buy'; there are: list, enter, change, end, bind"):
        identity_provider("buy")


def test_a_secret_is_given(world: World, tmp_path: Path):
    told = entry(tmp_path, code="secretless", issuer="https://login.secretless.example")
    for secret in ("", " ", "gehe\u00efm"):
        with pytest.raises(AnswerRefused, match="secret"):
            put_on_record(
                founder_of(world.engine), ENTER, world.ours.code, replace(told, secret=secret)
            )
