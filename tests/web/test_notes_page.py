"""The notes and calls of a case on their page: who reads them, how they are corrected."""

import pytest

from services.casework.steps.notes.notes import keep_note
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import note_factories as say
from tests.driven import Driven
from tests.web.collections_sent import Place
from tests.world import HOSPITAL

SAID = "The ward says that she sleeps."


@pytest.fixture
def case(case_at) -> Driven:
    made: Driven = case_at(Stage.RAPID_REVIEW)
    kept = say.keep_note(words=SAID, section="meeting")
    made.do(keep_note, kept, Role.REVIEW_GROUP_CHAIR, "2025-12-16 11:00")
    return made


@pytest.fixture
def place(case) -> Place:
    return Place(case.world, when="2025-12-17")


def test_who_reads_of_the_family_reads_the_words_and_nobody_else(case, place):
    path = f"/cases/{case.case_id}/notes"
    assert SAID in place.manager().get(path).text
    assert SAID in place.person(Role.NOTIFIER).get(path).text
    for who in (Role.REVIEW_GROUP_MEMBER, Role.INDEPENDENT_SCRUTINEER):
        shown = place.person(who).get(path)
        assert SAID not in shown.text
        assert "for those who read of the child and the family" in shown.text
    assert place.person(Role.AGENCY_LEAD, HOSPITAL).get(path).status in {403, 404}


def test_a_note_is_corrected_from_its_own_card_and_says_what_it_said(case, place):
    manager, path = place.manager(), f"/cases/{case.case_id}/notes"
    (way,) = manager.get(path).page.select(f'a[href^="{path}/correct"]')
    form = manager.get(way["href"])
    assert form.value("words") == SAID
    said = {"words": "The ward says that he sleeps.", "reason": "A slip.", "kind": "note"}
    note = form.page.select_one("input[name=note]")["value"]
    answer = manager.post(f"{path}/correct", {**form.hidden, **said, "note": note})
    assert answer.where == f"/cases/{case.case_id}?done=correct_note", answer.problems
    shown = manager.get(path)
    assert "The ward says that he sleeps." in shown.text
    (before,) = shown.page.select("details")
    assert SAID in before.get_text()


def test_a_call_is_kept_with_whom_and_when(case, place):
    manager, path = place.manager(), f"/cases/{case.case_id}/notes"
    said = {"kind": "call", "words": "No bed yet.", "section": "internal"}
    wrong = manager.send(f"{path}/keep", said)
    assert wrong.problems == ["Say with whom the call was, by role and organisation."]
    when = {"held_at-day": "16", "held_at-month": "12", "held_at-year": "2025"}
    whole = {**said, **when, "held_at-time": "10:00", "spoke_with": "Named nurse, the hospital"}
    assert manager.send(f"{path}/keep", whole).status == 303
    shown = manager.get(path)
    assert "Named nurse, the hospital" in shown.text
    assert "Tuesday 16 December 2025" in shown.text
