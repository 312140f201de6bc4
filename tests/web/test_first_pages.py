from tests.web.conftest import World
from tests.web.referrals import refer


def test_the_first_pages_are_whole(world: World):
    manager = world.person("manager")
    for path in ("/", "/cases", "/refer", "/policy", "/practice-clock", "/inbox", "/roles"):
        answer = manager.get(path)
        assert answer.status == 200, (path, answer.text)


def test_a_referral_opens_a_case_with_its_clocks(world: World):
    manager = world.person("manager")
    case = refer(manager)
    page = manager.get(f"{case}?done=refer")
    assert page.status == 200
    assert "The incident is referred" in page.text
    assert "Send the scoping form" in page.text
    for link in page.page.select(f"a[href^='{case}/']"):
        assert manager.get(link["href"]).status == 200, link["href"]


def test_the_policy_names_the_local_authorities_where_there_are_several(world):
    councils = "East Riverside Council (example), West Riverside Council (example)"
    for place, names in ((0, ""), (2, f"Local authorities, each of which signs {councils}")):
        text = world.person("manager", place=place).get("/policy").text
        assert ("Local authorities" in text) == bool(names)
        assert names in text


def test_the_policy_says_how_documents_leave_for_the_national_bodies(world):
    """NOT-03: the notification has the national online service alone; free text is read first."""
    text = world.person("manager").get("/policy").text
    assert "The notification In the national online service" in text
    assert "The reviewer's name Attached to an email A decision" in text
    assert "A delay and its reason Attached to an email, once a person has read it" in text
    assert "The rapid review By hand, or by secure collection" in text


def test_a_partner_reads_for_which_authority_they_act(world):
    west = world.person("west-council", place=2).get("/").text
    assert "safeguarding partner (local authority: West Riverside Council (example))" in west
    assert "safeguarding partner (local authority)" in world.person("council").get("/").text
