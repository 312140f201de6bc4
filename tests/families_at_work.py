"""What is done with the family of a case in tests, and how it is refused."""

import pytest

from services.casework.document_builders.building import build
from services.casework.document_builders.registry import BUILDERS
from services.casework.effects import DocumentOrder
from services.casework.steps.families import approach, contacts, involvement
from services.database.cases import get_case
from services.database.due_work import orders
from services.domain.documents import Paper
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.web.view_models.families import InvolvementView, involvement_view
from tests.driven import Driven
from tests.family_factories import (
    agree_family_approach,
    decide_involvement,
    record_family_contact,
)
from tests.settled_families import family_of

MANAGER, CHAIR, REVIEWER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER
SCRUTINEER = Role.INDEPENDENT_SCRUTINEER
WHEN = "2026-02-03"


def approached(case: Driven) -> None:
    """Agree on how the family is approached."""
    case.do(approach.agree_family_approach, agree_family_approach(), CHAIR, "2026-02-02")


def decide(case: Driven, number: int = 0, who: Role = MANAGER, **said: object) -> None:
    person = family_of(case)[number].person.id
    case.do(involvement.decide_involvement, decide_involvement(person, **said), who, WHEN)


def contact(case: Driven, number: int = 0, who: Role = MANAGER, **said: object) -> None:
    person = family_of(case)[number].person.id
    case.do(contacts.record_family_contact, record_family_contact(person, **said), who, WHEN)


def refused(case: Driven, what: str, field: str, **said: object) -> str:
    """Return why the decision or the contact is refused at the field; nothing is kept of it."""
    before = family_of(case)
    with pytest.raises(AnswerRefused) as found:
        (decide if what == "decide" else contact)(case, **said)
    assert found.value.field == field
    assert [one.said for one in family_of(case)] == [one.said for one in before]
    return str(found.value)


def view(case: Driven, who: Role = MANAGER, when: str = WHEN) -> InvolvementView | None:
    with case.world.act(who, when) as work:
        return involvement_view(work, get_case(work.session, case.case_id))


def papers(case: Driven, kind: str) -> list[Paper]:
    """Return the papers of a kind that were ordered on the case, the first of them first."""
    with case.world.act(MANAGER, WHEN) as work:
        found = map(DocumentOrder.model_validate, orders(work, case.case_id, {"kind": kind}))
        in_order = sorted(found, key=lambda one: one.as_of_entry)
        return [build(work, case.case_id, one, BUILDERS).paper for one in in_order]
