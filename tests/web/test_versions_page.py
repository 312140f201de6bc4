"""PUB-02, LC-06: two versions of the report or of its terms are compared on a page."""

from services.domain.roles import Role, Seat
from services.domain.workflow import Stage
from tests.bad_input.stage import PASSWORD
from tests.changed_factories import CHANGED, put_change
from tests.web.collections_sent import Place
from tests.web.visitors import Visitor
from tests.world import HOSPITAL

WHEN = "2026-06-15"


def test_a_partner_reads_what_differs_without_reading_all_of_both(case_at):
    """PUB-02, GOV-11: the page that is signed leads there; parts that stay are counted alone."""
    case = put_change(case_at(Stage.PUBLICATION), WHEN)
    partner = Visitor(Place(case.world, when=WHEN).app)
    partner.sign_in(case.world.ours.email(Role.SAFEGUARDING_PARTNER, Seat.POLICE), PASSWORD)
    here = f"/cases/{case.case_id}"
    link = partner.get(f"{here}/sign-off/report").page.find(
        "a", string="What differs between its versions"
    )
    page = partner.get(link["href"])
    differ = [one.text for one in page.page.select("main h2.govuk-heading-m")]
    assert differ[0].startswith("Overview")
    assert "Good practice" not in differ, "what stays the same is not read again"
    assert CHANGED.split()[1] in " ".join(one.text for one in page.page.select("ins"))
    assert len(page.response.text) < 30_000
    turned = partner.get(f"{here}/versions?of=report&first=2&second=1")
    assert CHANGED.split()[1] in " ".join(one.text for one in turned.page.select("del"))
    for asked in ("of=terms", "of=nothing&first=x&second=99999999", "first=0&second=-1"):
        assert partner.get(f"{here}/versions?{asked}").status == 200
    agency = Visitor(Place(case.world, when=WHEN).app)
    agency.sign_in(case.world.ours.email(Role.AGENCY_LEAD, None, HOSPITAL), PASSWORD)
    assert agency.get(f"{here}/versions").status in {403, 404}
