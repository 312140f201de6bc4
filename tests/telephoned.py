"""A return that came by telephone: entered by the manager, confirmed by the school, and told."""

from typing import Any

from services.casework.document_builders.building import build
from services.casework.document_builders.registry import BUILDERS
from services.casework.effects import DocumentOrder
from services.casework.steps.scoping import return_confirmation, return_entered, scoping_returns
from services.database import due_work
from services.database.clocks import clocks
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind, Paper
from services.domain.roles import Role
from services.web.view_models.clocks import clock_line
from tests import factories as say
from tests.driven import Driven
from tests.world import SCHOOL

MANAGER, AGENCY = Role.BUSINESS_MANAGER, Role.AGENCY_LEAD
CAME, READ = "2025-12-16", "2025-12-17"  # asked on Monday 15 December, due on the 22nd


def enter(case: Driven, when: str = READ, **but: Any) -> None:
    command = say.enter_return(case.agency(SCHOOL), **but)
    case.do(return_entered.enter_return, command, MANAGER, when)


def confirm(case: Driven, when: str = "2025-12-18", **but: Any) -> None:
    command = say.confirm_return(**but)
    case.do(return_confirmation.confirm_return, command, AGENCY, when, agency=SCHOOL)


def send_own(case: Driven, when: str = "2025-12-18") -> None:
    case.do(scoping_returns.submit_return, say.submit_return(), AGENCY, when, agency=SCHOOL)


def todos(case: Driven) -> set[tuple[str, str]]:
    """Return what the school is asked, each with its last day."""
    own = case.agency(SCHOOL)
    return {(one.todo.value, str(one.last_day)) for one in case.turns() if one.agency_id == own}


def paper(case: Driven, kind: DocumentKind = DocumentKind.SCOPING_RETURN) -> Paper:
    """Return the newest paper of the kind, as it would be made now."""
    with case.world.act(MANAGER, "2026-01-02") as work:
        ordered = due_work.orders(work, case.case_id, {"type": "document", "kind": kind.value})
        orders = [DocumentOrder.model_validate(one) for one in ordered]
        return build(work, case.case_id, max(orders, key=lambda one: one.version), BUILDERS).paper


def details(of: Paper) -> dict[str, str]:
    return {one.label: one.text for one in of.details}


def in_pack(pack: Paper) -> dict[str, str]:
    (part,) = (one for one in pack.sections if one.heading == f"Return: {SCHOOL}")
    return {one.label: one.text for one in part.answers}


def clock_says(case: Driven) -> str:
    """Return what stands beside the school's clock of its answer."""
    with case.world.act(MANAGER, "2025-12-19") as work:
        found = [one for one in clocks(work.session, case.case_id) if one.clock is ClockId.K6]
        lines = [clock_line(work, case.row(), one, {}) for one in found]
        (line,) = (one for one in lines if one.row.subject == str(case.agency(SCHOOL)))
        return line.confirmed
