"""A partnership is founded at a page: what would be made is read first, and made once."""

from dataclasses import replace

import pytest

from deployments.demo.partnerships import PLATFORM_ADMINISTRATOR
from services.web.app import create_app
from tests.tenant_files import ADMINISTRATOR, tenant_file
from tests.web.conftest import World, site_of
from tests.web.visitors import Answer, Visitor

HERE = "/administration/found"
NAME = "Dale Safeguarding Children Partnership (example)"


@pytest.fixture
def platform(world: World) -> Visitor:
    visitor = world.visitor()
    assert visitor.sign_in(PLATFORM_ADMINISTRATOR.email).status == 303
    return visitor


def send(platform: Visitor, file: str, *, is_checked: str) -> Answer:
    return platform.send(HERE, {"file": file, "is_checked": is_checked})


def test_what_would_be_made_is_shown_and_then_made_once(platform: Visitor):
    file = tenant_file("DLE")
    tried = send(platform, file, is_checked="no")
    assert tried.status == 200
    assert "Nothing is made yet" in tried.text
    assert "Agency Dale Hospital (example) Will be made" in tried.text
    assert tried.value("file").replace("\r\n", "\n").strip() == file.strip(), "it is still there"
    assert NAME not in platform.get("/administration").text
    made = send(platform, file, is_checked="yes")
    assert "Made Another platform administrator confirms the appointment" in made.text
    assert NAME in platform.get("/administration").text
    again = send(platform, file, is_checked="yes")
    assert "Nothing was to be made" in again.text
    assert f"{ADMINISTRATOR} Is there Waits for the second person" in again.text


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (tenant_file("DLF", ('"DLF"', "1")), "code: write it as text, in quotation marks."),
        ("a = = 1", "not readable TOML at line 1"),
        (tenant_file("DLF", ("01632 960 100", "")), "unit.telephone: it is empty."),
        (tenant_file("DLF", ("since = 2026-01-05", "since = 2046-01-05")), "since: write today"),
        ("", "Enter"),
    ],
)
def test_a_file_with_a_fault_is_refused_beside_the_question_and_kept(platform, file, said):
    for is_checked in ("no", "yes"):
        answer = send(platform, file, is_checked=is_checked)
        assert answer.status == 422
        assert said in answer.beside("file") or said == "Enter"
        assert answer.value("file").replace("\r\n", "\n").strip() == file.strip()


def test_a_process_that_may_put_nothing_on_record_says_where_it_is_done(world: World):
    site = replace(site_of(world, lambda: world.now), provisioning=None)
    visitor = Visitor(create_app(site))
    assert visitor.sign_in(PLATFORM_ADMINISTRATOR.email).status == 303
    answer = send(visitor, tenant_file("DLG"), is_checked="yes")
    assert answer.status == 422
    assert "at the machine: ./keyline tenant create" in answer.beside("is_checked")
    assert send(visitor, tenant_file("DLG"), is_checked="no").status == 200


def test_nobody_else_founds_one(world: World):
    for who in ("administrator", "manager", "chair", "hospital"):
        person = world.person(who)
        assert person.get(HERE).status == 403
        answers = {**person.unopened(), "file": tenant_file("DLH"), "is_checked": "yes"}
        assert person.post(HERE, answers).status == 403
