"""The page on which publication is planned stays light enough for a slow line (PUB-21)."""

import pytest

from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.bad_input.stage import PASSWORD
from tests.web.collections_sent import Place
from tests.web.visitors import Visitor


@pytest.mark.parametrize("when", ["2026-05-20", "2026-08-01"])
def test_the_weeks_ahead_weigh_little_on_the_page_of_the_plan(case_at, when):
    """PUB-21: also past six months, when each day ahead says that it is too late (K11)."""
    case = case_at(Stage.PUBLICATION)
    manager = Visitor(Place(case.world, when=when).app)
    manager.sign_in(case.world.ours.email(Role.BUSINESS_MANAGER), PASSWORD)
    page = manager.get(f"/cases/{case.case_id}/publication/plan")
    assert len(page.page.select("#weeks ~ details")) == 12
    assert "Saturday (the calendar)" in page.text
    assert sum(len(str(one)) for one in page.page.select("#weeks ~ details")) < 13_000
    assert len(page.response.text) < 74_000
