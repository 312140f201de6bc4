"""An act that the API was sent: done once, and told as where its case stands then."""

from uuid import UUID

from fastapi.responses import JSONResponse

from services.casework.access.cases import is_open_to_actor
from services.casework.act import must_need_no_person
from services.casework.form_keys import repeated_case
from services.casework.systems.reading import case_to_act_on
from services.database.cases import Case, get_case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AlreadyDone
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.systems import Scope
from services.web.act_door import perform
from services.web.act_form import options_for
from services.web.act_pages.act_page import ActPage
from services.web.api import telling
from services.web.api.as_form import command_said
from services.web.api.bearer import Caller
from services.web.api.shapes import ActDone


def done(
    called: Caller, asked: ActPage, case_id: CaseId | None, body: bytes, key: UUID
) -> JSONResponse:
    """Do the act and tell where the case stands then; what is refused leaves nothing behind."""
    must_need_no_person(called.actor, asked.act)
    called.actor.must(asked.act.permission)
    called.must_be_let(_scope(asked))
    with called.work(key) as work:
        case = None if case_id is None else case_to_act_on(work, asked.act, case_id)
        at, is_repeated = _acted(work, asked, case, body)
        told = _told(work, at)
    status = 201 if asked.act.opens_case else 200
    headers = {"location": f"/api/v1/cases/{at}"} if asked.act.opens_case else {}
    headers |= {"idempotent-replayed": "true"} if is_repeated else {}
    return JSONResponse(told.model_dump(mode="json"), status, headers)


def _acted(work: UnitOfWork, asked: ActPage, case: Case | None, body: bytes) -> tuple[UUID, bool]:
    """Do the act, and return its case and whether it had been done already under this key.

    What was done already is read without regard to what may be chosen now, as at the pages.
    """
    options = options_for(work, asked, case) if repeated_case(work) is None else None
    command = command_said(body, asked, options)
    try:
        with work.savepoint():
            at, _returned = perform(work, asked.act, case, command)
    except AlreadyDone:
        repeated = repeated_case(work)
        if repeated is None:
            raise
        return repeated, True
    return at, False


def _told(work: UnitOfWork, case_id: UUID) -> ActDone:
    """Tell where the case stands, unless what was done has closed it to whoever did it."""
    if not work.actor.is_system and not is_open_to_actor(work, case_id):
        return ActDone(case_id=case_id, case=None)
    return ActDone(case_id=case_id, case=telling.case(get_case(work.session, CaseId(case_id))))


def _scope(asked: ActPage) -> Scope:
    return Scope.REFER if asked.act.permission is Permission.REFER else Scope.RETURNS
