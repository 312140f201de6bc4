"""The form of the record asks about what it should not hold, beside each question."""

import pytest

from services.casework.steps.rapid_review import rapid_review, record_writing
from services.domain.roles import Role, Seat
from services.domain.workflow import Stage
from tests import factories as say
from tests.bad_input.stage import PASSWORD
from tests.driven import Driven
from tests.web.collections_sent import Place
from tests.web.visitors import Visitor

CHAIR, WHEN = Role.REVIEW_GROUP_CHAIR, "2026-01-02"
ATTACHED = "It is in the <attached> chronology, and the attached report."


@pytest.fixture
def met(case_at) -> Driven:
    """A case whose rapid review meeting was held."""
    return case_at(Stage.RAPID_REVIEW, Driven.meet)


def test_what_is_found_stands_beside_its_question_and_is_kept_with_a_reason(met):
    """RR-26, RR-27, G4: the sentence is shown, the form opens with the record, its length is told.

    A form that was refused shows what is wrong and nothing more.
    """
    place = Place(met.world, when=WHEN)
    chair, case = place.person(CHAIR), f"/cases/{met.case_id}"
    form, kept = f"{case}/rapid-review/record", f"{case}/rapid-review/kept"
    assert "words, about" not in chair.get(form).text
    said = say.write_record(facts=ATTACHED).model_dump()
    refused = chair.send(form, {**said, "child": ""})
    assert (refused.status, refused.page.select_one("#facts-remarks")) == (422, None)
    assert chair.send(form, said).status == 303
    assert chair.get(case).page.select_one(f'a[href="{kept}"]') is not None
    page = chair.get(form).page
    remark = page.select_one("#facts-remarks")
    assert f"“{ATTACHED}”" in remark.text
    assert "(RR-26)" not in remark.text
    described = page.select_one("textarea[name=facts]")["aria-describedby"].split()
    assert "facts-remarks" in described
    assert page.select_one("#health-remarks") is None
    assert "The record has 80 words, about 1 page of A4." in page.text
    offered = chair.get(kept).page
    assert f"“{ATTACHED}”" in offered.text
    passage = offered.select_one("input[name=passage]")["value"]
    assert chair.send(kept, {"passage": passage, "reasons": "It is in the text."}).status == 303
    assert "the reason is on record" in chair.get(form).page.select_one("#facts-remarks").text


def test_who_decides_and_who_signs_see_how_long_it_is_and_why_something_is_kept(met):
    """RR-24, RR-27, RR-30: on the page where it is decided, with the record that is signed."""
    place = Place(met.world, when=WHEN)
    chair, case = place.person(CHAIR), f"/cases/{met.case_id}"
    said = say.write_record(family="A referral was made on 3 March 2019.")
    met.do(record_writing.write_record, said, CHAIR, WHEN)
    kept = f"{case}/rapid-review/kept"
    passage = chair.get(kept).page.select_one("input[name=passage]")["value"]
    reason = "The same signs were missed then."
    assert chair.send(kept, {"passage": passage, "reasons": reason}).status == 303
    met.do(rapid_review.answer_criteria, say.answer_criteria(), CHAIR, WHEN)
    assert "about 1 page of A4" in chair.get(f"{case}/rapid-review/decision").page.text
    met.do(rapid_review.propose_decision, say.propose_decision(), CHAIR, WHEN)
    partner, seat = Visitor(place.app), Seat.LOCAL_AUTHORITY
    email = met.world.ours.email(Role.SAFEGUARDING_PARTNER, seat)
    assert partner.sign_in(email, PASSWORD).status == 303
    page = partner.get(f"{case}/sign-off/rapid-review").page
    assert "about 1 page of A4" in page.text
    assert reason in page.text


def test_names_of_people_who_work_with_the_family_are_a_question_that_holds_nothing(met):
    """LC-34 asks it of reports, and nothing asks it of the rapid review."""
    place = Place(met.world, when=WHEN)
    chair, case = place.person(CHAIR), f"/cases/{met.case_id}"
    met.do(record_writing.write_record, say.write_record(facts="DC Grey came."), CHAIR, WHEN)
    remark = chair.get(f"{case}/rapid-review/record").page.select_one("#facts-remarks")
    assert "“DC Grey came.”" in remark.text
    assert chair.get(case).page.select_one(f'a[href="{case}/rapid-review/kept"]') is None
