"""Valid words of the check of a report."""

from typing import Any
from uuid import UUID

from services.casework.steps.anonymity.report_said import CheckReport, JustifyHits
from tests.words import words_of


def check_report(**but: Any) -> CheckReport:
    """Return that the report is checked again, with no file of its own."""
    return words_of(CheckReport, but)


def justify_hits(*hits: UUID, **but: Any) -> JustifyHits:
    """Return that these hits stay."""
    return words_of(JustifyHits, but, hits=hits)
