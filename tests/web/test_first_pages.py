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
