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
from services.web.dependencies import Transactions, requires_for_each
from services.web.table_answer import sent_as_file
from services.web.typed_words import TypedWords, typed_words
from services.web.view_models.actions_table import actions_table
from services.web.view_models.agencies_table import agencies_table
from services.web.view_models.cases_table import cases_table
from services.web.view_models.publications_table import publications_table
from services.web.view_models.returns_table import returns_table
from services.web.view_models.reviews_board import reviews_board
from services.web.view_models.sharing_table import sharing_table
from services.web.view_models.table_shown import TableShown

router = APIRouter(prefix="/lists")

MOST: Final = 2_000  # rows of one file
ByCodes = Callable[[UnitOfWork, Mapping[str, str], int], TableShown]
Listed = Callable[[UnitOfWork, Mapping[str, str], int, TypedWords | None], TableShown]


def _serve(name: str, listed: Listed, extension: str, *needs: Permission) -> None:
    def export(
        request: Request, transaction: Annotated[Transactions, requires_for_each(*needs)]
    ) -> Response:
        """Send the list as a file, in which no cell is a formula; the audit tells of it.

        Raises RuleBroken for more rows than one file holds: none is left out silently.
        """
        typed = typed_words(request, transaction)
        with transaction() as work:
            table = listed(work, request.query_params, MOST, typed)
            if table.found.matching > MOST:
                raise RuleBroken(f"One file holds at most {MOST:,} rows: narrow the list first.")
            told = {"list": name, "rows": table.found.matching, "as": extension}
            note_administration(work, AdministrativeEvent.LIST_EXPORTED, told)
        head = tuple(one.title for one in table.shape.columns)
        return sent_as_file(as_file(extension, head, table.cells()), name)

    router.get(f"/{name}.{extension}", name=f"{name} {extension}")(export)


def _by_codes(table: ByCodes) -> Listed:
    """Return the list that is narrowed by codes alone."""
    return lambda work, query, many, _typed: table(work, query, many)


_WHOLE: Final = (Permission.READ_CASE,)
_ANY: Final = (Permission.READ_CASE, Permission.READ_OWN_PART)
_PUBLISHING: Final = (Permission.READ_CASE, Permission.PLAN_PUBLICATION)
_BY_CODES: Final[Mapping[str, tuple[ByCodes, tuple[Permission, ...]]]] = {
    "actions": (actions_table, _ANY),
    "learning-to-share": (sharing_table, _WHOLE),
    "agencies": (agencies_table, _WHOLE),
    "returns": (returns_table, _WHOLE),
    "publications": (publications_table, _PUBLISHING),
    "local-reviews": (reviews_board, _WHOLE),
}
for _extension in EXTENSIONS:
    _serve("cases", cases_table, _extension, *_ANY)
    for _name, (_table, _needs) in _BY_CODES.items():
        _serve(_name, _by_codes(_table), _extension, *_needs)
