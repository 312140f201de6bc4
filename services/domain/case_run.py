"""What is known of a case by those who carry it without reading it."""

from dataclasses import dataclass
from uuid import UUID

from services.domain.identifiers import CaseId, PartnershipId


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRun:
    """Where a case is on its way through its flow run: ids, states and ages, no more."""

    tenant_id: PartnershipId
    case_id: CaseId
    reference: str
    flow_run_id: UUID | None
    attempt: int
    has_due_work: bool
    has_undone_work: bool
    is_leased: bool
    is_suspect: bool
    holder_died: bool
    closed: bool
    ended: bool
    stage: str
