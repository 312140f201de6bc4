"""A filled Word form is brought in and checked field by field before anything is sent (Doc 2)."""

import pytest
from docx.document import Document as Page
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from services.casework.steps.scoping.return_from_word import blank_forms_of
from services.database.partnerships import lock_partnership
from services.domain.roles import Role
from tests.driven import Driven
from tests.filled_in import blank_form, changed, family_in, filled, room_for
from tests.web.bringing_in import (
    FAMILY,
    READ,
    ROWS,
    SAID,
    asked_of_two,
    bring,
    headings,
    returns_of,
    standing,
    under,
)
from tests.web.collections_sent import Place
from tests.web.visitors import Visitor
from tests.world import HOSPITAL


@pytest.fixture
def case(ready_by) -> Driven:
    return ready_by(asked_of_two)


@pytest.fixture
def place(case) -> Place:
    return Place(case.world, when="2025-12-17")


@pytest.fixture
def lead(place) -> Visitor:
    return place.person(Role.AGENCY_LEAD, HOSPITAL)


@pytest.fixture
def form(case) -> str:
    return f"/cases/{case.case_id}/scoping/return"


def test_each_answer_of_a_filled_form_stands_in_the_form_and_nothing_is_recorded(case, lead, form):
    """RR-40, Doc 2: the paper and the page ask the same; what was filled in is read there first."""
    assert lead.get(form).page.select_one("#filled-form") is not None
    brought = bring(lead, form, filled(blank_form(case), SAID, ROWS))
    assert (brought.status, brought.where) == (303, form), brought.problems
    page = lead.get(form)
    typed = standing(page)
    assert {name: typed.get(name) for name in READ} == READ
    assert {name: typed.get(f"family-{name}") for name in FAMILY} == FAMILY
    assert headings(page) == ["Not answered in the file", "Brought in"]
    assert "Gran Example: From when" in under(page, "Brought in")
    assert "Other agencies that you know to be involved" in under(page, "Not answered in the file")
    assert returns_of(case) == 0
    sent = lead.post(form, typed)
    assert sent.status == 303, sent.problems
    assert returns_of(case) == 1
    assert "brought-in" not in lead.get(f"/cases/{case.case_id}/scoping/correction").response.text


def test_a_form_is_compared_also_under_a_policy_with_a_word_that_is_retired(case):
    """Doc 2: a policy that was kept long ago may say what no policy says any more."""
    with case.world.act(Role.BUSINESS_MANAGER, "2025-12-17") as work:
        partnership = lock_partnership(work.session)
        partnership.policy = {**partnership.policy, "labels": {}}
        work.session.add(partnership)
        assert blank_forms_of(work, case.row(), str(case.agency())).made


def test_what_is_no_answer_is_told_with_its_words_until_it_is_answered(case, lead, form):
    """A yes or no that is neither, a day that is none, a text too long: the person answers."""
    said = {
        **SAID,
        "holds_records": "maybe some",
        "secured_at": "since Monday",
        "representative": "x" * 201,
        "key_events": "",
    }
    rows = ({"involved": "to be checked"}, *ROWS[1:])
    assert bring(lead, form, filled(blank_form(case), said, rows)).status == 303
    page = lead.get(form)
    mended = under(page, "To be answered or put right by you")
    for words in ("maybe some", "since Monday", "It has 201 now", "to be checked"):
        assert sum(words in line for line in mended) == 1, words
    assert len(mended) == 4
    typed = standing(page)
    assert "holds_records" not in typed
    assert typed["representative"] == "x" * 201
    assert any(one.startswith("Key events") for one in under(page, "Not answered in the file"))
    answered = {**typed, "holds_records": "yes", "representative": "Head"}
    saved = lead.post(f"/cases/{case.case_id}/drafts/submit_return", answered)
    assert saved.status == 303
    left = under(lead.get(form), "To be answered or put right by you")
    assert not any("maybe" in line or "201" in line for line in left)
    refused = lead.post(form, standing(lead.get(form)))
    assert refused.status == 422
    assert not any("Monday" in one or "checked" in one for one in refused.problems)
    assert "since Monday" in str(under(refused, "To be answered or put right by you"))


def test_what_was_typed_before_stays_and_both_texts_are_shown(case, lead, form):
    """Nothing that stands in the form is overwritten; the same words are no difference."""
    begun = {**lead.get(form).hidden, "current": "Typed here.", "key_events": SAID["key_events"]}
    begun |= {"involved": "no", "family-0-name": "robin  EXAMPLE", "family-0-since": "2018"}
    draft = f"/cases/{case.case_id}/drafts/submit_return"
    assert lead.post(draft, begun, accept="text/plain").status == 200
    assert bring(lead, form, filled(blank_form(case), SAID, ROWS)).status == 303
    page = lead.get(form)
    typed = standing(page)
    assert (typed["current"], typed["involved"]) == ("Typed here.", "no")
    assert (typed["family-0-since"], typed["family-0-involved"]) == ("2018", "yes")
    otherwise = "".join(under(page, "Answered otherwise in the file"))
    for words in (SAID["current"], "Yes", "2019"):
        assert words in otherwise
    assert SAID["key_events"] not in otherwise
    assert typed["risk"] == SAID["risk"]
    again = bring(lead, form, filled(blank_form(case), SAID, ROWS))
    assert again.status == 303
    assert standing(lead.get(form))["family-2-name"] == "Gran Example"
    assert "family-3-name" not in typed or not standing(lead.get(form))["family-3-name"]


def test_an_older_or_changed_form_says_what_was_not_found_and_loses_no_words(case, lead, form):
    """A question whose words are others is not guessed at: it is named, and its answer is shown."""

    def tamper(page: Page) -> None:
        room_for(page, "risk")._tc.getparent().getparent().xpath("./w:tr[1]//w:t")[0].text = "Safe?"
        family = family_in(page)._tbl
        family.getparent().remove(family)
        page.add_paragraph("Please ring me about the dates.")
        cell = room_for(page, "learning")
        cell.text = ""
        inner = cell.add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "Ask", "the father"
        page.element.body.remove(
            room_for(page, "current")._tc.xpath("ancestor::w:tbl")[0].getnext()
        )

    content = changed(filled(blank_form(case), SAID), tamper)
    assert bring(lead, form, content).status == 303
    page = lead.get(form)
    missing = under(page, "Not found in the file")
    assert any(one.startswith("Is any child at risk now?") for one in missing)
    assert any(one.startswith("With whom was your agency involved") for one in missing)
    beside = under(page, "Written beside the questions")
    for words in (SAID["risk"], "Safe?", "Please ring me about the dates."):
        assert any(words in one for one in beside), words
    typed = standing(page)
    assert typed["learning"] == "Ask\nthe father"
    assert (typed["current"], typed["practitioner_roles"]) == (
        READ["current"],
        READ["practitioner_roles"],
    )


def test_suggested_changes_are_read_as_taken(case, lead, form):
    """What was struck out in Word is not brought in, and its end of paragraph neither."""

    def suggest(page: Page) -> None:
        cell = room_for(page, "key_events")
        for part in (_STRUCK, _TAKEN):
            cell._tc.append(parse_xml(part.format(ns=nsdecls("w"))))

    assert bring(lead, form, changed(filled(blank_form(case), SAID), suggest)).status == 303
    assert standing(lead.get(form))["key_events"] == "12 March: seen.\nSeen twice.\nAnd once."


_STRUCK = (
    '<w:p {ns}><w:pPr><w:rPr><w:del w:id="9" w:author="A"/></w:rPr></w:pPr>'
    '<w:r><w:t xml:space="preserve">Seen </w:t></w:r>'
    '<w:del w:id="1" w:author="A"><w:r><w:delText>never</w:delText><w:br/></w:r></w:del></w:p>'
)
_TAKEN = (
    '<w:p {ns}><w:ins w:id="2" w:author="A"><w:r><w:t>twice.</w:t><w:br/>'
    "<w:t>And once.</w:t></w:r></w:ins>"
    '<w:moveFrom w:id="3" w:author="A"><w:r><w:t>moved away</w:t></w:r></w:moveFrom></w:p>'
)
