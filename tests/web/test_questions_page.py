"""Questions on a case at the pages: asked, answered beside the thing, reminded of, withdrawn."""

import pytest

from services.domain.roles import Role, Seat
from services.domain.workflow import Stage
from tests.driven import Driven
from tests.web.collections_sent import Place
from tests.world import HOSPITAL, SCHOOL

SAID, ANSWERED = "Was the ward told of the meeting?", "Yes, by telephone."
MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR


@pytest.fixture
def case(case_at) -> Driven:
    made: Driven = case_at(Stage.RAPID_REVIEW)
    return made


@pytest.fixture
def place(case) -> Place:
    return Place(case.world, when="2025-12-17")


def ask(case: Driven, place: Place, whom: object, who: Role = CHAIR, of: str = "") -> None:
    path = f"/cases/{case.case_id}/questions/ask"
    asker = place.person(who)
    form = asker.get(f"{path}?of={of}" if of else path)
    about = form.page.select_one("select[name=about] option[selected]")
    said = {"whom": str(whom), "question": SAID, "about": about["value"] if about else ""}
    answer = asker.post(path, {**form.hidden, **said})
    assert answer.where == f"/cases/{case.case_id}?done=ask_question", answer.problems


def test_an_agency_answers_from_its_own_page_and_the_answer_stands_beside_the_question(case, place):
    where = f"/cases/{case.case_id}"
    ask(case, place, case.agency(HOSPITAL))
    hospital = place.person(Role.AGENCY_LEAD, HOSPITAL)
    assert "Answer a question" in hospital.get("/").text
    assert SAID in hospital.get(f"{where}/questions").text
    (way,) = hospital.get(f"{where}/questions").page.select(
        f'.govuk-summary-card a[href^="{where}/questions/answer"]'
    )
    form = hospital.get(way["href"])
    assert SAID in form.text
    chosen = form.page.select_one("input[name=question]")["value"]
    said = {"question": chosen, "answer": ANSWERED}
    answer = hospital.post(f"{where}/questions/answer", {**form.hidden, **said})
    assert answer.where == f"{where}?done=answer_question", answer.problems
    for who in (place.person(CHAIR), place.manager(), hospital):
        shown = who.get(f"{where}/questions").text
        assert SAID in shown
        assert ANSWERED in shown
    school = place.person(Role.AGENCY_LEAD, SCHOOL).get(f"{where}/questions")
    assert SAID not in school.text
    assert "Nothing is asked of you" in school.text
    member = place.person(Role.REVIEW_GROUP_MEMBER).get(f"{where}/questions").text
    assert ANSWERED not in member
    assert "for those who read of the child and the family" in member


def test_who_asked_is_led_to_remind_from_what_waits_on_others(case, place):
    where = f"/cases/{case.case_id}"
    police = case.world.ours.actor(Role.SAFEGUARDING_PARTNER, Seat.POLICE)
    ask(case, place, police.person_id)
    chair = place.person(CHAIR)
    for page in ("/", where):
        ways = chair.get(page).page.select(f'a[href^="{where}/questions/remind?of="]')
        assert len(ways) == 1, page
    form = chair.get(ways[0]["href"])
    chosen = form.page.select_one("input[name=question]")["value"]
    sent = chair.post(f"{where}/questions/remind", {**form.hidden, "question": chosen})
    assert sent.status == 303, sent.problems
    assert "Reminded on" in chair.get(f"{where}/questions").text
    assert not place.manager().get(where).page.select(f'a[href^="{where}/questions/remind"]')


def test_a_question_about_a_return_stands_beside_it(case, place):
    where, hospital = f"/cases/{case.case_id}", case.agency(HOSPITAL)
    page = place.manager().get(f"{where}/agencies/{hospital}/return")
    (way,) = page.page.select(f'a[href^="{where}/questions/ask?of="]')
    ask(case, place, hospital, MANAGER, way["href"].partition("of=")[2])
    beside = place.manager().get(f"{where}/agencies/{hospital}/return").page
    assert SAID in beside.select_one("#questions ~ .govuk-summary-card").get_text()
    own = place.person(Role.AGENCY_LEAD, HOSPITAL).get(f"{where}/agencies/{hospital}/return")
    assert SAID in own.text
