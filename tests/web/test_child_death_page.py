"""The child death review on the case page, and the posts that nobody holds on the first page."""

from tests.web.conftest import World
from tests.web.referrals import refer

DIED = {"children-0-harm": "death", "coroner": "told"}


def test_a_review_is_linked_by_choosing_the_child_who_died_and_stands_on_the_case_page(
    world: World,
):
    """GOV-05: the form offers the children who died, and no other."""
    manager = world.person("manager")
    case = refer(manager, **DIED)
    form = manager.get(f"{case}/notification/child-death-review")
    offered = [one["value"] for one in form.page.select("input[name=child]")]
    assert len(offered) == 1
    said = {"child": offered[0], "identifier": "eCDOP 2026-1", "panel": "The panel"}
    sent = manager.send(
        f"{case}/notification/child-death-review", said | {"contact": "Coordinator"}
    )
    assert sent.status == 303, sent.problems
    shown = manager.get(f"{case}/review").text
    assert "eCDOP 2026-1" in shown
    assert "Our reference given" in shown
    assert "No day is recorded" in shown


def test_the_manager_is_told_of_posts_that_nobody_holds_and_where_to_fill_them(world: World):
    """GOV-02: on the first page and in the directory; nobody else is."""
    manager = world.person("manager")
    assert "that nobody holds today" in manager.get("/").text
    listed = manager.get("/directory").page.select_one("#unheld").get_text()
    assert "the director of children's services" in listed
    assert "the coordinator of the child death overview panel" in listed
    chair = world.person("chair")
    assert "that nobody holds today" not in chair.get("/").text
    assert chair.get("/directory").page.select_one("#unheld") is None
