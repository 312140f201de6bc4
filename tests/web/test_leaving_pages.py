"""A partnership leaves: it is put forward and adopted at pages that say what follows, by two."""

import pytest

from services.domain.errors import Unavailable
from services.domain.roles import Role
from tests.looks.looker import looker
from tests.retained import LATER, closed_unreviewed
from tests.web.collections_sent import Place
from tests.web.test_retention_pages import CONTACT, HERE, MANAGER, does, link

PROPOSE = f"{HERE}/leaving/propose"
SAID = {"reasons": "The council has a service of its own.", "agreed": "The executive, 3 March"}


@pytest.fixture
def place(ready_by) -> Place:
    return Place(ready_by(closed_unreviewed).world, when=LATER)


@pytest.fixture
def shown(place) -> dict[str, str]:
    """The pages that lead to it, as each person is shown them."""
    manager, contact = place.person(MANAGER), place.person(CONTACT)
    pages = {
        "retention before": manager.get(HERE),
        "proposed": manager.get(PROPOSE),
        "sent empty": manager.send(PROPOSE, {}),
    }
    does(manager, PROPOSE, **SAID)
    answer = link(contact, "/answer")
    pages |= {
        "waits": manager.get(HERE),
        "to adopt": contact.get(answer),
        "not said why not": contact.send(answer, {"is_approved": "no"}),
    }
    does(contact, answer, is_approved="yes")
    pages["retention after"] = manager.get(HERE)
    return {name: answer.response.text for name, answer in pages.items()}


def test_two_people_put_forward_and_adopt_that_the_partnership_leaves(place, shown):
    for page in ("proposed", "to adopt"):
        assert "deletes every closed record that nothing holds" in shown[page]
        assert "Cases that are open go on" in shown[page]
    assert "Once a second person has adopted it" in shown["proposed"]
    assert "Once you adopt it" in shown["to adopt"]
    assert "Decide whether the partnership leaves Keyline" in shown["to adopt"]
    assert "There is a problem" in shown["sent empty"]
    assert "Waits for a second person" in shown["waits"]
    assert SAID["reasons"] in shown["to adopt"]
    assert "Say why not" in shown["not said why not"]
    assert "Due for review" in shown["retention after"]
    member = place.person(Role.REVIEW_GROUP_MEMBER)
    administrator = place.person(Role.PARTNERSHIP_ADMINISTRATOR)
    assert [one.get(PROPOSE).status for one in (member, administrator)] == [403, 403]


def test_axe_finds_nothing_on_the_pages_of_leaving_at_either_width(shown):
    try:
        with looker() as chromium:
            found = {name: chromium.look(html) for name, html in shown.items()}
    except Unavailable as missing:
        pytest.skip(f"not run: {missing}")
    assert {name: told for name, told in found.items() if told} == {}
