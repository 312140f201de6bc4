"""The list of cases, and of those on which a person has yet to declare."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.access.cases_listed import cases_to_declare_on
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web.dependencies import Transactions, requires, requires_for_each
from services.web.rendering import page
from services.web.typed_words import typed_words
from services.web.view_models.cases_table import cases_table, to_declare_table

router = APIRouter(prefix="/cases")

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE, Permission.READ_OWN_PART)]
Lister = Annotated[Transactions, requires_for_each(Permission.READ_CASE, Permission.READ_OWN_PART)]


@router.get("")
def list_cases(request: Request, transaction: Lister) -> Response:
    """Show a page of the cases the person may see, as the address narrows and orders them."""
    typed = typed_words(request, transaction)
    with transaction() as work:
        return page(
            request,
            "pages/cases/list.html",
            table=cases_table(work, request.query_params, typed=typed),
            to_declare=cases_to_declare_on(work),
            may_refer=work.actor.may(Permission.REFER),
            may_log=work.actor.may(Permission.LOG_LEAD),
        )


@router.get("/to-declare")
def list_to_declare(request: Request, work: Reader) -> Response:
    """Show a page of the cases on which the person has yet to declare."""
    table = to_declare_table(work, request.query_params)
    return page(request, "pages/cases/to_declare.html", table=table)
