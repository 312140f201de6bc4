"""Which machine work each order of an act means: one line a phase of a step."""

from typing import Final

from services.casework.document_builders import local_review as later
from services.casework.document_builders import rapid_review as first
from services.casework.job_context import Works
from services.domain.steps import Step

WORKS: Final[Works] = {
    (Step.NOTIFY, "record"): first.notification_record,
    (Step.NOTIFY, "looked-after record"): first.looked_after_record,
    (Step.NOTIFY, "decision"): first.decision_not_to_notify,
    (Step.NOTIFY, "closing"): first.closing_unreviewed,
    (Step.SCOPE, "letter"): first.scoping_letter,
    (Step.SCOPE, "return"): first.scoping_return,
    (Step.MEET, "pack"): first.meeting_pack,
    (Step.SUBMIT, "record"): first.rapid_review_record,
    (Step.COMMISSION, "terms"): later.terms_of_reference,
    (Step.COMMISSION, "reviewer"): later.reviewer_notice,
    (Step.COMMISSION, "agency report"): later.agency_report,
    (Step.COMMISSION, "report"): later.report_version,
    (Step.COMMISSION, "delay"): later.delay_notice,
    (Step.PUBLISH, "delay"): later.delay_notice,
    (Step.PUBLISH, "dispatch"): later.dispatch,
    (Step.PUBLISH, "report"): later.published_report,
    (Step.PUBLISH, "improvements"): later.improvement_information,
    (Step.EMBED, "plan"): later.action_plan,
    (Step.EMBED, "closing"): later.action_plan,
}
