"""Which handler does which type of order: papers, duplicates, mailboxes, and joint reviews."""

from functools import partial
from typing import Final

from services.casework.document_builders.registry import BUILDERS
from services.casework.document_builders.store_document import make_document
from services.casework.effects import DocumentOrder
from services.casework.engine.anonymity_checking import CHECKING
from services.casework.engine.duplicates_joining import JOINING
from services.casework.engine.joint_breaches import BREACHES
from services.casework.engine.joint_changing import CHANGING
from services.casework.engine.joint_commenting import COMMENTING
from services.casework.engine.joint_drafts import DRAFTS
from services.casework.engine.joint_events import EVENTS
from services.casework.engine.joint_notices import NOTICES
from services.casework.engine.joint_publication import PUBLICATION
from services.casework.engine.joint_settling import SETTLING
from services.casework.engine.wrong_mailboxes import MAILBOXES
from services.casework.job_context import JobHandlers

HANDLERS: Final[JobHandlers] = {
    DocumentOrder: partial(make_document, BUILDERS),
    **JOINING,
    **SETTLING,
    **CHANGING,
    **PUBLICATION,
    **NOTICES,
    **EVENTS,
    **DRAFTS,
    **COMMENTING,
    **BREACHES,
    **MAILBOXES,
    **CHECKING,
}
