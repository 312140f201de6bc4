"""The copy sheets of the national online service: in its order, and with what is still to find."""

from services.database.cases import get_case
from services.domain.roles import Role
from services.web.act_pages.copy_sheet import NOT_HERE, SheetPart, death_sheet, notification_sheet
from tests import factories
from tests.driven import Driven


def read(case: Driven, make) -> list[SheetPart]:
    with case.world.act(Role.NOTIFIER) as work:
        return list(make(work, get_case(work.session, case.case_id)))


def test_the_notification_is_copied_in_the_order_of_the_service(world):
    """NOT-03, NOT-06: notifier, each child, the incident, all else; no e-mail in its stead."""
    children = (factories.child(name="First"), factories.child(name="Second"))
    case = Driven(world, factories.refer(children=children, incident_time=None))
    parts = read(case, notification_sheet)
    assert [one.heading for one in parts] == [
        "Who notifies",
        "Child 1: First",
        "Child 2: Second",
        "The incident",
        "Further information",
        "Rapid review",
    ]
    assert dict(parts[3].rows)["Time"] == NOT_HERE
    assert parts[1].rows[0][0] == "Date of birth"
    asked = {title for title, _answer in parts[1].rows}
    assert asked >= {"Health", "Where the child lives"}
    assert not asked & {"Legal status", "Cause of death"}


def test_the_notice_of_a_death_tells_of_the_child_who_died(world):
    """NOT-05, NOT-06: a looked-after brother who lives is not in it."""
    children = (
        factories.child(name="Lives", statuses=("looked_after",)),
        factories.child(name="Died", harm="death", statuses=("looked_after",)),
    )
    case = Driven(world, factories.refer(children=children))
    headings = [one.heading for one in read(case, death_sheet)]
    assert headings == ["Who notifies", "Child 1: Died", "The incident", "Abuse or neglect"]
    asked = dict(read(case, death_sheet)[1].rows)
    of_care = ("Legal status", "Provider of the placement", "Date of death", "Cause of death")
    assert {asked[one] for one in of_care} == {NOT_HERE}
