"""A posted form is let in by the same door as a page, and a form shown again is a view."""

from uuid import UUID, uuid4

import pytest
from sqlmodel import Session, col, func, select

from deployments.demo.partnerships import PLACES
from services.casework.provisioning import person_id_of
from services.database.history import Entry, Viewing
from services.domain.entry_types import EntryType, Section
from services.domain.roles import Role
from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Visitor

BY_REVIEWERS = ("documents", "agency-reports/accept", "agency-reports/return", "report/draft")
SHOWN_WITH_CONTENT = (
    ("manager", "notification/view", 403),
    ("chair", "notification/view", 422),
    ("manager", "rapid-review/record", 422),
    ("manager", "documents", 422),
)


@pytest.fixture(scope="module")
def case(world: World) -> str:
    return refer(world.person("manager"))


def views(world: World, case: str) -> int:
    with Session(world.admin) as session:
        seen = select(func.count()).where(col(Viewing.case_id) == UUID(case[-36:]))
        return session.exec(seen).one()


def appoint(world: World, case: str, who: str) -> None:
    """Put on record that this person reviews the case: what leads to it does not matter here."""
    with Session(world.admin) as session:
        first = session.exec(select(Entry).where(Entry.case_id == UUID(case[-36:]))).first()
        person = person_id_of(PLACES[0].email(who))
        session.add(
            Entry(
                tenant_id=first.tenant_id,
                case_id=first.case_id,
                number=100,
                act="appoint_reviewer",
                entry_type=EntryType.REVIEWER_APPOINTED,
                section=Section.TERMS,
                command={"person": str(person)},
                person_id=first.person_id,
                role=Role.BUSINESS_MANAGER,
                at=first.at,
            )
        )
        session.commit()


def post_nothing(visitor: Visitor, page: str) -> object:
    """Send a form without an answer, as somebody would who never opened its page."""
    csrf = visitor.get("/").page.find("input", attrs={"name": "csrf"})["value"]
    return visitor.post(page, {"csrf": csrf, "once": str(uuid4())})


@pytest.mark.parametrize(("who", "page", "status"), SHOWN_WITH_CONTENT)
def test_a_form_shown_again_after_an_error_is_recorded_as_one_view(
    world: World, case: str, who: str, page: str, status: int
):
    visitor = world.person(who)
    visitor.get(case)  # declares
    before = views(world, case)
    answer = post_nothing(visitor, f"{case}/{page}")
    assert answer.status == status
    assert views(world, case) - before == (1 if status == 422 else 0)


def test_who_has_not_declared_gets_nothing_by_an_empty_form(world: World, case: str):
    appoint(world, case, "reviewer")
    reviewer, before = world.person("reviewer"), views(world, case)
    assert reviewer.get(f"{case}/declaration").status == 200
    for page in BY_REVIEWERS:
        answer = post_nothing(reviewer, f"{case}/{page}")
        assert answer.status == 403, page
        assert "A made-up town" not in answer.text
    assert views(world, case) == before
