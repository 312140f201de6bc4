"""Valid words for what the agencies of a local review are asked for."""

from typing import Any
from uuid import UUID

from services.casework.steps.local_review.reports_wanted import RequestReports
from tests.words import SAID, words_of


def request_reports(*agencies: UUID, **but: Any) -> RequestReports:
    """Return that these are asked for all that may be asked; others of the terms are not."""
    return words_of(
        RequestReports,
        but,
        agencies=agencies,
        wanted=("chronology", "organisational_changes", "information_report", "participants"),
        period_from="2024-01-01",
        period_to="2025-12-10",
        due="2026-03-02",
        left_out=SAID,
    )
