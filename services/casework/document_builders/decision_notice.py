"""The notice of the decision on commissioning: the decision, its date and its grounds."""

from collections.abc import Mapping
from typing import Final

from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    in_paragraphs,
    on_day,
)
from services.casework.labels import label
from services.casework.steps.rapid_review.local_course import ProposeLocalCourse
from services.casework.steps.rapid_review.proposed_decision import ProposeDecision
from services.casework.steps.review_request.request_consideration import ConsiderRequest
from services.database.cases import Case
from services.domain.documents import PaperSection
from services.domain.entry_types import EntryType
from services.domain.guidance import guidance_kept
from services.domain.plain_text import capital
from services.domain.working_days import london_date

_ALL_THE_SAME: Final = "Why an LCSPR all the same"
_BENEFIT: Final = "The benefit of an LCSPR"
_DECIDED_IN: Final = (
    EntryType.DECISION_PROPOSED,
    EntryType.REQUEST_CONSIDERED,
    EntryType.LOCAL_COURSE_PROPOSED,
)


def commissioning_notice(context: BuilderContext) -> DocumentContent:
    """Build the notice of the decision whether to commission a local review, and why (GOV-16).

    Of a local review that was asked for without a notification it says so (NOT-23), and of one
    beside a national review what becomes of it (GOV-14).
    """
    last = context.history.last(*_DECIDED_IN)
    more: tuple[PaperSection, ...] = ()
    if last.entry_type is EntryType.REQUEST_CONSIDERED:
        asked = ConsiderRequest.model_validate(last.command)
        grounds, details = asked.grounds, _asked_for(context.case, asked)
        more = _headed({_BENEFIT: asked.benefit})
    elif last.entry_type is EntryType.LOCAL_COURSE_PROPOSED:
        settled = ProposeLocalCourse.model_validate(last.command)
        grounds, details = settled.reasons, _beside_national(context, settled)
    else:
        decided = ProposeDecision.model_validate(last.command)
        grounds, details = decided.grounds, _reviewed(context.case, decided)
        more = _headed({_ALL_THE_SAME: decided.rationale, _BENEFIT: decided.benefit})
    return DocumentContent(
        sections=(*_headed({"The grounds of the decision": grounds}), *more),
        addressed_to="The Panel, the Department for Education and Ofsted",
        details=details,
    )


def _headed(said: Mapping[str, str | None]) -> tuple[PaperSection, ...]:
    """Return each text that was given under its heading."""
    return tuple(in_paragraphs(heading, text) for heading, text in said.items() if text)


def _reviewed(case: Case, decided: ProposeDecision) -> dict[str, str]:
    """Tell the criteria for notification apart from those for an LCSPR (DEC-12, RR-11)."""
    lapsed = ", ".join(map(label, decided.no_longer_met))
    return {
        "Decision": capital(label(decided.outcome)),
        "Criteria for notification": f"No longer met: {lapsed}" if lapsed else "Still met",
        "Criteria for an LCSPR": "Met" if decided.criteria_met else "Not met",
        "Decided on": on_day(case.decided_on),
        "Notification reference": case.notification_reference,
        **{one.heading: one.text for one in guidance_kept(case.guidance)},
    }


def _beside_national(context: BuilderContext, settled: ProposeLocalCourse) -> dict[str, str]:
    return {
        "Decision": capital(label(settled.course)),
        "Decided on": on_day(london_date(context.history.newest.at)),
        "Notification reference": context.case.notification_reference,
    }


def _asked_for(case: Case, asked: ConsiderRequest) -> dict[str, str]:
    return {
        "Decision": capital(label(asked.decision)),
        "Decided on": on_day(case.decided_on),
        "Notification": "None was made: the review was asked for without one",
    }
