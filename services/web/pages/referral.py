"""The page of gate G1: an agency refers a serious incident."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.steps import referral
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.web.act_pages import ACTS, ActPage, sent, shown
from services.web.dependencies import requires
from services.web.form_input import PostedForm
from services.web.timeline import register

router = APIRouter()


def _refer(work: UnitOfWork, _no_case_yet: None, words: referral.Refer) -> Case:
    return referral.refer(work, words)


REFER = ActPage(
    path="refer",
    title="Refer a serious incident",
    button="Send the referral",
    done="The incident is referred, and this is its case.",
    act=_refer,
    words=referral.Refer,
    permission=Permission.REFER,
    entry_type=(EntryType.REFERRED,),
    stages=frozenset(),
)
ACTS[REFER.path] = REFER
register(REFER.entry_type, REFER.words)


@router.get("/refer")
def ask(request: Request, work: Annotated[UnitOfWork, requires(Permission.REFER)]) -> Response:
    """Show the form of a referral."""
    return shown(request, work, REFER, None)


@router.post("/refer")
def refer(
    request: Request,
    posted: PostedForm,
    work: Annotated[UnitOfWork, requires(Permission.REFER)],
) -> Response:
    """Open a case on the incident, or show what has to be put right."""
    return sent(request, work, REFER, None, posted)
