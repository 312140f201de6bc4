"""The pages of a policy: its versions, and the agencies that have adopted the one in force."""

import pytest

from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Visitor

ADOPTION = "/policy/adoption"
SAID = {
    "adopted_on-day": "15",
    "adopted_on-month": "12",
    "adopted_on-year": "2025",
    "decided_by": "A. Example, chief executive",
}


@pytest.fixture
def lead(world: World) -> Visitor:
    return world.person("hospital", place=2)


def adopt(lead: Visitor, **said: str):
    return lead.post(ADOPTION, lead.get(ADOPTION).hidden | SAID | said)


def test_an_agency_is_asked_adopts_and_the_manager_sees_who_has_not(world: World, lead):
    """GOV-01: the adoption is asked for on the first page and on the policy."""
    assert "has not adopted" in lead.get("/").text
    future = adopt(lead, **{"adopted_on-year": "2027"})
    assert future.status == 422
    assert "not in the future" in future.beside("adopted_on")
    stale = lead.get(ADOPTION).hidden | SAID | {"version": "7"}
    assert lead.post(ADOPTION, stale).status in {409, 422}
    assert adopt(lead).where == "/policy"
    assert "has not adopted" not in lead.get("/").text
    assert adopt(lead).status == 409
    text = world.person("manager", place=2).get("/policy").text
    assert "Adopted on Monday 15 December 2025, decided by A. Example, chief executive" in text
    assert "Not yet" in text


def test_every_version_stays_readable_and_what_is_none_is_not_found(world: World):
    """GOV-04: the version history, with the one of the founding."""
    manager = world.person("manager")
    page = manager.get("/policy")
    assert "As the partnership was founded." in page.text
    assert "/policy/versions/1" in {link["href"] for link in page.page.select("main a")}
    assert "In force." in manager.get("/policy/versions/1").text
    for wrong in ("2", "0", "01", "one", "1.0", "99999999"):
        assert manager.get(f"/policy/versions/{wrong}").status == 404, wrong


def test_only_a_person_of_an_agency_adopts(world: World):
    assert world.person("manager").get(ADOPTION).status == 403


def test_each_published_procedure_has_a_page_that_says_what_a_policy_cannot(world: World):
    """5A: what is said, what is not and why; one that there is not is not found."""
    manager = world.person("manager")
    assert "/policy/examples" in {link["href"] for link in manager.get("/policy").page.select("a")}
    links = [link["href"] for link in manager.get("/policy/examples").page.select("main li a")]
    assert len(links) == 6
    told = {link.rpartition("/")[2]: manager.get(link).text for link in links}
    assert "The older flowchart sends the agencies' summary on working day 16." in told["devon"]
    assert "or 5 working days after the incident if sooner" in told["devon"]
    assert "Executive huddle" in told["devon"]
    assert "The local authority alone decides to notify." in told["south-tyneside"]
    assert all("What a policy cannot say, and why" in one for one in told.values())
    assert manager.get("/policy/examples/atlantis").status == 404


PROPOSED = {
    "reason": "The partners wish to hear sooner.",
    "agreed": "The executive, 1 December 2026",
    "version": "2027-01",
    "k8": "1",
    "effective_on-day": "1",
    "effective_on-month": "1",
    "effective_on-year": "2040",
}

ATTACHED = {"ways-0-documents": "rapid_review", "ways-0-usual": "attached"}
WARNED = {"warnings-0-clock": "K1", "warnings-0-day": "2"}


def propose(who: Visitor, **said: str):
    """Propose a version by the form as it opens, without what was typed into it before."""
    discard_typed(who)
    return who.post("/policy/propose", as_it_opens(who.get("/policy/propose")) | PROPOSED | said)


def discard_typed(who: Visitor) -> None:
    """Discard what stands in the form from before, if anything does."""
    discard = who.get("/policy/propose").page.select_one('form[action$="keep=discard"]')
    if discard is not None:
        hidden = {one["name"]: one["value"] for one in discard.select("input")}
        assert who.post(discard["action"], hidden).status == 303


def as_it_opens(answer) -> dict[str, str]:
    """Return what stands in the form, with what is chosen in it."""
    form = answer.page.select("main form[method=post]")[-1]
    fields = {
        one["name"]: one.get("value", "")
        for one in form.select("input")
        if one.get("type") not in {"radio", "checkbox"} or one.has_attr("checked")
    }
    fields |= {one["name"]: one.get_text().removeprefix("\n") for one in form.select("textarea")}
    for one in form.select("select"):
        chosen = one.select_one("option[selected]")
        fields[one["name"]] = chosen["value"] if chosen else ""
    return fields


def test_a_policy_is_written_compared_tried_and_applied_by_another_person(world: World):
    """5A, GOV-04: two people, in plain words, with the open cases on which it was tried."""
    manager, partner = world.person("manager"), world.person("administrator")
    loose = propose(manager, k10="16")
    assert loose.status in {409, 422}
    assert "fixed nationally" in loose.text
    past = propose(manager, **{"effective_on-year": "2020"})
    assert "in the past" in past.beside("effective_on")
    assert propose(manager, **WARNED).where == "/policy/proposal"
    told = manager.get("/policy/proposal")
    for said in ("1 working day instead of", "people are warned on working day 2"):
        assert said in told.text
    assert "open case" in told.text
    assert "You proposed it: another person applies it." in told.text
    assert propose(manager).status == 409
    form = partner.get("/policy/proposal")
    posted = form.hidden | {"is_approved": "no"}
    address = form.page.select_one("main form")["action"]
    assert "Say why not" in partner.post(address, posted).beside("reasons")
    done = partner.post(address, partner.get("/policy/proposal").hidden | {"is_approved": "yes"})
    assert done.where == "/policy"
    assert "Holds from Sunday 1 January 2040" in manager.get("/policy").text
    to_come = manager.get(f"/policy/versions/{address.rpartition('/')[2]}").text
    assert "Holds from Sunday 1 January 2040, applied by" in to_come
    assert manager.get("/policy/proposal").status == 404
    assert partner.post(address, posted).status == 409  # who decided is told
    assert world.person("hospital").get("/policy/propose").status == 403


def test_a_way_that_is_not_allowed_is_refused_beside_its_answer(world: World):
    """5A: which document may leave in which way is national, and a policy only narrows it."""
    attached = propose(world.person("manager"), **ATTACHED)
    assert "may not be sent attached" in attached.beside("ways-0-usual")


def test_a_proposal_begins_with_a_published_procedure_if_one_is_chosen(world: World):
    discard_typed(world.person("manager"))
    page = world.person("manager").get("/policy/propose?begin=devon")
    assert "Executive huddle" in page.text or "Executive huddle" in str(page.page)
    assert world.person("manager").get("/policy/propose?begin=none").status == 200
    assert page.hidden["begin"] == "devon"


def test_its_own_words_stand_on_its_pages_and_on_nobody_elses(world: World):
    """E-10, 5A: asked for in plain words, bounded, compared, and said once they are in force."""
    manager, partner = world.person("manager", place=2), world.person("administrator", place=2)
    today = {"effective_on-day": "2", "effective_on-month": "2", "effective_on-year": "2026"}
    wrong = propose(manager, **today, **{"own_words-0-word": "<b>Ring</b>"})
    assert wrong.status == 422
    assert "letters and figures" in wrong.beside("own_words")
    assert propose(manager, **today, **{"own_words-0-word": "Ring"}).where == "/policy/proposal"
    told = manager.get("/policy/proposal").text
    assert "“Ring” instead of “review group”: the group that oversees reviews" in told
    form = partner.get("/policy/proposal")
    address = form.page.select_one("main form")["action"]
    assert partner.post(address, form.hidden | {"is_approved": "yes"}).where == "/policy"
    refer(manager)
    assert "When the Ring looked at them" in manager.get("/trends").text
    assert "review group" not in manager.get("/trends").text
    assert "When the review group looked at them" in world.person("manager").get("/trends").text
    asked = manager.get("/policy/propose")
    assert as_it_opens(asked)["own_words-0-word"] == "Ring"
    assert "Does only the chair of the Ring chair the meeting" in asked.text


def test_a_test_of_its_own_stands_beside_a_referral_and_is_answered_without_a_gate(world: World):
    """5A: written on the form, compared, shown where one refers, and never where it is decided."""
    manager, partner = world.person("manager", place=1), world.person("administrator", place=1)
    point = {"text": "All can learn from it.", "kind": "point", "beside": "referral"}
    said = {f"guides-0-{name}": told for name, told in point.items()}
    said |= {"effective_on-day": "2", "effective_on-month": "2", "effective_on-year": "2026"}
    twice = {name.replace("-0-", "-1-"): told for name, told in said.items()}
    assert "stands there twice" in propose(manager, **(said | twice)).beside("guides")
    assert propose(manager, **said).where == "/policy/proposal"
    assert "is added: “All can learn from it.”" in manager.get("/policy/proposal").text
    form = partner.get("/policy/proposal")
    address = form.page.select_one("main form")["action"]
    assert partner.post(address, form.hidden | {"is_approved": "yes"}).where == "/policy"
    assert "Tests and steers of our own" in manager.get("/policy").text
    assert as_it_opens(manager.get("/policy/propose"))["guides-0-text"] == "All can learn from it."
    case = refer(manager)
    assert "All can learn from it." in manager.get("/refer").text
    asked = manager.get(f"{case}/test-of-our-own")
    assert "Nothing waits for them." in asked.text
    told = as_it_opens(asked) | {"answers-0-answer": "no"}
    assert manager.post(f"{case}/test-of-our-own", told).where.startswith(case)
    assert "All can learn from it." in manager.get(f"{case}/timeline").text
