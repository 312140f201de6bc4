"""Blank tables of a chronology, which an agency fills in and brings in again (Doc 10)."""

from typing import Annotated

from fastapi import APIRouter, Response

from services.casework.steps.local_review.chronology_rows import DatedRow
from services.casework.steps.local_review.chronology_tables import blank_table
from services.database.unit_of_work import UnitOfWork
from services.documents.tables import EXTENSIONS
from services.web.act_door import case_for
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import CASE_PAGES
from services.web.dependencies import requires
from services.web.path_ids import TheCaseId
from services.web.table_answer import sent_as_file

router = APIRouter(prefix="/cases/{case_id}")


def _serve(asked: ActPage, row: type[DatedRow], extension: str) -> None:
    needs = requires(asked.act.permission)

    def blank(case_id: TheCaseId, work: Annotated[UnitOfWork, needs]) -> Response:
        """Send the blank table to a person who may send it filled in."""
        case_for(work, asked, case_id)
        return sent_as_file(blank_table(row, extension), f"blank-{asked.act.name}")

    path = f"/{asked.path}/table/blank.{extension}"
    router.get(path, name=f"blank {asked.path} {extension}")(blank)


for _page in CASE_PAGES:
    if _page.takes_table is not None:
        for _extension in EXTENSIONS:
            _serve(_page, _page.takes_table, _extension)
