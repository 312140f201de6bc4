"""Names for identifiers, so that one can never be passed for another."""

from typing import NewType
from uuid import UUID

AgencyId = NewType("AgencyId", UUID)
CaseId = NewType("CaseId", UUID)
DispatchId = NewType("DispatchId", UUID)
DocumentId = NewType("DocumentId", UUID)
PartnershipId = NewType("PartnershipId", UUID)
PersonId = NewType("PersonId", UUID)
