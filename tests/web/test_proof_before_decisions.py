"""Before a decision a person shows again that it is them, and their form comes back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote

import pytest

from deployments.demo.partnerships import PASSWORD, PLACES, PLATFORM_ADMINISTRATOR
from services.web.app import create_app
from tests.web.accounts import put_back, run
from tests.web.conftest import World
from tests.web.referrals import be_aware, refer
from tests.web.test_people_pages import FIRST_DAY, HERE, words
from tests.web.visitors import Visitor

NOTIFIER = PLACES[0].email("notifier")
DECISION, VIEW = "notification/decision", "notification/view"
REASONS = "The child was known to two agencies."
COMES_BACK = "What you typed is kept, and comes back. A file that you chose is not"
DECIDED = {"notify": "yes", "family_told": "yes", "family_reasons": "By the social worker."}
OLD = "update web_sessions set proved_at = clock_timestamp() - interval '11 minutes'"


@pytest.fixture(autouse=True)
def _put_back(world: World) -> Iterator[None]:
    with put_back(world):
        yield
    run(world, "delete from drafts")


def strict(world: World, email: str) -> Visitor:
    """Return somebody signed in where a proof of decisions lasts ten minutes."""
    visitor = Visitor(create_app(replace(world.app.state.site, proof_lasts=timedelta(minutes=10))))
    assert visitor.sign_in(email).status == 303
    return visitor


def decisions(world: World, case: str) -> int:
    """Return how many decisions to notify are on record for the case at that address."""
    kept = "select count(*) from entries where act = 'decide_to_notify' and case_id = :case"
    ((found,),) = run(world, kept, case=case.removeprefix("/cases/"))
    return int(str(found))


def test_an_old_proof_is_asked_again_and_what_was_typed_comes_back(world: World):
    case, notifier = refer(world.person("manager")), strict(world, NOTIFIER)
    form = notifier.get(f"{case}/{DECISION}")
    run(world, OLD)
    late = notifier.post(f"{case}/{DECISION}", {**form.hidden, "reasons": REASONS, **DECIDED})
    assert late.where == f"/account/prove?next={case}/{DECISION}&typed=yes"
    assert COMES_BACK in notifier.get(late.where).text
    wrong = notifier.send(late.where, {"password": "not it"})
    assert wrong.beside("password") == "The password is not right"
    assert COMES_BACK in wrong.text
    proved = notifier.send(late.where, {"password": PASSWORD})
    assert proved.where == f"{case}/{DECISION}"
    again = notifier.get(proved.where)
    assert again.value("reasons") == REASONS
    assert decisions(world, case) == 0


def test_where_nothing_was_kept_the_page_does_not_say_so(world: World):
    notifier = strict(world, NOTIFIER)
    run(world, OLD.replace("11", "16"))
    led = notifier.post("/account/app/remove", notifier.unopened()).where
    assert led == "/account/prove?next=/account"
    assert COMES_BACK not in notifier.get(led).text


def test_where_none_is_asked_the_decision_is_taken_at_once(world: World):
    case, notifier = refer(world.person("manager")), world.person("notifier")
    be_aware(notifier, case)
    run(world, OLD)
    done = notifier.send(f"{case}/{DECISION}", {"reasons": REASONS, **DECIDED})
    assert done.where == f"{case}?done=decide_to_notify"
    assert decisions(world, case) == 1


def test_what_decides_nothing_asks_for_no_new_proof(world: World):
    case, council = refer(world.person("manager")), strict(world, PLACES[0].email("council"))
    run(world, OLD)
    said = {"position": "agrees", "reasons": REASONS}
    assert council.send(f"{case}/{VIEW}", said).where == f"{case}?done=give_view"


@pytest.mark.parametrize("who", ["administrator", "platform"])
def test_acts_on_who_holds_which_role_ask_for_one(world: World, who: str):
    platform, place = who == "platform", PLACES[0]
    person = strict(world, PLATFORM_ADMINISTRATOR.email if platform else place.email(who))
    there = f"/administration/partnerships/{place.partnership_id}/people" if platform else HERE
    said = words()
    form = person.get(f"{there}/appoint")
    run(world, OLD)
    late = person.post(f"{there}/appoint", {**form.hidden, **said})
    assert unquote(late.where) == f"/account/prove?next={there}/appoint?kept=yes&typed=yes"
    kept = "select count(*) from appointments where address = :address"
    assert run(world, kept, address=said["address"]) == [(0,)]
    again = person.get(person.send(late.where, {"password": PASSWORD}).where)
    typed = ("address", "name", "reasons", *FIRST_DAY)
    assert [again.value(one) for one in typed] == [said[one] for one in typed]
    action = again.page.select("main form")[-1]["action"]
    assert person.post(action, {**again.hidden, **said}).where == there
    assert run(world, "select * from drafts") == []
