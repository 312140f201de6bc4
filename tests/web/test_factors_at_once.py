"""Second factors that are changed twice at once: one change waits for the other, and sees it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest
from sqlalchemy import text

from tests.web.accounts import code_of, demanding, put_back, run, secret_on
from tests.web.conftest import World
from tests.web.test_second_factor import CHAIR, SET_UP, set_up
from tests.web.visitors import Answer, Visitor

APP, PASSKEY = "/account/app/remove", "/account/passkeys/remove"
Sent = tuple[Visitor, str, dict[str, str]]


@pytest.fixture(autouse=True)
def _put_back(world: World) -> Iterator[None]:
    with put_back(world):
        yield


def test_of_two_first_factors_at_once_one_is_added(world: World):
    both = demanding(world), demanding(world)
    sent = []
    for one in both:
        one.sign_in(CHAIR)
        page = one.get(SET_UP)
        sent.append((one, SET_UP, {**page.hidden, "code": code_of(secret_on(page))}))
    added, refused = at_once(world, *sent)
    assert (added.where, refused.where) == ("/account/recovery-codes", "/sign-in")
    assert [one.get("/cases").status for one in both] == [200, 303]


def test_of_two_removals_at_once_one_leaves_the_last_factor(world: World):
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
    done, refused = at_once(world, (here, APP, form), (there, PASSKEY, {**form, "which": which}))
    assert (done.where, refused.status) == ("/account", 422)
    assert "Add another second factor before you remove the last one" in refused.text
    left = "select (select count(*) from code_apps), (select count(*) from passkeys)"
    assert run(world, left) == [(0, 1)]


def at_once(world: World, first: Sent, second: Sent) -> tuple[Answer, Answer]:
    """Post the second form while the first has looked at what there is, and has kept nothing."""
    with ThreadPoolExecutor(2) as browsers:
        with world.admin.begin() as link:
            link.execute(text("lock table account_notices in share mode"))
            posted = []
            for visitor, path, form in (first, second):
                posted.append(browsers.submit(visitor.post, path, form))
                until_so_many_wait(world, len(posted))
        return posted[0].result(), posted[1].result()


def until_so_many_wait(world: World, many: int) -> None:
    """Return once so many connections to the database wait for a lock."""
    waiting = (
        "select count(distinct pid) from pg_locks where not granted"
        " and pid in (select pid from pg_stat_activity where datname = current_database())"
    )
    ends = monotonic() + 60
    while run(world, waiting) != [(many,)]:
        assert monotonic() < ends, "it is done without waiting"
        sleep(0.05)
