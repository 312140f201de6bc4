"""What is known of a case by those who carry it without reading it."""

from dataclasses import dataclass
from uuid import UUID

from services.domain.identifiers import CaseId, PartnershipId


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRun:
    """Where a case is on its way through its flow run: ids, states and ages, no more.

    Of a case that leads a joint review it tells of the joining cases too, which its run carries.
    """

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
    shared_with: tuple[PartnershipId, ...] = ()

    @property
    def partnerships(self) -> tuple[PartnershipId, ...]:
        """Return whose run it is: the case's own partnership, then those that join its review."""
        return (self.tenant_id, *self.shared_with)

    @property
    def is_to_be_woken(self) -> bool:
        """Tell whether its flow run is to go on now, and no process carries it."""
        if self.ended or self.is_leased:
            return False
        return (
            self.flow_run_id is None
            or self.has_due_work
            or (self.closed and not self.has_undone_work)
        )
