"""A form opens with what is known, and says where it was said: the meeting that is set again."""

import pytest

from services.casework.acts import ACTS
from services.domain.roles import Role
from tests import factories as say
from tests.driven import Driven
from tests.web.collections_sent import Place
from tests.world import World

MANAGER = Role.BUSINESS_MANAGER
MARK = "From the meeting as it was set before, 16 December 2025."


def with_a_meeting(world: World) -> Driven:
    """Return a case whose meeting has a day and a place."""
    case = Driven(world).decide().notify()
    asked = say.request_returns(case.agency())
    case.do(ACTS["request_returns"].perform, asked, MANAGER, "2025-12-15")
    said = say.set_meeting(place="The old library", agenda="The facts.")
    case.do(ACTS["set_meeting"].perform, said, MANAGER, "2025-12-16")
    return case


@pytest.fixture
def case(ready_by) -> Driven:
    return ready_by(with_a_meeting)


def test_a_meeting_that_is_set_again_is_asked_its_day_alone(case):
    manager = Place(case.world, when="2025-12-17").manager()
    path = f"/cases/{case.case_id}/meeting/date"
    form = manager.get(path)
    assert form.value("place") == "The old library"
    assert form.value("agenda") == "The facts."
    assert form.value("meeting_at-day") == ""
    hint = form.page.find(id="place-hint").get_text(" ", strip=True)
    assert MARK in hint
    assert form.text.count(MARK) == 2
    refused = manager.post(path, {**form.hidden, "place": "The new library"})
    assert refused.status == 422
    again = manager.get(path)
    assert again.value("place") == "The new library"
    assert MARK not in again.page.find(id="place").parent.get_text(" ", strip=True)
