"""A form about one agency's request: opened for that agency where a page leads to it so."""

from collections.abc import Callable, Sequence
from typing import Any

from services.casework.commands import Command
from services.casework.steps.scoping.return_entered import agency_asked
from services.database.agency_requests import AgencyRequest
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.web.act_pages.act_page import OneOf

Offered = Callable[[UnitOfWork, Case], Sequence[AgencyRequest]]


def one_agency(offered: Offered, command: type[Command]) -> OneOf:
    """Return how the form of the act is opened for one of the agencies that it offers.

    Where the act is about one of several requests, it opens with the only one of that agency.
    """

    def about(work: UnitOfWork, case: Case, of: str) -> list[AgencyRequest]:
        return [one for one in offered(work, case) if str(one.agency_id) == of]

    def named(work: UnitOfWork, case: Case, of: str) -> str:
        return of if about(work, case, of) else ""

    def on_record(work: UnitOfWork, case: Case, of: str) -> Command | None:
        found = about(work, case, of)
        return command.model_construct(**_said(found, command)) if found else None

    return OneOf(
        question="agency", called="agency", named=named, on_record=on_record, key=agency_asked
    )


def _said(found: Sequence[AgencyRequest], command: type[Command]) -> dict[str, Any]:
    said: dict[str, Any] = {"agency": found[0].agency_id}
    if "asked" in command.model_fields and len(found) == 1:
        said["asked"] = found[0].asked
    return said
