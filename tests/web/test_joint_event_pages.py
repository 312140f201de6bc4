"""Pages on which practitioners of who contributes are invited to the lead's learning event."""

from services.casework.steps.learning_event.planning import PLAN_LEARNING_EVENT
from services.domain.joint_reviews import JointPart
from services.domain.roles import Role
from tests.joint_publishing import Publishing
from tests.learning_factories import plan_learning_event
from tests.web.collections_sent import Place

PAGES = ("learning-event/lead/invite", "learning-event/lead/record")


def test_the_pages_over_there_show_the_leads_event_in_sight(ready_by):
    """LC-37, LC-39, GOV-11: whoever invites, or records who came, sees when and where it is."""
    joint = ready_by(Publishing)
    joint.begun(JointPart.CONTRIBUTING).sent_to_panel().opened_locally()
    planned = plan_learning_event(joint.driven.agency())
    joint.do(PLAN_LEARNING_EVENT, planned, Role.BUSINESS_MANAGER, joint.when)
    place = Place(joint.own.world, when=joint.when[:10])
    manager, case = place.person(Role.BUSINESS_MANAGER), f"/cases/{joint.theirs_case}"
    for path in PAGES:
        assert manager.get(case).page.find("a", href=f"{case}/{path}")
        page = manager.get(f"{case}/{path}")
        assert page.status == 200
        for one in page.page.select("details:not([open])"):
            one.decompose()
        for told in ("Room 1, Council House", "09:30", "13:00", planned.facilitated_by):
            assert told in page.text
