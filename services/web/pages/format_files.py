"""The rows that national bodies ask for, as files, Excel or CSV, of what a person may see."""

from collections.abc import Callable, Sequence
from typing import Annotated

from fastapi import APIRouter, Response

from services.casework.audit import note_administration
from services.casework.national_formats.repository import (
    REPOSITORY_COLUMNS,
    repository_cases,
    repository_row,
)
from services.casework.national_formats.tracker import (
    TRACKER_COLUMNS,
    tracker_cases,
    tracker_row,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.documents.tables import EXTENSIONS, as_file
from services.domain.audit import AdministrativeEvent
from services.domain.errors import RuleBroken
from services.domain.roles import Permission
from services.web.dependencies import requires
from services.web.pages.list_files import MOST
from services.web.table_answer import sent_as_file

router = APIRouter(prefix="/lists")

Cases = Callable[[UnitOfWork], list[Case]]
Row = Callable[[UnitOfWork, Case], tuple[str, ...]]


def _serve(name: str, columns: Sequence[str], found: Cases, row: Row, extension: str) -> None:
    def export(work: Annotated[UnitOfWork, requires(Permission.READ_CASE)]) -> Response:
        """Send the rows as a file, in which no cell is a formula; the audit tells of it.

        Raises RuleBroken for more rows than one file holds: none is left out silently.
        """
        cases = found(work)
        if len(cases) > MOST:
            raise RuleBroken(f"One file holds at most {MOST:,} rows, and these are more.")
        told = {"list": name, "rows": len(cases), "as": extension}
        note_administration(work, AdministrativeEvent.LIST_EXPORTED, told)
        rows = [row(work, one) for one in cases]
        return sent_as_file(as_file(extension, columns, rows), name)

    router.get(f"/{name}.{extension}", name=f"{name} {extension}")(export)


for _extension in EXTENSIONS:
    _serve("nhs-tracker", TRACKER_COLUMNS, tracker_cases, tracker_row, _extension)
    _serve("nspcc-repository", REPOSITORY_COLUMNS, repository_cases, repository_row, _extension)
