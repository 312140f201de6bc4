"""What came by email or telephone and was never confirmed is said where the case is closed."""

from services.casework.steps.scoping import scoping
from services.domain.workflow import Stage
from services.web.act_pages import learning
from tests import factories as say
from tests.driven import Driven
from tests.telephoned import MANAGER, confirm, enter
from tests.world import SCHOOL


def test_who_closes_the_case_reads_what_was_never_confirmed(case_at):
    """EMB-05, RR-40: the close asks nobody any more, and its page says of whom."""
    asked = case_at(Stage.TO_BE_NOTIFIED, Driven.notify)
    command = say.request_returns(asked.agency(SCHOOL))
    asked.do(scoping.request_returns, command, MANAGER, "2025-12-15")
    (page,) = (one for one in learning.PAGES if one.act.name == "close")
    assert page.note is not None
    said = []
    for act in (lambda _case: None, enter, confirm):
        act(asked)
        with asked.world.act(MANAGER, "2025-12-18") as work:
            said.append(page.note(work, asked.row()))
    assert (said[0], said[2]) == ("", "")
    assert f"never confirmed by the agency: {SCHOOL}" in said[1]
