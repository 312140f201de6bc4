"""Valid words for what the agencies of a local review are asked for."""

from typing import Any
from uuid import UUID

from services.casework.steps.local_review.agency_invited import InviteAgency
from services.casework.steps.local_review.chronologies_merged import MergeChronologies
from services.casework.steps.local_review.chronology_rows import (
    ChronologyEvent,
    OrganisationalChange,
    SubmitChanges,
    SubmitChronology,
)
from services.casework.steps.local_review.further_said import AskForMore
from services.casework.steps.local_review.report_sent import SubmitReport
from services.casework.steps.local_review.reports_judgement_said import JudgeReports
from services.casework.steps.local_review.reports_wanted import RequestReports
from tests.words import SAID, words_of

A_POST = {"post": "Health visitor", "involvement": "Saw the child at home."}


def request_reports(*agencies: UUID, **but: Any) -> RequestReports:
    """Return that these are asked for an information report; others of the terms are not."""
    return words_of(
        RequestReports,
        but,
        agencies=agencies,
        wanted=("information_report", "participants"),
        period_from="2024-01-01",
        period_to="2025-12-10",
        due="2026-03-02",
        left_out=SAID,
    )


def ask_for_more(agency: UUID, **but: Any) -> AskForMore:
    """Return that the agency is asked for its policies besides what it was asked before."""
    return words_of(AskForMore, but, agency=agency, wanted=("policies",), due="2026-06-30")


def event(**but: Any) -> ChronologyEvent:
    """Return one event of a chronology."""
    usual = {"on": "2024-03-04", "certainty": "certain", "child": "seen"}
    return words_of(ChronologyEvent, but, **usual)


def submit_chronology(**but: Any) -> SubmitChronology:
    """Return a chronology of one event."""
    return words_of(SubmitChronology, but, events=(event(),))


def submit_changes(**but: Any) -> SubmitChanges:
    """Return a chronology of one change in an organisation."""
    change = words_of(OrganisationalChange, {}, on="2024-02-01", certainty="about")
    return words_of(SubmitChanges, but, changes=(change,))


def merge_chronologies(*agencies: UUID, **but: Any) -> MergeChronologies:
    """Return that the chronologies of these agencies, or of all, are made one paper."""
    return words_of(MergeChronologies, but, agencies=agencies)


def submit_report(**but: Any) -> SubmitReport:
    """Return an information report, with all that it says."""
    usual = {"analysis": SAID, "learning": SAID, "participants": (A_POST,)}
    return words_of(SubmitReport, but, **usual)


def judge_reports(*reports: dict[str, Any]) -> JudgeReports:
    """Return what becomes of each of these reports."""
    return JudgeReports.model_validate({"reports": reports})


def accepted(agency: UUID) -> dict[str, Any]:
    """Return the row by which the agency's report is accepted."""
    return {"agency": agency, "judgement": "accepted"}


def returned(agency: UUID, **but: Any) -> dict[str, Any]:
    """Return the row by which the agency's report is returned for more."""
    usual = {"judgement": "returned", "reasons": SAID, "by_when": "2026-03-20"}
    return {"agency": agency, **usual, **but}


def invite_agency(agency: UUID, **but: Any) -> InviteAgency:
    """Return that the agency is invited to a meeting about its report."""
    return words_of(InviteAgency, but, agency=agency, meeting_at="2026-04-10 14:00")
