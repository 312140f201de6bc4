"""The audit of the partnership and of a case: read, exported, and verified by anybody."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.access.audit import export, export_case
from services.casework.access.cases import open_case
from services.casework.audit import note_administration
from services.casework.engine.audit_anchors import NEWEST_ANCHORS
from services.casework.engine.audit_checks import stored_anchors
from services.database.unit_of_work import UnitOfWork
from services.domain import audit_verifier
from services.domain.audit import AdministrativeEvent, AuditKind
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.app_state import site_of
from services.web.dependencies import Transactions, requires, requires_for_each
from services.web.path_ids import TheCaseId
from services.web.rendering import page
from services.web.text_file import as_file
from services.web.view_models.audit import audit_view
from services.web.view_models.audit_narrowing import narrowed_by

router = APIRouter()

AuditReader = Annotated[UnitOfWork, requires(Permission.READ_AUDIT)]
AuditExporter = Annotated[Transactions, requires_for_each(Permission.READ_AUDIT)]


@router.get("/audit")
def partnership_audit(request: Request, work: AuditReader) -> Response:
    """Show what was done and seen in the partnership, newest first."""
    note_administration(work, AdministrativeEvent.AUDIT_VIEWED)
    view = audit_view(work, narrowed_by(request.query_params))
    return page(request, "pages/audit.html", view=view, kinds=list(AuditKind))


@router.get("/audit/export")
def export_all(request: Request, transaction: AuditExporter) -> Response:
    """Give the whole chain as JSON lines, with its newest anchors as the store holds them now.

    No transaction is open while the store is read.
    """
    with transaction() as work:
        partnership_id = work.actor.partnership_id
    store = site_of(request).neighbours.store
    anchors = list(stored_anchors(store, partnership_id, NEWEST_ANCHORS))
    with transaction() as work:
        note_administration(work, AdministrativeEvent.AUDIT_EXPORTED)
        return as_file(export(work, anchors), "audit.jsonl")


@router.get("/audit/verifier")
def give_verifier(_work: AuditReader) -> Response:
    """Give the file that verifies an export with nothing but Python."""
    source = Path(audit_verifier.__file__).read_text(encoding="utf-8")
    return as_file([source], "audit_verifier.py")


@router.get("/cases/{case_id}/audit")
def case_audit(case_id: TheCaseId, request: Request, work: AuditReader) -> Response:
    """Show what was done and seen on the case, newest first."""
    case = open_case(work, case_id, Viewed.AUDIT)
    view = audit_view(work, narrowed_by(request.query_params), case)
    return page(request, "pages/cases/audit.html", case=case, view=view, kinds=list(AuditKind))


@router.get("/cases/{case_id}/audit/export")
def export_one(case_id: TheCaseId, work: AuditReader) -> Response:
    """Give the links of the case as JSON lines."""
    case = open_case(work, case_id, Viewed.AUDIT)
    note_administration(work, AdministrativeEvent.AUDIT_EXPORTED, {"case": str(case.id)})
    return as_file(export_case(work, case), f"audit-{case.reference}.jsonl")
