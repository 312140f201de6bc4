"""The inbox of the demonstration shows a partnership its own emails, and operations none."""

import pytest
from sqlmodel import Session, col, select

from deployments.demo.partnerships import PLACES
from services.casework.provisioning import partnership_id_of
from services.database.caught_emails import CaughtEmail, was_caught
from services.domain.message_ids import message_id_for
from tests.web.conftest import World

SUBJECTS = ("Ours: a return is overdue", "Theirs: a return is overdue")


def message_id(place: int) -> str:
    return message_id_for(partnership_id_of(PLACES[place].code), "key")


@pytest.fixture(scope="module")
def caught(world: World) -> dict[int, int]:
    """Return the number of an email that was caught for each of the first two partnerships."""
    with Session(world.admin) as session:
        for place, subject in enumerate(SUBJECTS):
            session.add(
                CaughtEmail(
                    tenant_id=partnership_id_of(PLACES[place].code),
                    message_id=message_id(place),
                    sender="keyline@keyline.example",
                    recipient="manager@example.org",
                    subject=subject,
                    body="See the page.",
                    raw=b"",
                )
            )
        session.commit()
        newest = session.exec(select(CaughtEmail).order_by(col(CaughtEmail.id))).all()[-2:]
        return {place: email.id for place, email in enumerate(newest)}


@pytest.mark.parametrize("place", [0, 1])
def test_a_partnership_finds_its_own_emails_only(world: World, caught: dict[int, int], place: int):
    manager, other = world.person("manager", place), 1 - place
    for path in ("/inbox", "/inbox?words=overdue"):
        page = manager.get(path)
        assert SUBJECTS[place] in page.text
        assert SUBJECTS[other] not in page.text
    assert SUBJECTS[place] in manager.get(f"/inbox/{caught[place]}").text
    missing = manager.get("/inbox/999999")
    refused = manager.get(f"/inbox/{caught[other]}")
    assert (missing.status, refused.status) == (404, 404)
    assert refused.response.text == missing.response.text


def test_a_partnership_without_emails_finds_none(world: World, caught: dict[int, int]):
    assert caught
    assert "is overdue" not in world.person("manager", place=2).get("/inbox").text


def test_operations_find_none(world: World, caught: dict[int, int]):
    operator = world.visitor()
    operator.sign_in("operations@keyline.example")
    assert operator.get("/inbox").status == 403
    assert operator.get(f"/inbox/{caught[0]}").status == 403


def test_the_mailer_can_ask_whether_an_email_was_caught(world: World, caught: dict[int, int]):
    assert caught
    assert was_caught(world.engine, message_id(0))
    assert not was_caught(world.engine, message_id(2))
    assert not was_caught(world.engine, "<1@elsewhere.example>")
