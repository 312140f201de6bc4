"""Declaring an interest, its decision, and the agreement that was agreed to, in a browser."""

from services.domain.confidentiality import IN_FORCE
from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Visitor

WHAT = "The father is a colleague of mine."
DECIDED = {
    "takes_part": "yes",
    "reasons": "The colleague works in another force area.",
    "managed": "Another officer of the force signs what concerns the father.",
    "decided_by": "The chief constable",
}


def declares(world: World, case: str) -> Visitor:
    """The partner of the integrated care board, to whom their interest closes the case."""
    partner = world.person("icb")
    partner.declares = False
    where = partner.get(case).where
    asked = partner.get(where).text
    assert all(point in asked for point in IN_FORCE.points)
    partner.declare(where, has_conflict="yes", particulars=WHAT)
    assert partner.get(case).status == 403
    return partner


def test_an_interest_is_declared_decided_and_managed_on_pages(world: World):
    """G7, LC-01: what was declared is read where it is decided; who is let in reads it again."""
    manager = world.person("manager")
    case = refer(manager)
    partner, decision = declares(world, case), f"{case}/declaration/decision"
    form = manager.get(decision)
    for words in (WHAT, "they answer to", "Who decides: the lead of their own organisation"):
        assert words in form.text
    said = DECIDED | {"person": form.page.select_one("input[name=person]")["value"]}
    assert (
        "Enter how the interest is managed." in manager.send(decision, said | {"managed": ""}).text
    )
    done = manager.send(decision, said)
    assert done.status == 303, done.problems
    read = partner.get(f"{case}/declaration/agreed")
    for words in (WHAT, DECIDED["managed"], "version 1 of the agreement", *IN_FORCE.points):
        assert words in read.text


def test_an_interest_that_arises_is_declared_from_the_case_and_read_where_it_is_decided(world):
    """LC-01, G7: whoever reads the case declares it; the case is closed to them from then on."""
    manager, chair = world.person("manager"), world.person("chair")
    case = refer(manager)
    link = manager.get(case).page.select_one(f"a[href='{case}/declaration/arisen']")
    assert "decide again" in manager.get(link["href"]).text
    done = manager.send(link["href"], {"particulars": "An aunt has come to work with me."})
    assert (done.status, done.where) == (303, "/"), done.problems
    assert manager.get(case).status == 403
    decision = chair.get(f"{case}/declaration/decision")
    for words in ("An aunt has come to work with me.", "told by email"):
        assert words in decision.text
    person = decision.page.select_one("input[name=person]")["value"]
    let_in = chair.send(f"{case}/declaration/decision", DECIDED | {"person": person})
    assert let_in.status == 303, let_in.problems
    assert manager.get(case).status == 200


def test_home_says_for_whom_nobody_can_act_until_it_is_decided(world: World):
    """G7, GOV-12: who reads every case is told that a seat has nobody left on it."""
    manager, chair = world.person("manager"), world.person("chair")
    case = refer(manager)
    declares(world, case)
    assert chair.get(case).status == 200
    told = chair.get("/").page.select_one("#unfilled")
    assert "Nobody can act for integrated care board" in told.text
    person = manager.get(f"{case}/declaration/decision").page.select_one("input[name=person]")
    said = DECIDED | {"person": person["value"]}
    assert manager.send(f"{case}/declaration/decision", said).status == 303
    assert chair.get("/").page.select_one("#unfilled") is None


def test_who_declared_none_reads_the_agreement_again(world: World):
    """LC-01: the text stays readable, on the day on which it was agreed to."""
    manager = world.person("manager")
    case = refer(manager)
    link = manager.get(case).page.select_one(f"a[href='{case}/declaration/agreed']")
    read = manager.get(link["href"]).text
    assert "no conflict of interest in this case" in read
    assert all(point in read for point in IN_FORCE.points)
