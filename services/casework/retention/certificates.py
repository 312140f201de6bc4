"""A line of the ledger of disposals that is read, and its certificate as the store keeps it."""

from dataclasses import dataclass
from uuid import UUID

from services.database.disposals import Disposal, get_disposal, paper_of
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotFound
from services.domain.retention import DisposalPaperKind
from services.domain.roles import Permission
from services.storage import ObjectName


@dataclass(frozen=True, slots=True)
class KeptCertificate:
    """Where a certificate lies in the store, and the digest by which it is proven."""

    name: ObjectName
    sha256: str
    version_id: str | None


def disposal_to_read(work: UnitOfWork, disposal_id: UUID) -> Disposal:
    """Return one line of the ledger to somebody who may read how long records are kept."""
    work.actor.must(Permission.READ_RETENTION)
    return get_disposal(work.session, disposal_id)


def certificate_to_read(work: UnitOfWork, disposal_id: UUID) -> KeptCertificate:
    """Return where its certificate lies; raises NotFound until one is made."""
    disposal = disposal_to_read(work, disposal_id)
    paper = paper_of(work.session, disposal.id, DisposalPaperKind.CERTIFICATE)
    if paper is None:
        raise NotFound("The certificate is not made yet.")
    name = ObjectName(work.actor.partnership_id, paper.key)
    return KeptCertificate(name, paper.sha256, paper.version_id)
