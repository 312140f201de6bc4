"""Makes the papers that an example case of a benchmark needs before its next act."""

from datetime import datetime
from functools import partial

from sqlalchemy import Engine

from services.calendars import england
from services.casework.document_builders.registry import BUILDERS
from services.casework.document_builders.store_document import make_document
from services.casework.effects import DocumentOrder
from services.casework.job_context import JobContext
from services.database import due_work
from services.database.unit_of_work import unit_of_work
from services.documents.making import KeylineDocuments
from services.domain.documents import DocumentKind
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.workflow import Step
from services.identity.actors import KEYLINE_ITSELF, service_actor
from services.storage.memory import MemoryStore

SENT_TO_THE_PANEL = {DocumentKind.RAPID_REVIEW_RECORD, DocumentKind.COVERING_LETTER}


def make_submission(
    engine: Engine, partnership_id: PartnershipId, case_id: CaseId, at: datetime
) -> None:
    """Make the record and the letter of the rapid review, which are there before they are sent."""
    keyline = service_actor(partnership_id, KEYLINE_ITSELF)
    transaction = partial(unit_of_work, engine, keyline, at, england())
    with transaction() as work:
        payloads = [one.payload for one in due_work.open_work(work, case_id)]
    context = JobContext(
        case_id=case_id,
        step=Step.SUBMIT,
        now=at,
        documents=KeylineDocuments(),
        store=MemoryStore(),
        transaction=transaction,
        elsewhere=lambda _other: transaction(),
    )
    for payload in payloads:
        if payload.get("kind") in SENT_TO_THE_PANEL:
            link = make_document(BUILDERS, context, DocumentOrder.model_validate(payload))
            with transaction() as work:
                link(work)
