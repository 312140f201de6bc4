"""The lists over all cases as files, Excel or CSV: what a person may see, as it is narrowed."""

from collections.abc import Callable, Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Request, Response

from services.casework.audit import note_administration
from services.database.unit_of_work import UnitOfWork
from services.documents.tables import EXTENSIONS, as_file
from services.domain.audit import AdministrativeEvent
from services.domain.errors import RuleBroken
from services.domain.roles import Permission
from services.web.dependencies import requires
from services.web.table_answer import sent_as_file
from services.web.view_models.cases_table import cases_table
from services.web.view_models.reviews_board import reviews_board
from services.web.view_models.table_shown import TableShown

router = APIRouter(prefix="/lists")

MOST: Final = 2_000  # rows of one file
Listed = Callable[[UnitOfWork, Mapping[str, str], int], TableShown]


def _serve(name: str, listed: Listed, extension: str, *needs: Permission) -> None:
    def export(request: Request, work: Annotated[UnitOfWork, requires(*needs)]) -> Response:
        """Send the list as a file, in which no cell is a formula; the audit tells of it.

        Raises RuleBroken for more rows than one file holds: none is left out silently.
        """
        table = listed(work, request.query_params, MOST)
        if table.found.matching > MOST:
            raise RuleBroken(f"One file holds at most {MOST:,} rows: narrow the list first.")
        told = {"list": name, "rows": table.found.matching, "as": extension}
        note_administration(work, AdministrativeEvent.LIST_EXPORTED, told)
        head = tuple(one.title for one in table.shape.columns)
        return sent_as_file(as_file(extension, head, table.cells()), name)

    router.get(f"/{name}.{extension}", name=f"{name} {extension}")(export)


for _extension in EXTENSIONS:
    _serve("cases", cases_table, _extension, Permission.READ_CASE, Permission.READ_OWN_PART)
    _serve("local-reviews", reviews_board, _extension, Permission.READ_CASE)
