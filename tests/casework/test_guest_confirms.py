"""Somebody without an account confirms for their agency what it said on the telephone."""

from services.casework.access.parts import case_todos_seen
from services.casework.steps.scoping import return_confirmation, return_entered
from services.domain.roles import Role
from services.domain.todos import Todo
from tests import factories as say
from tests.guests import ASKED, asked, case, door, entered
from tests.world import SURGERY

__all__ = ["asked", "case", "door"]
MANAGER = Role.BUSINESS_MANAGER


def test_a_guest_confirms_by_link_what_the_surgery_said_on_the_telephone(case, door):
    """LC-01, RR-41: somebody of the organisation without an account, who has declared first."""
    surgery = case.agency(SURGERY)
    said = say.enter_return(surgery, received_at=f"{ASKED} 11:00")
    case.do(return_entered.enter_return, said, MANAGER, f"{ASKED} 11:30")
    door.deliver()
    written = [one for one in door.office.mailer.emails if "to confirm" in one.subject]
    assert "You need no account" in written[-1].body_text
    actor = entered(case, door)
    with case.world.act(actor, f"{ASKED} 13:00") as work:
        assert {one.todo for one in case_todos_seen(work, case.row())} == {Todo.CONFIRM_RETURN}
        assert return_confirmation.what_to_confirm(work, case.row()).author == "Practice manager"
    case.do(return_confirmation.confirm_return, say.confirm_return(), actor, f"{ASKED} 13:00")
    assert case.clock("K6", str(surgery))["met_on"] == ASKED
