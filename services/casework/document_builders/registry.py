"""Which builder each kind of document has.

Some tell what was answered in the act that ordered them, and nothing else.
"""

from typing import Final

from services.casework.document_builders import (
    action_plan,
    action_plan_audits,
    chronologies,
    communications,
    decision_notice,
    disclosure,
    families,
    information_requests,
    learning_event,
    local_review,
    meeting_pack,
    notification,
    publication,
    rapid_review,
    referral,
    report,
    report_request,
    review_request,
    scoping,
    signed_record,
    to_the_panel,
)
from services.casework.document_builders.context import Builders
from services.casework.document_builders.the_act import HEADINGS, the_act
from services.domain.documents import DocumentKind

_OWN: Final[Builders] = {
    DocumentKind.REFERRAL: referral.whole_referral,
    DocumentKind.REVIEW_REQUEST: review_request.review_request,
    DocumentKind.REQUEST_DECISION: review_request.request_decision,
    DocumentKind.NOTIFICATION_RECORD: notification.notification_record,
    DocumentKind.DEATH_IN_CARE_RECORD: notification.looked_after_record,
    DocumentKind.DECISION_NOT_TO_NOTIFY: notification.decision_not_to_notify,
    DocumentKind.CLOSING_RECORD: notification.closing_unreviewed,
    DocumentKind.SCOPING_LETTER: scoping.scoping_letter,
    DocumentKind.SCOPING_FORM: scoping.scoping_form,
    DocumentKind.SCOPING_RETURN: scoping.scoping_return,
    DocumentKind.MEETING_PACK: meeting_pack.meeting_pack,
    DocumentKind.MEETING_RECORD: rapid_review.meeting_record,
    DocumentKind.RAPID_REVIEW_RECORD: rapid_review.rapid_review_record,
    DocumentKind.COMMISSIONING_NOTICE: decision_notice.commissioning_notice,
    DocumentKind.PUBLICATION_NOTICE: publication.publication_notice,
    DocumentKind.COVERING_LETTER: to_the_panel.covering_letter,
    DocumentKind.SUPPLEMENT: to_the_panel.supplement,
    DocumentKind.PANEL_REPLY: to_the_panel.panel_reply,
    DocumentKind.CHALLENGE_RECORD: to_the_panel.panel_reply,
    DocumentKind.TERMS_OF_REFERENCE: local_review.terms_of_reference,
    DocumentKind.REVIEWER_NOTICE: local_review.reviewer_notice,
    DocumentKind.TEAM_MINUTES: local_review.team_minutes,
    DocumentKind.LEARNING_INVITATION: learning_event.learning_invitation,
    DocumentKind.LEARNING_BRIEFING: learning_event.learning_briefing,
    DocumentKind.LEARNING_AGENDA: learning_event.learning_agenda,
    DocumentKind.LEARNING_WORKSHEETS: learning_event.learning_worksheets,
    DocumentKind.DELAY_NOTICE: local_review.delay_notice,
    DocumentKind.FAMILY_LETTER: families.family_letter,
    DocumentKind.FAMILY_LEAFLET: families.family_leaflet,
    DocumentKind.GENOGRAM: families.genogram,
    DocumentKind.DISCLOSURE_SCHEDULE: disclosure.disclosure_schedule,
    DocumentKind.REPORT_REQUEST: report_request.report_request,
    DocumentKind.CHRONOLOGY_GUIDANCE: report_request.chronology_guidance,
    DocumentKind.MERGED_CHRONOLOGY: chronologies.merged_chronology,
    DocumentKind.FORMAL_NOTICE: information_requests.formal_notice,
    DocumentKind.AGENCY_REPORT: local_review.agency_report,
    DocumentKind.REPORT_VERSION: report.report_version,
    DocumentKind.PUBLICATION_STRATEGY: communications.publication_strategy,
    DocumentKind.PRESS_STATEMENT: communications.press_statement,
    DocumentKind.STAFF_CONFIRMATIONS: communications.staff_confirmations,
    DocumentKind.PRE_PUBLICATION_DISPATCH: publication.dispatch,
    DocumentKind.PUBLISHED_REPORT: publication.published_report,
    DocumentKind.IMPROVEMENT_INFORMATION: publication.improvement_information,
    DocumentKind.SIGNED_RECORD: signed_record.signed_record,
    DocumentKind.ACTION_PLAN: action_plan.action_plan,
    DocumentKind.AUDIT_REPORT: action_plan_audits.audit_report,
}
BUILDERS: Final[Builders] = {**dict.fromkeys(HEADINGS, the_act), **_OWN}
