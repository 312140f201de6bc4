"""To which step of the guidance each paper of a case belongs: lists of papers are in that order."""

from collections.abc import Mapping
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Step

_BY_STEP: Final[Mapping[Step, frozenset[DocumentKind]]] = {
    Step.NOTIFY: frozenset(
        {
            DocumentKind.REFERRAL,
            DocumentKind.REVIEW_REQUEST,
            DocumentKind.REQUEST_DECISION,
            DocumentKind.NOTIFICATION_RECORD,
            DocumentKind.DEATH_IN_CARE_RECORD,
            DocumentKind.DECISION_NOT_TO_NOTIFY,
            DocumentKind.CLOSING_RECORD,
            DocumentKind.LEAD_AGREEMENT,
        }
    ),
    Step.SCOPE: frozenset(
        {
            DocumentKind.SCOPING_LETTER,
            DocumentKind.SCOPING_FORM,
            DocumentKind.SCOPING_RETURN,
            DocumentKind.FORMAL_NOTICE,
        }
    ),
    Step.MEET: frozenset(
        {DocumentKind.MEETING_PACK, DocumentKind.MEETING_RECORD, DocumentKind.AGREEMENT_LOG}
    ),
    Step.SUBMIT: frozenset(
        {
            DocumentKind.RAPID_REVIEW_RECORD,
            DocumentKind.COVERING_LETTER,
            DocumentKind.SUPPLEMENT,
            DocumentKind.PANEL_REPLY,
            DocumentKind.CHALLENGE_RECORD,
            DocumentKind.LATENESS_NOTICE,
        }
    ),
    Step.PUBLISH: frozenset(
        {
            DocumentKind.PUBLICATION_STRATEGY,
            DocumentKind.PRESS_STATEMENT,
            DocumentKind.STAFF_CONFIRMATIONS,
            DocumentKind.PRE_PUBLICATION_DISPATCH,
            DocumentKind.PUBLICATION_NOTICE,
            DocumentKind.COMMENT_ANSWER,
            DocumentKind.PUBLISHED_REPORT,
            DocumentKind.IMPROVEMENT_INFORMATION,
            DocumentKind.TAKEN_DOWN_NOTICE,
            DocumentKind.IMPROVEMENTS_IN_PLACE,
            DocumentKind.REISSUE_NOTICE,
            DocumentKind.REDACTION_NOTICE,
            DocumentKind.REPOSITORY_LETTER,
        }
    ),
    Step.EMBED: frozenset(
        {
            DocumentKind.ACTION_PLAN,
            DocumentKind.AUDIT_REPORT,
            DocumentKind.PRACTICE_BRIEFING,
            DocumentKind.DISSEMINATION_PLAN,
        }
    ),
}
_STEP_OF: Final = {kind: step for step, kinds in _BY_STEP.items() for kind in kinds}
_SIGNED_AT: Final[Mapping[SignOffMatter, Step]] = {
    SignOffMatter.REVIEW_REQUEST: Step.NOTIFY,
    SignOffMatter.RAPID_REVIEW: Step.SUBMIT,
    SignOffMatter.PUBLICATION: Step.PUBLISH,
    SignOffMatter.TAKING_DOWN: Step.PUBLISH,
    SignOffMatter.PROPOSED_PLAN: Step.EMBED,
    SignOffMatter.ACTION_PLAN: Step.EMBED,
}


def step_of(kind: DocumentKind, subject: str, *, is_of_agency: bool) -> Step | None:
    """Return the step to which a paper belongs; None for a file that belongs to the whole case.

    What was signed together is of the step of its matter, which is its ``subject``; a file that an
    agency added goes with its scoping return. Every other paper of a local review is of the step
    in which that is carried out.
    """
    if kind is DocumentKind.UPLOAD:
        return Step.SCOPE if is_of_agency else None
    if kind is DocumentKind.SIGNED_RECORD:
        matters = {one.value: step for one, step in _SIGNED_AT.items()}
        return matters.get(subject, Step.COMMISSION)
    return _STEP_OF.get(kind, Step.COMMISSION)
