"""Which builder each kind of document has, and which handler each type of order.

A kind without a builder of its own tells what was answered in the act that ordered it.
"""

from functools import partial
from typing import Final

from services.casework.document_builders import local_review as review
from services.casework.document_builders import rapid_review as rapid
from services.casework.document_builders.context import Builders
from services.casework.document_builders.store_document import make_document
from services.casework.document_builders.the_act import the_act
from services.casework.effects import DocumentOrder
from services.casework.job_context import JobHandlers
from services.domain.documents import DocumentKind

_OWN: Final[Builders] = {
    DocumentKind.NOTIFICATION_RECORD: rapid.notification_record,
    DocumentKind.DEATH_IN_CARE_RECORD: rapid.looked_after_record,
    DocumentKind.DECISION_NOT_TO_NOTIFY: rapid.decision_not_to_notify,
    DocumentKind.CLOSING_RECORD: rapid.closing_unreviewed,
    DocumentKind.SCOPING_LETTER: rapid.scoping_request,
    DocumentKind.SCOPING_FORM: rapid.scoping_request,
    DocumentKind.SCOPING_RETURN: rapid.scoping_return,
    DocumentKind.MEETING_PACK: rapid.meeting_pack,
    DocumentKind.RAPID_REVIEW_RECORD: rapid.rapid_review_record,
    DocumentKind.COVERING_LETTER: rapid.covering_letter,
    DocumentKind.TERMS_OF_REFERENCE: review.terms_of_reference,
    DocumentKind.REVIEWER_NOTICE: review.reviewer_notice,
    DocumentKind.DELAY_NOTICE: review.delay_notice,
    DocumentKind.AGENCY_REPORT: review.agency_report,
    DocumentKind.REPORT_VERSION: review.report_version,
    DocumentKind.PRE_PUBLICATION_DISPATCH: review.dispatch,
    DocumentKind.PUBLISHED_REPORT: review.published_report,
    DocumentKind.IMPROVEMENT_INFORMATION: review.improvement_information,
    DocumentKind.ACTION_PLAN: review.action_plan,
}
BUILDERS: Final[Builders] = {
    kind: _OWN.get(kind, the_act) for kind in DocumentKind if kind.particulars.forms
}

HANDLERS: Final[JobHandlers] = {DocumentOrder: partial(make_document, BUILDERS)}
