"""The addresses that emails hold: by the code of what is to be done, whatever page it has."""

from uuid import uuid4

import pytest

from services.domain.todos import Todo
from services.web.act_pages.registry import TODO_PAGES
from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Visitor


@pytest.fixture(scope="module")
def manager(world: World) -> Visitor:
    return world.person("manager")


@pytest.mark.parametrize("todo", Todo)
def test_the_address_of_a_todo_leads_to_its_page(manager: Visitor, todo: Todo):
    case = f"/cases/{uuid4()}"
    answer = manager.get(f"{case}/todo/{todo}")
    assert (answer.status, answer.where) == (303, f"{case}/{TODO_PAGES[todo].path}")


def test_an_email_leads_to_the_form_that_it_asks_for(manager: Visitor):
    answer = manager.get(f"{refer(manager)}/todo/request_returns")
    assert manager.get(answer.where).status == 200


@pytest.mark.parametrize("code", ["scoping", "REQUEST_RETURNS", "request-returns", "%00"])
def test_a_code_that_is_none_leads_nowhere(manager: Visitor, code: str):
    assert manager.get(f"/cases/{uuid4()}/todo/{code}").status == 404


def test_a_stranger_signs_in_and_goes_on_from_there(world: World):
    address = f"/cases/{uuid4()}/todo/{Todo.GIVE_VIEW}"
    answer = world.visitor().get(address)
    assert (answer.status, answer.where) == (303, f"/sign-in?next={address}")
