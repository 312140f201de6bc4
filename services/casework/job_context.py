"""What a piece of machine work may reach for besides the record, and what a piece is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from services.database.unit_of_work import UnitOfWork
from services.documents import Documents
from services.domain.identifiers import CaseId
from services.domain.steps import Step
from services.storage import Store


@dataclass(frozen=True, slots=True)
class Tools:
    """The neighbours that machine work uses: who makes documents, and who keeps them."""

    documents: Documents
    store: Store


Work = Callable[[UnitOfWork, Tools, CaseId, str], None]
"""Do one ordered thing for a case, for a subject; all of it in this transaction, or none."""

Works = Mapping[tuple[Step, str], Work]
"""Which function does what is ordered under a step's phase."""
