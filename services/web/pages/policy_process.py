"""The process of a case by one version of the policy: in words, and as a file of BPMN 2.0."""

from typing import Annotated, Final

from fastapi import APIRouter, Request, Response

from services.database.policies import get_policy_version
from services.database.unit_of_work import UnitOfWork
from services.documents.process_bpmn import process_bpmn
from services.domain.clocks.policy_json import stored_policy
from services.domain.process import process_of
from services.domain.roles import Permission
from services.web.dependencies import requires
from services.web.path_ids import number_in
from services.web.rendering import page

router = APIRouter(prefix="/policy/versions/{version}")

Reader = Annotated[UnitOfWork, requires(Permission.READ_POLICY)]
BPMN: Final = "application/xml"


@router.get("/process")
def process(version: str, request: Request, work: Reader) -> Response:
    """Show each step with what is to be done in it, by whom and within which time."""
    found = get_policy_version(work.session, number_in(version))
    return page(
        request,
        "pages/policy_process.html",
        partnership=work.partnership,
        version=found,
        process=process_of(stored_policy(found.policy)),
    )


@router.get("/process-bpmn")
def process_file(version: str, work: Reader) -> Response:
    """Send the same as BPMN 2.0, which a viewer of processes opens."""
    found = get_policy_version(work.session, number_in(version))
    name = f"{work.partnership.name}, version {found.version} of the policy"
    file = process_bpmn(process_of(stored_policy(found.policy)), name)
    sent_as = f'attachment; filename="process-version-{found.version}.bpmn"'
    return Response(file, media_type=BPMN, headers={"content-disposition": sent_as})
