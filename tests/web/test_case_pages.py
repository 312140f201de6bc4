"""The pages of a case: their order, how light they are, who opens which, and what stands opened."""

import pytest

from services.casework.steps.notification import notification_decision
from services.casework.steps.rapid_review import rapid_review
from services.casework.steps.sign_off import sign_off
from services.domain.roles import Role, Seat
from services.domain.workflow import Outcome, Stage
from tests import factories as say
from tests.dissent_factories import NO
from tests.driven import Driven
from tests.reached import decision_put
from tests.web.collections_sent import Place
from tests.web.visitors import Answer, Visitor
from tests.world import HOSPITAL

HEAVIEST = 60_000
MANAGER, CHAIR, REVIEWER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER
ORDER = ("happened", "clocks", "next", "steps", "parts", "timeline")
WHOLE = "people agencies meetings decisions review actions publication sharing"
BELOW = (*WHOLE.split(), "clocks", "documents", "timeline", "history", "audit", "emails", "notes")
BELOW += ("questions",)
WHEN = "2026-12-01"


def shown(case: Driven, role: Role, agency: str | None = None) -> tuple[str, Visitor, Answer]:
    place, where = Place(case.world, when=WHEN), f"/cases/{case.case_id}"
    visitor = place.person(role, agency)
    return where, visitor, visitor.get(where)


def offered(where: str, page: Answer) -> list[str]:
    links = [one["href"] for one in page.page.select(".keyline-case-nav a")]
    return [one.removeprefix(where).removeprefix("/") for one in links]


@pytest.mark.parametrize("stage", [Stage.RAPID_REVIEW, Stage.EMBEDDING, Stage.CLOSED])
def test_every_page_of_a_full_case_is_light_and_what_is_offered_opens(stage, case_at):
    where, manager, first = shown(case_at(stage), MANAGER)
    matters = {
        one["href"]
        for one in manager.get(f"{where}/decisions").page.select("a[href*='/decisions/']")
    }
    assert matters
    pages = {path: manager.get(f"{where}/{path}".rstrip("/")) for path in ("", *BELOW)}
    pages |= {path: manager.get(path) for path in matters}
    assert {path: one.status for path, one in pages.items() if one.status != 200} == {}
    sizes = {path: len(one.response.content) for path, one in pages.items()}
    assert {path: size for path, size in sizes.items() if size > HEAVIEST} == {}
    assert set(offered(where, first)) == {"", *BELOW} - {"clocks", "emails"}


def test_the_first_page_says_what_happened_then_clocks_then_what_to_do(case_at):
    _where, _manager, page = shown(case_at(Stage.LOCAL_REVIEW), MANAGER)
    ids = [one["id"] for one in page.page.select("h2[id]")]
    assert [one for one in ids if one in ORDER] == list(ORDER)
    assert "Robin Example" in page.page.select_one("#happened + dl").get_text()


def test_the_way_of_the_case_is_drawn_and_said_in_the_same_words(case_at):
    _where, _manager, page = shown(case_at(Stage.LOCAL_REVIEW), MANAGER)
    drawn, steps = page.page.select_one("svg.keyline-way"), page.page.select(".keyline-steps > li")
    assert drawn["role"] == "img"
    assert drawn.select_one(f"#{drawn['aria-labelledby'].split()[0]}").name == "title"
    told = drawn.find("desc").get_text().removesuffix(".").split("; ")
    said = [
        f"{one.select_one('.keyline-steps__title').get_text()}: "
        f"{one.select_one('.govuk-tag').get_text(strip=True)}"
        for one in steps
    ]
    assert told == said
    here = [one for one in steps if one.get("aria-current") == "step"]
    assert len(drawn.select(".keyline-way__step--here")) == len(here) >= 1
    assert drawn.select("[style], script") == []


@pytest.mark.parametrize("role", [MANAGER, CHAIR, Role.REVIEW_GROUP_MEMBER, REVIEWER])
def test_of_the_whole_case_each_reader_opens_exactly_what_they_are_offered(role, case_at):
    where, visitor, page = shown(case_at(Stage.LOCAL_REVIEW), role)
    parts = offered(where, page)
    assert set(WHOLE.split()) <= set(parts)
    for path in ("documents", "timeline", "history", "audit"):
        assert (visitor.get(f"{where}/{path}").status == 200) is (path in parts), path
    assert (visitor.get(f"{where}/emails").status == 200) is (role is MANAGER)


@pytest.mark.parametrize("role", [Role.REVIEW_GROUP_MEMBER, Role.INDEPENDENT_SCRUTINEER])
def test_who_does_not_read_of_the_family_is_told_so_and_reads_no_name(role, case_at):
    where, visitor, first = shown(case_at(Stage.LOCAL_REVIEW), role)
    pages = [first, *(visitor.get(f"{where}/{path}") for path in WHOLE.split())]
    assert [one.status for one in pages] == [200] * len(pages)
    assert all("Robin Example" not in one.text for one in pages)
    assert "without what tells of the child and the family" in first.text


def test_an_agency_keeps_its_own_part_on_one_page_and_opens_no_other(case_at):
    where, agency, page = shown(case_at(Stage.LOCAL_REVIEW), Role.AGENCY_LEAD, HOSPITAL)
    assert offered(where, page) == ["", "documents", "questions", "timeline"]
    assert page.page.find(id="agencies") is not None
    assert page.page.find(id="parts") is None
    for path in (*WHOLE.split(), "decisions/rapid_review", "decisions/notification", "emails"):
        assert agency.get(f"{where}/{path}").status == 403, path
    assert agency.get(f"{where}/clocks").status == 200


def test_a_member_of_a_joint_review_reads_who_leads(case_at):
    _where, manager, page = shown(case_at(Stage.JOINT_REVIEW), MANAGER)
    assert "leads" in manager.get(f"{_where}/sharing").text
    assert "Joint review" in page.page.select_one(".keyline-case-head").get_text()


def test_gov_11_a_decision_stands_opened_with_every_round_and_every_dissent(case_at):
    case = case_at(Stage.RAPID_REVIEW, decision_put)
    case.sign(sign_off.sign_rapid_review, "2026-01-02", Seat.POLICE, **NO)
    other = say.propose_decision(Outcome.NO_FURTHER_REVIEW)
    case.do(rapid_review.propose_decision, other, CHAIR, "2026-01-05")
    where, manager, _page = shown(case, MANAGER)
    opened = manager.get(f"{where}/decisions/rapid_review")
    for folded in opened.page.select("details:not([open])"):
        folded.decompose()
    assert NO["reasons"] in opened.text
    titles = [one.get_text() for one in opened.page.select("#said ~ h3")]
    assert titles.count("Rapid review decision proposed") == 2, titles
    assert manager.get(f"{where}/decisions/report").status == 404
    assert manager.get(f"{where}/decisions/nothing").status == 404


def test_not_13_every_view_on_notifying_stands_opened(case_at):
    case = case_at(Stage.REFERRED)
    for number, seat in enumerate(Seat):
        view, who = say.give_view(reasons=f"View {number}."), Role.SAFEGUARDING_PARTNER
        case.do(notification_decision.give_view, view, who, "2025-12-12 12:00", seat=seat)
    where, manager, _page = shown(case, MANAGER)
    opened = manager.get(f"{where}/decisions/notification").text
    assert all(f"View {number}." in opened for number, _ in enumerate(Seat))


def test_the_emails_are_told_by_role_and_no_address_is(case_at):
    where, manager, _page = shown(case_at(Stage.RAPID_REVIEW), MANAGER)
    page = manager.get(f"{where}/emails")
    assert "Waiting to be sent" in page.text
    assert "@" not in page.page.select_one("main").get_text()


def test_a_long_timeline_comes_in_pages_and_whole_to_be_printed(case_at):
    where, manager, _page = shown(case_at(Stage.CLOSED), MANAGER)
    whole = manager.get(f"{where}/timeline?number=all").page.select(".keyline-timeline > li")
    found, number = [], 1
    while True:
        page = manager.get(f"{where}/timeline?number={number}")
        found += page.page.select(".keyline-timeline > li")
        if not any(one.get_text() == "Older" for one in page.page.select("nav a")):
            break
        number += 1
    assert number > 1
    assert [one.h3.get_text() for one in found] == [one.h3.get_text() for one in whole]
    for odd in ("0", "-1", "99999", "x"):
        assert manager.get(f"{where}/timeline?number={odd}").status == 200
