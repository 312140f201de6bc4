"""What was typed into a form stays when a file is brought in, and all of it can be sent (Doc 2)."""

import pytest
from docx.document import Document as Page

from services.casework.drafts import seal
from services.casework.provisioning import person_id_of
from services.database.drafts import DraftPlace, draft_at
from services.domain.roles import Role
from tests.driven import Driven
from tests.filled_in import blank_form, changed, filled
from tests.web.bringing_in import ROWS, SAID, asked_of_two, bring, returns_of, standing, under
from tests.web.collections_sent import Place
from tests.web.visitors import Visitor
from tests.world import HOSPITAL

QUIETLY = {"accept": "text/plain"}


@pytest.fixture
def case(ready_by) -> Driven:
    return ready_by(asked_of_two)


@pytest.fixture
def lead(case) -> Visitor:
    return Place(case.world, when="2025-12-17").person(Role.AGENCY_LEAD, HOSPITAL)


@pytest.fixture
def form(case) -> str:
    return f"/cases/{case.case_id}/scoping/return"


@pytest.fixture
def draft(case) -> str:
    return f"/cases/{case.case_id}/drafts/submit_return"


def test_what_is_typed_is_saved_before_a_file_is_brought_in(case, lead, form, draft):
    """0034, 0051: no word that was typed is lost, with a script or without."""
    page = lead.get(form)
    button = page.page.select_one("#filled-form")
    assert button["formaction"] == f"{draft}?then=word"
    assert button.find_parent("form")["action"] == form
    nothing = lead.post(button["formaction"], lead.unopened())
    assert (nothing.status, nothing.where) == (303, f"{form}/word")
    typed = {**standing(page), "current": "Typed here."}
    on = lead.post(button["formaction"], typed)
    assert (on.status, on.where) == (303, f"{form}/word")
    assert bring(lead, form, filled(blank_form(case), SAID, ROWS)).status == 303
    late = lead.post(draft, {**typed, "current": "Saved late."}, **QUIETLY)
    assert late.status == 409
    stands = standing(lead.get(form))
    assert (stands["current"], stands["risk"]) == ("Typed here.", SAID["risk"])


def test_what_is_typed_into_a_form_that_was_refused_is_saved_too(case, lead, form):
    refused = lead.post(form, {**standing(lead.get(form)), "current": "Typed here."})
    assert refused.status == 422
    button = refused.page.select_one("#filled-form")
    assert lead.post(button["formaction"], standing(refused)).where == f"{form}/word"
    assert bring(lead, form, filled(blank_form(case), SAID, ROWS)).status == 303
    assert standing(lead.get(form))["current"] == "Typed here."


def test_a_form_with_many_words_beside_its_questions_is_saved_and_sent(case, lead, form, draft):
    def write_below(page: Page) -> None:
        for number in range(1_700):
            page.add_paragraph(f"Line {number} {'y' * 150}")

    content = changed(filled(blank_form(case), SAID, ROWS), write_below)
    assert bring(lead, form, content).status == 303
    page = lead.get(form)
    (beside,) = under(page, "Written beside the questions")[1:]
    assert all(f"Line {number} " in beside for number in (0, 1_699))
    assert lead.post(draft, standing(page), **QUIETLY).status == 200
    sent = lead.post(form, standing(lead.get(form)))
    assert sent.status == 303, sent.problems
    assert returns_of(case) == 1


def test_a_file_goes_into_a_draft_of_an_older_form_and_loses_none_of_its_words(
    case, lead, form, draft
):
    """What is asked no more is no answer; its words are told for as long as the draft is kept."""
    begun = {**lead.get(form).hidden, "current": "Typed here."}
    assert lead.post(draft, begun, **QUIETLY).status == 200
    ours = case.world.ours
    person = person_id_of(ours.email(Role.AGENCY_LEAD, agency=HOSPITAL))
    place = DraftPlace(ours.partnership_id, person, "submit_return", case.case_id)
    older = {"current": ("Typed here.",), "in_short": ("No longer asked.",)}
    sealed = seal(case.world.store, place, older)
    with case.world.act(Role.AGENCY_LEAD, "2025-12-17") as work:
        found = draft_at(work.session, place)
        found.sealed, found.form_version = sealed, "before"
        work.session.add(found)
    for _ in ("once", "and again"):
        brought = bring(lead, form, filled(blank_form(case), SAID, ROWS))
        assert brought.status == 303, brought.problems
        page = lead.get(form)
        told = under(page, "Typed where the form asks nothing any more")
        assert told == ["No longer asked."]
        assert standing(page)["current"] == "Typed here."
        assert lead.post(draft, standing(page), **QUIETLY).status == 200
