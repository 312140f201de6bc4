"""The page on which the words of a letter are put right before it is sent."""

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine

from services.database.migrations.roles import SIGN_IN
from services.domain.dispatches import DispatchState
from services.domain.roles import Role
from tests.collecting import MONDAY, newest, signed_for_p7
from tests.driven import Driven
from tests.sent_out import make_papers
from tests.servers import app_engine_on, sibling
from tests.web.collections_sent import Place
from tests.world import make_world


@pytest.fixture
def place(platform_postgres) -> Iterator[Place]:
    made = platform_postgres.make_migrated()
    engine = app_engine_on(made.app_url)
    admin, door = create_engine(made.admin_url), sibling(engine, SIGN_IN)
    yield Place(engine, admin, make_world(engine), door)
    for each in (engine, admin, door):
        each.dispose()


@pytest.fixture
def signed(place) -> Driven:
    """A rapid review whose record and covering letter wait to be sent."""
    return signed_for_p7(place.world)


def test_the_chair_puts_the_covering_letter_right_on_its_page(place, signed):
    """RR-49: the form opens with the letter's own words, and what is on record is not in it."""
    chair, case = place.person(Role.REVIEW_GROUP_CHAIR), f"/cases/{signed.case_id}"
    dispatch = newest(signed).id
    link = f"{case}/dispatches/words?of={dispatch}"
    assert chair.get(case).page.select_one(f'a[href="{link}"]') is not None
    form = chair.get(link).page
    assert form.select_one("input[name=dispatch][checked]")["value"] == str(dispatch)
    opening = form.select_one("textarea[name=opening]").text.strip()
    assert opening.startswith("Dear Panel,\n\nOn behalf of the safeguarding partners")
    said = {"dispatch": dispatch, "opening": opening, "closing": "Please write to us."}
    assert chair.send(f"{case}/dispatches/words", {**said, "opening": ""}).status == 422
    assert chair.send(f"{case}/dispatches/words", said).status == 303
    assert newest(signed).state is DispatchState.BEING_MADE
    assert chair.get(case).page.select_one(f'a[href="{link}"]') is None
    make_papers(place.world, signed.case_id, MONDAY)
    assert "Please write to us." in chair.get(link).text
