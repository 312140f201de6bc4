"""Second factors that are changed twice at once: one change waits for the other, and sees it."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic, sleep
from uuid import UUID

import pytest

from services.casework.accounts import first_factor, own_factors
from services.casework.accounts.door import AccountsDoor
from tests.web.accounts import code_of, demanding, put_back, run, secret_on
from tests.web.conftest import World
from tests.web.test_second_factor import CHAIR, SET_UP, set_up
from tests.web.visitors import Answer

APP, PASSKEY = "/account/app/remove", "/account/passkeys/remove"


@pytest.fixture(autouse=True)
def _put_back(world: World) -> Iterator[None]:
    with put_back(world):
        yield


def test_of_two_first_factors_at_once_one_is_added(world: World, monkeypatch: pytest.MonkeyPatch):
    owner, thief = demanding(world), demanding(world)
    pages = []
    for one in (owner, thief):
        one.sign_in(CHAIR)
        pages.append(one.get(SET_UP))
    (first, second) = ({**one.hidden, "code": code_of(secret_on(one))} for one in pages)
    begun = first_factor.begun_by

    def meanwhile(door: AccountsDoor, carried: str) -> UUID:
        person_id = begun(door, carried)
        monkeypatch.undo()
        assert owner.post(SET_UP, first).status == 303
        return person_id

    monkeypatch.setattr(first_factor, "_begun", meanwhile)
    assert thief.post(SET_UP, second).where == "/sign-in"
    assert owner.get("/cases").status == 200
    assert thief.get("/cases").status == 303


def test_of_two_removals_at_once_one_leaves_the_last_factor(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    here, _ = set_up(world)
    there = demanding(world)
    there.cookies = dict(here.cookies)
    run(
        world,
        "insert into passkeys (id, person_id, credential_id, public_key, sign_count, device)"
        " select gen_random_uuid(), person_id, 'ours', 'ours', 0, 'a telephone' from code_apps",
    )
    ((which,),) = run(world, "select id::text from passkeys")
    form = {"csrf": here.get("/account").hidden["csrf"]}
    keeps, later = own_factors._must_keep_one, list[Future[Answer]]()

    with ThreadPoolExecutor(1) as browser:

        def meanwhile(door: AccountsDoor, left: int) -> None:
            monkeypatch.undo()
            later.append(browser.submit(there.post, PASSKEY, {**form, "which": which}))
            until_it_waits(world, later[0])
            keeps(door, left)

        monkeypatch.setattr(own_factors, "_must_keep_one", meanwhile)
        assert here.post(APP, form).where == "/account"
        refused = later[0].result()
    assert refused.status == 422
    assert "Add another second factor before you remove the last one" in refused.text
    left = "select (select count(*) from code_apps), (select count(*) from passkeys)"
    assert run(world, left) == [(0, 1)]


def until_it_waits(world: World, other: Future[Answer]) -> None:
    """Return once the other change waits for a lock, or has been made without one."""
    waiting = "select 1 from pg_locks where locktype = 'advisory' and not granted"
    ends = monotonic() + 60
    while not other.done() and not run(world, waiting):
        assert monotonic() < ends, "the other change is not made"
        sleep(0.05)
